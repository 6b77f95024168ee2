using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop Shops",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "Micro-shops: how they are opened and looked after on the platform, and how their owners brand and run them.",
    Category = "LinkShop")]

[assembly: Feature(
    Id = "LinkShop.Shops",
    Name = "LinkShop Shops",
    Description = "On the platform: opening a shop, the list of shops, entering them.",
    Category = "LinkShop",
    DefaultTenantOnly = true,
    Dependencies = ["LinkShop.Platform", "LinkShop.Checkout", "OrchardCore.Tenants", "OrchardCore.Recipes", "OrchardCore.Users.Registration", "OrchardCore.Contents", "OrchardCore.Title", "OrchardCore.Email"])]

[assembly: Feature(
    Id = "LinkShop.Shops.Shop",
    Name = "LinkShop Shop Desk",
    Description = "In a shop: its look, opening hours and pause, share card, and the way in for its owner.",
    Category = "LinkShop",
    Dependencies = ["LinkShop.Platform", "LinkShop.Resale.Upstream", "OrchardCore.Users", "OrchardCore.Roles", "OrchardCore.Media", "OrchardCore.Settings"])]
