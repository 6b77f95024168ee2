using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payments;
using LinkShop.Payments.Handlers;
using LinkShop.Payments.Recipes;
using LinkShop.Payments.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security.Permissions;

namespace LinkShop.Payments;

/// <summary>The provider list and the callbacks' door.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<IPermissionProvider, Permissions>();
        services.AddScoped<INavigationProvider, AdminMenu>();
        services.AddScoped<IOutboxHandler, RefundHandler>();
        services.TryAddScoped<PaymentNames>();
        services.AddScoped<IPaymentProvider>(provider => new CreditProvider(CreditKind.Balance, provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<IPaymentProvider>(provider => new CreditProvider(CreditKind.Points, provider.GetRequiredService<TimeProvider>()));
    }

    /// <inheritdoc/>
    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider) => CallbackEndpoint.Map(routes);
}

/// <summary>The sandbox.</summary>
[Feature("LinkShop.Payments.Sandbox")]
public sealed class SandboxStartup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<SandboxOptions>();
        services.AddSingleton<SandboxSecretCache>();
        services.AddScoped<SandboxSecrets>();
        services.AddScoped<SandboxTickets>();
        services.AddScoped<SandboxGateway>();
        services.AddScoped<IPaymentProvider, SandboxProvider>();
        services.AddHttpClient(SandboxGateway.ClientName, client => client.Timeout = TimeSpan.FromSeconds(15));
        services.AddRecipeExecutionStep<SandboxProviderStep>();
    }
}
