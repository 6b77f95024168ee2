using System.Text.Json.Serialization;
using LinkShop.Checkout.Accounts;
using LinkShop.Checkout.Api;
using LinkShop.Checkout.Handlers;
using LinkShop.Checkout.Services;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payments;
using LinkShop.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Data.Migration;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;
using OrchardCore.Users.Handlers;

namespace LinkShop.Checkout;

/// <summary>Checkout pages, the order API and the orders' administration.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<CheckoutPages>();
        services.AddScoped<CheckoutPolicy>();
        services.AddScoped<CommerceMessages>();
        services.AddScoped<CouponGoods>();
        services.AddScoped<OrderCookie>();
        services.AddScoped<ReferralCookie>();
        services.AddScoped<OrderGate>();
        services.AddScoped<OrderPages>();
        services.AddScoped<OrdersAdminPages>();
        services.AddScoped<MailDelivery>();
        services.AddScoped<OrderMailText>();
        services.AddScoped<StaffMail>();
        services.AddScoped<WaitingMail>();
        services.AddScoped<IOutboxHandler, PlatformMail>();
        services.AddScoped<AccountMail>();
        services.AddScoped<AccountFile>();
        services.AddScoped<AccountDeletion>();
        services.AddScoped<IAccountRecords, OrderRecords>();
        services.AddScoped<IAccountRecords, MoneyRecords>();
        services.AddScoped<IUserEventHandler, AccountMadeHandler>();
        services.AddScoped<PaymentChoices>();
        services.TryAddScoped<PaymentNames>();
        services.AddScoped<ShopClock>();
        services.AddScoped<TenantAddress>();
        services.AddScoped<IOutboxHandler, OrderMailHandler>();
        services.AddScoped<IOutboxHandler, PromoterMailHandler>();
        services.AddScoped<IOutboxHandler, PayoutMailHandler>();
        services.AddScoped<IOutboxHandler, ShopMailHandler>();
        services.AddScoped<IOutboxHandler, TicketMailHandler>();
        services.AddScoped<IPermissionProvider, Permissions>();
        services.AddScoped<INavigationProvider, AdminMenu>();
        // as strict as the API reads: a number in quotes is a mistake, so none is described
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi("v1", ApiDocument.Configure);
    }

    /// <inheritdoc/>
    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        OrdersApi.Map(routes);
        routes.MapOpenApi("openapi/{documentName}.json");
    }
}

/// <summary>Where people have roles.</summary>
[RequireFeatures("OrchardCore.Roles")]
public sealed class RolesStartup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services) => services.AddDataMigration<MallRoles>();
}
