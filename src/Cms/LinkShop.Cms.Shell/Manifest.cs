using OrchardCore.Modules.Manifest;

[assembly: Module(Name = "Shell", Author = "LinkShop", Version = "0.1.0", Description = "Tenants, features, recipes and set-up.", Category = "Infrastructure")]
[assembly: Feature(Id = "OrchardCore.Recipes", Name = "Recipes", Description = "Runs recipes.", Category = "Infrastructure", IsAlwaysEnabled = true)]
[assembly: Feature(Id = "OrchardCore.Setup", Name = "Setup", Description = "Sets tenants up.", Category = "Infrastructure", IsAlwaysEnabled = true)]
[assembly: Feature(Id = "OrchardCore.BackgroundTasks", Name = "Background tasks", Description = "Runs tasks on a schedule.", Category = "Infrastructure", IsAlwaysEnabled = true)]
[assembly: Feature(Id = "OrchardCore.Localization", Name = "Localization", Description = "Speaks the visitor's language.", Category = "Internationalization", IsAlwaysEnabled = true)]
