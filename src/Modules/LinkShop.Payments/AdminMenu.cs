using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Payments;

internal sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Shop"], "2", shop => shop
                .AddClass("icon-class-bi-shop").Id("shop")
            .Add(S["Payments"], "8", payments => payments
                .Action("Index", "PaymentsAdmin", "LinkShop.Payments")
                .Permission(Permissions.ManagePayments)
                .LocalNav()));
        return ValueTask.CompletedTask;
    }
}
