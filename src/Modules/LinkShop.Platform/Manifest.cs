using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop Platform",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "What every mall needs besides goods and orders: child tenants, the dashboard and the outbox's dead letters.",
    Category = "LinkShop")]

[assembly: Feature(
    Id = "LinkShop.Platform",
    Name = "LinkShop Platform",
    Description = "Bridges the commerce library to the tenant; dashboard and dead letters in the admin.",
    Category = "LinkShop",
    Dependencies = ["OrchardCore.Admin", "OrchardCore.Navigation"])]

[assembly: Feature(
    Id = "LinkShop.Platform.ChildTenants",
    Name = "LinkShop Child Tenants",
    Description = "Recipe step that creates tenants and sets them up.",
    Category = "LinkShop",
    DefaultTenantOnly = true,
    Dependencies = ["OrchardCore.Tenants", "OrchardCore.Recipes"])]

[assembly: Feature(
    Id = "LinkShop.Platform.SetupProgress",
    Name = "LinkShop Set-up Progress",
    Description = "Tells on the console what a set-up is doing.",
    Category = "LinkShop",
    IsAlwaysEnabled = true)]
