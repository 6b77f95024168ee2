using OrchardCore.Modules.Manifest;

[assembly: Module(Name = "Sample", Author = "LinkShop", Version = "1.0.0")]
[assembly: Feature(Id = "LinkShop.Samples.Module", Name = "Sample", Dependencies = ["OrchardCore.Contents", "OrchardCore.Title"])]
[assembly: Feature(Id = "LinkShop.Samples.Extra", Name = "Extra", Dependencies = ["LinkShop.Samples.Module"])]
