using LinkShop.Storefront.Drivers;
using LinkShop.Storefront.Handlers;
using LinkShop.Storefront.Models;
using LinkShop.Storefront.Services;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.Data.Migration;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;

namespace LinkShop.Storefront;

internal sealed class Startup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddDataMigration<Migrations>();
        services.AddContentPart<PageTextsPart>().UseDisplayDriver<PageTextsDisplayDriver>().AddHandler<PageTextsPartHandler>();

        services.AddMemoryCache();
        services.AddScoped<FrameLinks>();
        services.AddScoped<PageEditor>();
        services.AddScoped<MenuEditor>();
        services.AddScoped<IPermissionProvider, Permissions>();
        services.AddScoped<INavigationProvider, AdminMenu>();
        services.Configure<MvcOptions>(options => options.Filters.Add<FrameFilter>());
    }
}
