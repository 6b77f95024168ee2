using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop Virtual Goods",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "Products that are delivered as card keys, reusable keys, texts or by hand, and the key pools they are sold from.",
    Category = "Commerce",
    Dependencies =
    [
        "OrchardCore.Contents",
        "OrchardCore.Title",
        "OrchardCore.Autoroute",
        "OrchardCore.Markdown",
        "OrchardCore.Media",
    ])]
