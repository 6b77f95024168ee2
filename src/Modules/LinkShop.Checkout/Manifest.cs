using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop Checkout",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "Checkout, payment and result pages, order lookup, the order API, and orders and coupons in the admin.",
    Category = "LinkShop")]

[assembly: Feature(
    Id = "LinkShop.Checkout",
    Name = "LinkShop Checkout",
    Description = "From a product to a delivered order: pages, JSON API and administration.",
    Category = "LinkShop",
    Dependencies = ["LinkShop.Platform", "LinkShop.Payments", "OrchardCore.Settings", "OrchardCore.Email"])]
