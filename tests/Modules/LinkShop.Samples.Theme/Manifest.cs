using OrchardCore.DisplayManagement.Manifest;

[assembly: Theme(Name = "Sample theme", Author = "LinkShop", Version = "1.0.0")]
