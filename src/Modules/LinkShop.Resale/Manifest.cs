using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop Resale",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "A shop sells goods of others: stock stays with the supplier, delivery is automatic, the money is shared.",
    Category = "LinkShop")]

[assembly: Feature(
    Id = "LinkShop.Resale",
    Name = "Goods to resell",
    Description = "Find goods of suppliers, sell them at an own price, and see what they earn.",
    Category = "LinkShop",
    Dependencies = ["LinkShop.Platform", "LinkShop.VirtualGoods", "OrchardCore.Settings"])]

[assembly: Feature(
    Id = "LinkShop.Resale.Upstream",
    Name = "Offer for resale",
    Description = "Let other shops sell own goods: lowest and suggested price, cost or commission, and who may.",
    Category = "LinkShop",
    Dependencies = ["LinkShop.Platform", "LinkShop.VirtualGoods", "OrchardCore.Settings"])]
