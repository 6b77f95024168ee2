using Microsoft.Extensions.Localization;
using OrchardCore.Navigation;

namespace LinkShop.Shops;

internal sealed class PlatformMenu(IStringLocalizer<PlatformMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Micro-shops"], "1", shops => shops
            .AddClass("icon-class-bi-shop-window").Id("microshops")
            .Add(S["All shops"], "1", all => all.Action("Index", "ShopsAdmin", "LinkShop.Shops").Permission(PlatformPermissions.ManageShops).LocalNav())
            .Add(S["Waiting for you"], "1.5", waiting => waiting.Action("Index", "ShopWaiting", "LinkShop.Shops").Permission(PlatformPermissions.ManageShops).LocalNav())
            .Add(S["Money of all shops"], "1.7", money => money.Action("Index", "ShopMoney", "LinkShop.Shops").Permission(PlatformPermissions.ManageShops).LocalNav())
            .Add(S["What shops cost and bring"], "2", usage => usage.Action("Index", "ShopUsage", "LinkShop.Shops").Permission(PlatformPermissions.ManageShops).LocalNav()));
        return ValueTask.CompletedTask;
    }
}

internal sealed class DeskMenu(IStringLocalizer<DeskMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Shop desk"], "1", desk => desk
            .AddClass("icon-class-bi-shop-window").Id("shopdesk")
            .Add(S["Look"], "1", look => look.Action("Look", "ShopDesk", "LinkShop.Shops").Permission(ShopPermissions.ManageShopDesk).LocalNav())
            .Add(S["Opening and notices"], "2", opening => opening.Action("Opening", "ShopDesk", "LinkShop.Shops").Permission(ShopPermissions.ManageShopDesk).LocalNav())
            .Add(S["Share"], "3", share => share.Action("Share", "ShopDesk", "LinkShop.Shops").Permission(ShopPermissions.ManageShopDesk).LocalNav())
            .Add(S["Mails to you"], "3.5", mails => mails.Action("Index", "ShopMails", "LinkShop.Shops").Permission(ShopPermissions.ManageShopDesk).LocalNav())
            .Add(S["Own domains"], "4", domains => domains.Action("Index", "ShopDomains", "LinkShop.Shops").Permission(ShopPermissions.ManageShopDesk).LocalNav())
            .Add(S["Plan"], "5", plan => plan.Action("Index", "ShopPlan", "LinkShop.Shops").Permission(ShopPermissions.ManageShopDesk).LocalNav()));
        return ValueTask.CompletedTask;
    }
}
