using OrchardCore.Modules.Manifest;

[assembly: Module(Name = "Display", Author = "LinkShop", Version = "0.1.0", Description = "Pages, shapes, templates and themes.", Category = "Infrastructure")]
[assembly: Feature(Id = "OrchardCore.Mvc", Name = "Mvc", Description = "Controllers and views of modules.", Category = "Infrastructure", IsAlwaysEnabled = true)]
[assembly: Feature(Id = "OrchardCore.Themes", Name = "Themes", Description = "Themes of the site and of the admin area.", Category = "Theming", IsAlwaysEnabled = true)]
[assembly: Feature(Id = "OrchardCore.Navigation", Name = "Navigation", Description = "Menus.", Category = "Navigation", IsAlwaysEnabled = true)]
[assembly: Feature(Id = "OrchardCore.Resources", Name = "Resources", Description = "Styles and scripts.", Category = "Development", IsAlwaysEnabled = true)]
