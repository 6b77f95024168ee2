using OrchardCore.Modules.Manifest;

[assembly: Module(Name = "Content data", Author = "LinkShop", Version = "0.1.0", Description = "Documents, their indexes and migrations.", Category = "Content Management", IsAlwaysEnabled = true)]
[assembly: Feature(Id = "OrchardCore.ContentTypes", Name = "Content Types", Description = "Defines content types and parts.", Category = "Content Management", EnabledByDependencyOnly = true)]
[assembly: Feature(Id = "OrchardCore.Contents", Name = "Contents", Description = "Content items with drafts and versions.", Category = "Content Management", Dependencies = ["OrchardCore.ContentTypes"])]
[assembly: Feature(Id = "OrchardCore.Title", Name = "Title", Description = "A title for content items.", Category = "Content Management", Dependencies = ["OrchardCore.ContentTypes"])]
[assembly: Feature(Id = "OrchardCore.Autoroute", Name = "Autoroute", Description = "A path of its own for content items.", Category = "Navigation", Dependencies = ["OrchardCore.ContentTypes"])]
[assembly: Feature(Id = "OrchardCore.Markdown", Name = "Markdown", Description = "Texts in Markdown.", Category = "Content Management", Dependencies = ["OrchardCore.ContentTypes"])]
[assembly: Feature(Id = "OrchardCore.ContentFields", Name = "Content Fields", Description = "Text, numbers and yes-or-no.", Category = "Content Management", Dependencies = ["OrchardCore.ContentTypes"])]
