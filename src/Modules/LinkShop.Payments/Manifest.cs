using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop Payments",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "Payment providers of a mall: settings, signed callbacks and the sandbox provider.",
    Category = "LinkShop")]

[assembly: Feature(
    Id = "LinkShop.Payments",
    Name = "LinkShop Payments",
    Description = "The provider list and its settings.",
    Category = "LinkShop",
    Dependencies = ["OrchardCore.Settings", "LinkShop.Platform"])]

[assembly: Feature(
    Id = "LinkShop.Payments.Sandbox",
    Name = "LinkShop Sandbox Payments",
    Description = "A payment provider for demos and tests: no money moves. It's unusable until a secret is set.",
    Category = "LinkShop",
    Dependencies = ["LinkShop.Payments"])]
