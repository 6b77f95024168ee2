using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Checkout;

internal sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder
            .Add(S["Shop"], "2", shop => shop
                .AddClass("icon-class-bi-shop").Id("shop")
                .Add(S["Orders"], "1", orders => orders.Action("Index", "OrdersAdmin", "LinkShop.Checkout").Permission(Permissions.ViewOrders).LocalNav())
                .Add(S["Refund requests"], "1.5", refunds => refunds.Action("Index", "RefundsAdmin", "LinkShop.Checkout").Permission(Permissions.ManageOrders).LocalNav())
                .Add(S["Coupons"], "4", coupons => coupons.Action("Index", "CouponsAdmin", "LinkShop.Checkout").Permission(Permissions.ManageCoupons).LocalNav())
                .Add(S["Checkout settings"], "7", settings => settings.Action("Index", "CheckoutSettingsAdmin", "LinkShop.Checkout").Permission(Permissions.ManageCheckoutSettings).LocalNav()));
        return ValueTask.CompletedTask;
    }
}
