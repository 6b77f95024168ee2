using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop Finance",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "Where a mall's money is: wallets, statements, payouts, the platform's books, settlement files and the rules for fees.",
    Category = "LinkShop",
    Dependencies = ["LinkShop.Platform", "OrchardCore.Settings", "OrchardCore.Users"])]
