using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Storefront;

internal sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Shop"], "2", shop => shop
            .Add(S["Pages and menu"], "9", pages => pages.Action("Index", "Pages", "LinkShop.Storefront").Permission(Permissions.ManagePages).LocalNav()));
        return ValueTask.CompletedTask;
    }
}
