using OrchardCore.DisplayManagement.Manifest;

[assembly: Theme(
    Name = "LinkShop Shop",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "The storefront of a micro-shop: the mall's pages in the shop's own brand.",
    BaseTheme = "LinkShop.Theme.Mall",
    Tags = ["Storefront"]
)]
