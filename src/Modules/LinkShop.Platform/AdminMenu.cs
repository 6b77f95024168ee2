using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;
using OrchardCore.Navigation;

namespace LinkShop.Platform;

internal sealed class AdminMenu(ShellSettings settings, IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Shop"], "2", shop => shop
                .AddClass("icon-class-bi-shop").Id("shop")
                .Add(S["Undelivered messages"], "9", letters => letters
                    .Action("Index", "DeadLetters", "LinkShop.Platform")
                    .Permission(Permissions.ManageOutbox)
                    .LocalNav()));
        if (settings.IsDefaultShell())
        {
            builder.Add(S["Announcements"], "3", news => news
                .AddClass("icon-class-bi-megaphone").Id("announcements")
                .Action("Index", "Announcements", "LinkShop.Platform")
                .Permission(Permissions.ManageAnnouncements));
        }

        return ValueTask.CompletedTask;
    }
}
