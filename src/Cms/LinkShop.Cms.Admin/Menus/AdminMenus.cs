using Microsoft.Extensions.Localization;
using OrchardCore.Contents;
using OrchardCore.Email;
using OrchardCore.Features;
using OrchardCore.Media;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Roles;
using OrchardCore.Security.Permissions;
using OrchardCore.Settings;
using OrchardCore.Users;

namespace LinkShop.Cms.Admin.Menus;

/// <summary>One entry below one of the menu's headings.</summary>
internal abstract class OneEntryMenu(string area) : AdminNavigationProvider
{
    protected abstract LocalizedString Heading { get; }

    protected abstract (string Position, string Id, string Icon) HeadingLook { get; }

    protected abstract LocalizedString Caption { get; }

    protected abstract (string Action, string Controller) Target { get; }

    protected virtual string Position => "5";

    protected virtual Permission? Permission => null;

    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(Heading, HeadingLook.Position, heading => heading
            .Id(HeadingLook.Id)
            .AddClass("icon-class-bi-" + HeadingLook.Icon)
            .Add(Caption, Position, entry =>
            {
                entry.Action(Target.Action, Target.Controller, area).LocalNav();
                if (Permission is not null) entry.Permission(Permission);
            }));
        return ValueTask.CompletedTask;
    }
}

internal sealed class ContentsMenu(IStringLocalizer<ContentsMenu> S) : OneEntryMenu("OrchardCore.Contents")
{
    protected override LocalizedString Heading => S["Content"];

    protected override (string, string, string) HeadingLook => ("20", "content", "file-earmark-text");

    protected override LocalizedString Caption => S["Content items"];

    protected override (string, string) Target => ("List", "Admin");

    protected override string Position => "1";

    protected override Permission Permission => CommonPermissions.ListContent;
}

internal sealed class ContentTypesMenu(IStringLocalizer<ContentTypesMenu> S) : OneEntryMenu("OrchardCore.ContentTypes")
{
    protected override LocalizedString Heading => S["Content"];

    protected override (string, string, string) HeadingLook => ("20", "content", "file-earmark-text");

    protected override LocalizedString Caption => S["Content types"];

    protected override (string, string) Target => ("Index", "ContentTypes");

    protected override string Position => "9";

    protected override Permission Permission => ContentTypesPermissions.ViewContentTypes;
}

internal sealed class MediaMenu(IStringLocalizer<MediaMenu> S) : OneEntryMenu("OrchardCore.Media")
{
    protected override LocalizedString Heading => S["Content"];

    protected override (string, string, string) HeadingLook => ("20", "content", "file-earmark-text");

    protected override LocalizedString Caption => S["Media"];

    protected override (string, string) Target => ("Index", "Media");

    protected override Permission Permission => MediaPermissions.ManageMedia;
}

internal sealed class UsersAdminMenu(IStringLocalizer<UsersAdminMenu> S) : OneEntryMenu("OrchardCore.Users")
{
    protected override LocalizedString Heading => S["Access"];

    protected override (string, string, string) HeadingLook => ("70", "access", "people");

    protected override LocalizedString Caption => S["Users"];

    protected override (string, string) Target => ("Index", "Users");

    protected override string Position => "1";

    protected override Permission Permission => UsersPermissions.ListUsers;
}

internal sealed class RolesMenu(IStringLocalizer<RolesMenu> S) : OneEntryMenu("OrchardCore.Roles")
{
    protected override LocalizedString Heading => S["Access"];

    protected override (string, string, string) HeadingLook => ("70", "access", "people");

    protected override LocalizedString Caption => S["Roles"];

    protected override (string, string) Target => ("Index", "Roles");

    protected override Permission Permission => RolesPermissions.ManageRoles;
}

internal sealed class FeaturesMenu(IStringLocalizer<FeaturesMenu> S) : OneEntryMenu("OrchardCore.Features")
{
    protected override LocalizedString Heading => S["Tools"];

    protected override (string, string, string) HeadingLook => ("90", "tools", "tools");

    protected override LocalizedString Caption => S["Features"];

    protected override (string, string) Target => ("Index", "Features");

    protected override string Position => "1";

    protected override Permission Permission => FeaturesPermissions.ManageFeatures;
}

internal sealed class ThemesMenu(IStringLocalizer<ThemesMenu> S) : OneEntryMenu("OrchardCore.Themes")
{
    protected override LocalizedString Heading => S["Tools"];

    protected override (string, string, string) HeadingLook => ("90", "tools", "tools");

    protected override LocalizedString Caption => S["Themes"];

    protected override (string, string) Target => ("Index", "Themes");

    protected override string Position => "2";

    protected override Permission Permission => HostPermissions.ApplyTheme;
}

internal sealed class RecipesMenu(IStringLocalizer<RecipesMenu> S) : OneEntryMenu("OrchardCore.Recipes")
{
    protected override LocalizedString Heading => S["Tools"];

    protected override (string, string, string) HeadingLook => ("90", "tools", "tools");

    protected override LocalizedString Caption => S["Recipes"];

    protected override (string, string) Target => ("Index", "Recipes");

    protected override string Position => "3";

    protected override Permission Permission => RecipePermissions.ManageRecipes;
}

internal sealed class OutboxMenu(IStringLocalizer<OutboxMenu> S) : OneEntryMenu("OrchardCore.Email")
{
    protected override LocalizedString Heading => S["Tools"];

    protected override (string, string, string) HeadingLook => ("90", "tools", "tools");

    protected override LocalizedString Caption => S["Mail outbox"];

    protected override (string, string) Target => ("Index", "Outbox");

    protected override string Position => "4";

    protected override Permission Permission => EmailPermissions.ManageEmailSettings;
}

internal sealed class TenantsMenu(IStringLocalizer<TenantsMenu> S) : OneEntryMenu("OrchardCore.Tenants")
{
    protected override LocalizedString Heading => S["Sites"];

    protected override (string, string, string) HeadingLook => ("60", "sites", "shop");

    protected override LocalizedString Caption => S["Tenants"];

    protected override (string, string) Target => ("Index", "Tenants");

    protected override Permission Permission => HostPermissions.ManageTenants;
}
