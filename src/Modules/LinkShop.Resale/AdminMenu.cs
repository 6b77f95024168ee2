using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Resale;

internal sealed class GoodsMenu(IStringLocalizer<GoodsMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Shop"], "2", shop => shop
            .Add(S["Goods to resell"], "3", goods => goods.Action("Index", "ResaleGoods", "LinkShop.Resale").Permission(GoodsPermissions.ResellGoods).LocalNav()));
        return ValueTask.CompletedTask;
    }
}

internal sealed class OffersMenu(IStringLocalizer<OffersMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Shop"], "2", shop => shop
            .Add(S["Offer for resale"], "4", offers => offers.Action("Index", "ResaleOffers", "LinkShop.Resale").Permission(OffersPermissions.OfferForResale).LocalNav()));
        return ValueTask.CompletedTask;
    }
}
