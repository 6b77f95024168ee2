using LinkShop.Catalogue;
using LinkShop.VirtualGoods.Api;
using LinkShop.VirtualGoods.Drivers;
using LinkShop.VirtualGoods.Handlers;
using LinkShop.VirtualGoods.Indexes;
using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.Recipes;
using LinkShop.VirtualGoods.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security.Permissions;

namespace LinkShop.VirtualGoods;

internal sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, Permissions>();
        services.AddNavigationProvider<AdminMenu>();
        services.AddDataMigration<Migrations>();
        services.AddIndexProvider<ProductIndexProvider>();
        services.AddIndexProvider<OfferProjectionRequestIndexProvider>();

        services.AddContentPart<VirtualGoodsPart>().UseDisplayDriver<VirtualGoodsPartDisplayDriver>().UseDisplayDriver<ProductPageDriver>().AddHandler<VirtualGoodsPartHandler>();
        services.AddContentPart<CategoryPart>().UseDisplayDriver<CategoryPartDisplayDriver>().UseDisplayDriver<CategoryPageDriver>().AddHandler<CategoryPartHandler>();

        services.AddScoped<ProductValidator>();
        services.AddScoped<GoodsPictures>();
        services.AddScoped<DeliveryTexts>();
        services.AddScoped<OfferFactory>();
        services.AddScoped<OfferProjector>();
        services.AddSingleton<IBackgroundTask, OfferProjectionTask>();

        services.AddMemoryCache();
        services.AddHttpContextAccessor();
        services.AddScoped<TenantCache>();
        services.AddScoped<StockDisplay>();
        services.AddScoped<ICatalogue, Services.Catalogue>();
        services.AddScoped<IShopWindow, ShopWindow>();
        services.AddScoped<ISuppliedProducts, SuppliedProducts>();
        services.AddScoped<SupplierGoods>();
        services.AddScoped<StockTexts>();
        services.AddScoped<MarkdownTexts>();
        services.AddScoped<ProductPages>();
        services.AddScoped<ProductAdminPages>();
        services.AddSingleton<KeyImportProgressBoard>();

        services.AddRecipeExecutionStep<KeyPoolsStep>();
        services.AddRecipeExecutionStep<CouponsStep>();
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider) => ProductEndpoints.Map(routes);
}
