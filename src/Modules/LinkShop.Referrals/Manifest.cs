using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop Referrals",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "People share goods by link, code, poster or card, and earn a commission on settled sales.",
    Category = "LinkShop",
    Dependencies = ["LinkShop.Platform", "LinkShop.Checkout", "LinkShop.Finance", "OrchardCore.Users", "OrchardCore.Media", "OrchardCore.Settings"])]
