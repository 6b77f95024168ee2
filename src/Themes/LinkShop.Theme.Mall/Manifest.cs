using OrchardCore.DisplayManagement.Manifest;

[assembly: Theme(
    Name = "LinkShop Mall",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "The storefront of a category mall: phone first, light and dark, brandable by CSS custom properties.",
    Tags = ["Storefront"]
)]
