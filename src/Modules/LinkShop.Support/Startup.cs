using LinkShop.Http;
using LinkShop.Support.Services;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;

namespace LinkShop.Support;

/// <summary>Buyers' pages, staff's desk and the customers.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.TryAddScoped<OrderCookie>();
        services.TryAddScoped<OrderGate>();
        services.AddScoped<TicketCookie>();
        services.AddScoped<SupportMessages>();
        services.AddScoped<IAccountRecords, TicketRecords>();
        services.AddScoped<IPermissionProvider, Permissions>();
        services.AddScoped<INavigationProvider, AdminMenu>();
        services.Configure<MvcOptions>(options => options.Filters.Add<OrderHelpFilter>());
    }
}
