using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Platform;

internal sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder
            .Add(S["Dashboard"], "0", dashboard => dashboard
                .Action("Index", "Dashboard", "LinkShop.Platform")
                .Permission(Permissions.ViewDashboard)
                .LocalNav())
            .Add(S["Commerce"], "2", commerce => commerce
                .AddClass("commerce").Id("commerce")
                .Add(S["Undelivered messages"], "9", letters => letters
                    .Action("Index", "DeadLetters", "LinkShop.Platform")
                    .Permission(Permissions.ManageOutbox)
                    .LocalNav()));
        return ValueTask.CompletedTask;
    }
}
