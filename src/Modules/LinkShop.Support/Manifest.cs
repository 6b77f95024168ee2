using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop Support",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "Buyers write to the shop and staff answer; who the customers are.",
    Category = "LinkShop",
    Dependencies = ["LinkShop.Checkout", "OrchardCore.Users"])]
