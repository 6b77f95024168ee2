using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop Storefront",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "The pages that buyers see of a mall: home, categories, search, products and information pages.",
    Category = "Commerce",
    Dependencies = ["LinkShop.VirtualGoods", "OrchardCore.Contents", "OrchardCore.Markdown"])]
