using OrchardCore.DisplayManagement.Manifest;

[assembly: Theme(
    Name = "LinkShop Admin",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "The look of the administration: phone first, light and dark.",
    Tags = ["admin"])]
