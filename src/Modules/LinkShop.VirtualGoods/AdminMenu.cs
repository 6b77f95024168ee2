using LinkShop.VirtualGoods.Controllers;
using Microsoft.Extensions.Localization;
using OrchardCore.Contents;
using OrchardCore.Mvc.Core.Utilities;
using OrchardCore.Navigation;

namespace LinkShop.VirtualGoods;

internal sealed class AdminMenu(IStringLocalizer<AdminMenu> S) : AdminNavigationProvider
{
    protected override ValueTask BuildAsync(NavigationBuilder builder)
    {
        builder.Add(S["Shop"], "2", shop => shop
            .AddClass("icon-class-bi-shop").Id("shop")
            .Add(S["Products"], "1.5", products => products
                .Action(nameof(ProductsController.Index), typeof(ProductsController).ControllerName(), "LinkShop.VirtualGoods")
                .Permission(CommonPermissions.ListContent)
                .LocalNav())
            .Add(S["Key pools"], "2", pools => pools
                .Action(nameof(KeyPoolsController.Index), typeof(KeyPoolsController).ControllerName(), "LinkShop.VirtualGoods")
                .Permission(VirtualGoodsPermissions.ManageKeyPools)
                .LocalNav()));
        return ValueTask.CompletedTask;
    }
}
