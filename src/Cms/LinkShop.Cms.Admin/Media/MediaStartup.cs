using LinkShop.Cms.Admin.Menus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.Media;
using OrchardCore.Media.Fields;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security.Permissions;

namespace LinkShop.Cms.Admin.Media;

[Feature("OrchardCore.Media")]
internal sealed class MediaStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IMediaFileStore, MediaFileStore>();
        services.AddContentField<MediaField>().UseDisplayDriver<MediaFieldDriver>();
        services.AddRecipeExecutionStep<MediaStep>();
        services.AddScoped<IPermissionProvider, MediaPermissionProvider>();
        services.AddNavigationProvider<MediaMenu>();
        services.AddScoped<IModularTenantEvents, MediaRemoval>();
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
        => routes.MapGet("/media/{**path}", MediaEndpoint.Serve);
}
