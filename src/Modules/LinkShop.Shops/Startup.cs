using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Drivers;
using LinkShop.Shops.Filters;
using LinkShop.Shops.Handlers;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.Data.Migration;
using OrchardCore.Environment.Shell;
using OrchardCore.Media.Events;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;
using OrchardCore.Setup.Events;
using OrchardCore.Users.Handlers;

namespace LinkShop.Shops;

/// <summary>The platform's side.</summary>
[Feature("LinkShop.Shops")]
public sealed class PlatformStartup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, PlatformPermissions>();
        services.AddScoped<INavigationProvider, PlatformMenu>();
        services.AddSingleton<ShopRecipe>();
        services.AddScoped<ShopOpening>();
        services.AddScoped<ShopSync>();
        services.AddScoped<IOutboxHandler>(provider => provider.GetRequiredService<ShopSync>());
        services.AddScoped<ShopLooks>();
        services.AddScoped<IOutboxHandler>(provider => provider.GetRequiredService<ShopLooks>());
        services.AddDomains();
        services.AddSingleton<IBackgroundTask, DomainTask>();
        services.AddScoped<DomainSweep>();
        services.AddScoped<OwnerMail>();
        services.AddScoped<IOutboxHandler, DomainMail>();
        services.AddScoped<IOutboxHandler, ShopNewsMail>();
        services.AddSingleton<AllowedHosts>();
        services.AddScoped<ShopAddresses>();
        services.AddScoped<Visitors>();
        services.AddScoped<IUserEventHandler, OwnerAccounts>();
        services.AddScoped<LinkShop.Http.IAccountRecords, OwnedShopRecords>();
        services.AddScoped<LookForms>();
        services.AddScoped<ShopMessages>();
        services.AddScoped<PlanChecks>();
        services.AddDataMigration<Migrations>();
        services.AddContentPart<ShopPlanPart>().UseDisplayDriver<ShopPlanPartDriver>().AddHandler<ShopPlanPartHandler>();
        services.AddScoped<PlanShops>();
        services.AddOrderingDoor((provider, inner) => new PlanOrdering(inner, provider.GetRequiredService<IShopPlans>(), provider.GetRequiredService<PlanShops>()));
        services.AddScoped<IOutboxHandler, PlanOrders>();
        services.AddScoped<IOutboxHandler, PlanReminder>();
        services.AddSingleton<IBackgroundTask, PlanSweepTask>();
        services.AddSingleton<IBackgroundTask, OpeningTask>();
        services.AddSingleton<IBackgroundTask, UsageTask>();
        services.Configure<MvcOptions>(options => options.Filters.Add<PlatformFrame>());
    }

    /// <summary>Inside of error pages and security headers, before the sign-in.</summary>
    public override int ConfigureOrder => -400;

    /// <inheritdoc/>
    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        app.Use((context, next) => FormerAddresses.RunAsync(context, next));
        AllowedHosts.Map(routes);
    }
}

/// <summary>The side of each shop.</summary>
[Feature("LinkShop.Shops.Shop")]
public sealed class ShopStartup : StartupBase
{
    /// <summary>Inside of error pages, security headers and the page cache (which a change of the settings empties), before the sign-in.</summary>
    public override int ConfigureOrder => -400;

    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, ShopPermissions>();
        services.AddDataMigration<ShopRoles>();
        services.AddScoped<INavigationProvider, DeskMenu>();
        services.AddScoped<ISetupEventHandler, ShopSetupHandler>();
        services.AddScoped<IUserEventHandler, OwnerGuard>();
        services.AddOpeningHours();
        services.AddScoped<LinkShop.Catalogue.ISalesPause, SalesPauses>();
        services.AddScoped<ShopKeeper>();
        services.AddScoped<PlatformRoads>();
        services.AddScoped<StaffSeats>();
        services.AddDomains();
        services.AddScoped<DomainDesk>();
        services.AddScoped<LinkShop.Http.IDeskMail, OwnerDeskMail>();
        services.AddScoped<ShopSync>();
        services.AddScoped<LookForms>();
        services.AddScoped<ShopMessages>();
        services.AddScoped<LinkShop.Catalogue.IShopStyle, BrandLook>();
        services.AddScoped<PlanFees>();
        services.AddScoped<SupplyGate>();
        services.AddScoped<LinkShop.Commerce.Resale.ISupplyGate>(provider => provider.GetRequiredService<SupplyGate>());
        services.AddScoped<PlanLimits>();
        services.AddScoped<IContentHandler, PlanProducts>();
        services.AddScoped<IContentDisplayDriver, PlanProductDriver>();
        services.AddScoped<PlanMedia>();
        services.AddScoped<IMediaCreatingEventHandler>(provider => provider.GetRequiredService<PlanMedia>());
        services.AddScoped<IMediaEventHandler>(provider => provider.GetRequiredService<PlanMedia>());
        services.AddScoped<IUserEventHandler, PlanStaff>();
        services.AddScoped<IUserEventHandler, StaffGuard>();
        services.AddScoped<ISecurityStampValidator, PlatformSessions>();
        services.AddScoped<IAuthorizationHandler, PayoutApprovers>();
        services.AddSingleton<LinkShop.Http.PlatformApproves>();
        services.AddScoped<IAuthorizationHandler, StaffLimits>();
        services.Configure<MvcOptions>(options => options.Filters.Add<ShopFrame>());
    }

    /// <inheritdoc/>
    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        app.Use((context, next) => ShopGate.RunAsync(context, next));
        BrandEndpoint.Map(routes);
        DomainProofEndpoint.Map(routes);
    }
}

/// <summary>Counts what a shop answers, pages of the cache among it: before everything else.</summary>
[Feature("LinkShop.Shops.Shop")]
public sealed class ShopVisitsStartup : StartupBase
{
    /// <inheritdoc/>
    public override int ConfigureOrder => -1000;

    /// <inheritdoc/>
    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        var visits = serviceProvider.GetRequiredService<IShopVisits>();
        app.Use((context, next) =>
        {
            // the container is shared: the request says whose it is
            visits.Count(PlatformTenant.Scope, context.RequestServices.GetRequiredService<ShellSettings>().Name);
            return next(context);
        });
    }
}

/// <summary>What both sides have.</summary>
internal static class DomainServices
{
    public static void AddDomains(this IServiceCollection services)
    {
        services.AddSingleton<IDomainResolver, DnsDomainResolver>();
        services.AddSingleton(provider => new DomainFile(provider.GetRequiredService<IDomainResolver>()));
        services.AddSingleton<DomainProofs>();
        services.AddScoped<ShopDomains>();
    }
}
