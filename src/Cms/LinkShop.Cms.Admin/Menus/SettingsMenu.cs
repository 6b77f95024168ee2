using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using OrchardCore.Email;
using OrchardCore.Navigation;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Menus;

internal sealed class SettingsMenu(IStringLocalizer<SettingsMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Settings"], "80", settings => settings
            .Id("settings")
            .AddClass("icon-class-bi-gear")
            .Add(S["General"], "1", entry => entry
                .Action("Index", "Settings", Group("general"))
                .Permission(SettingsPermissions.ManageGroupSettings)
                .Resource("general")
                .LocalNav()));
        return ValueTask.CompletedTask;
    }

    internal static RouteValueDictionary Group(string id) => new() { ["area"] = "OrchardCore.Settings", ["groupId"] = id };
}

internal sealed class EmailMenu(IStringLocalizer<EmailMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Settings"], "80", settings => settings
            .Id("settings")
            .AddClass("icon-class-bi-gear")
            .Add(S["Email"], "5", entry => entry
                .Action("Index", "Settings", SettingsMenu.Group("email"))
                .Permission(EmailPermissions.ManageEmailSettings)
                .LocalNav()));
        return ValueTask.CompletedTask;
    }
}
