using LinkShop.Storefront.Drivers;
using LinkShop.Storefront.Models;
using LinkShop.Storefront.Services;
using LinkShop.VirtualGoods.Models;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.Data.Migration;
using OrchardCore.Modules;

namespace LinkShop.Storefront;

internal sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddDataMigration<Migrations>();
        services.AddContentPart<VirtualGoodsPart>().UseDisplayDriver<ProductDisplayDriver>();
        services.AddContentPart<CategoryPart>().UseDisplayDriver<CategoryDisplayDriver>();
        services.AddContentPart<PageTextsPart>().UseDisplayDriver<PageTextsDisplayDriver>();

        services.AddHttpContextAccessor();
        services.AddScoped<StockTexts>();
        services.AddScoped<MarkdownTexts>();
        services.AddScoped<Cards>();
        services.AddScoped<Listings>();
        services.AddScoped<ProductPages>();
        services.Configure<MvcOptions>(options => options.Filters.Add<FrameFilter>());
    }
}
