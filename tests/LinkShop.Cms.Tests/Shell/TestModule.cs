using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Modules.Manifest;

[assembly: Module(Name = "Tests", Author = "LinkShop", Version = "1.0.0")]
[assembly: OrchardCore.Modules.Manifest.Feature(Id = "Tests.Echo", Name = "Echo", Dependencies = ["Tests.Base"])]
[assembly: OrchardCore.Modules.Manifest.Feature(Id = "Tests.Base", Name = "Base", EnabledByDependencyOnly = true)]
[assembly: OrchardCore.Modules.Manifest.Feature(Id = "Tests.Extra", Name = "Extra", Dependencies = ["Tests.Echo"])]
[assembly: OrchardCore.Modules.Manifest.Feature(Id = "Tests.Reserved", Name = "Reserved", DefaultTenantOnly = true)]
[assembly: OrchardCore.Modules.Manifest.Feature(Id = "Tests.Orphan", Name = "Orphan", Dependencies = ["Tests.NotThere"])]

namespace LinkShop.Cms.Tests.Shell;

internal sealed class EchoOptions
{
    public string Tenant { get; set; } = "";

    public string Shared { get; set; } = "";
}

internal sealed class EchoOptionsSetup(ShellSettings settings) : IConfigureOptions<EchoOptions>
{
    public void Configure(EchoOptions options) => options.Tenant = settings.Name;
}

internal sealed class SharedOptions
{
    public Guid Made { get; } = Guid.NewGuid();
}

/// <summary>A singleton that reads what belongs to tenants in the ways that are allowed.</summary>
internal sealed class EchoSingleton(IOptions<EchoOptions> options, IMemoryCache cache, IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("echo");

    public string OptionOfTenant => options.Value.Tenant;

    public string Remember(string value) => cache.GetOrCreate("value", _ => value)!;

    public string Protect(string value) => _protector.Protect(value);

    public string Unprotect(string value) => _protector.Unprotect(value);
}

[OrchardCore.Modules.Feature("Tests.Base")]
internal sealed class BaseStartup : StartupBase
{
    public override int Order => -10;

    public override void ConfigureServices(IServiceCollection services) => services.AddSingleton<List<string>>(["base"]);
}

[OrchardCore.Modules.Feature("Tests.Echo")]
internal sealed class EchoStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        ((List<string>)services.Single(s => s.ServiceType == typeof(List<string>)).ImplementationInstance!).Add("echo");
        services.AddTransient<IConfigureOptions<EchoOptions>, EchoOptionsSetup>();
        services.AddSingleton<EchoSingleton>();
        services.AddAntiforgery();
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        routes.MapGet("/echo", (HttpContext context, ShellSettings settings) => $"{settings.Name} {context.Request.PathBase}{context.Request.Path}");
        routes.MapGet("/option", (EchoSingleton echo) => echo.OptionOfTenant);
        routes.MapGet("/shared", (IOptions<SharedOptions> options) => options.Value.Made.ToString());
        routes.MapGet("/remember/{value}", (EchoSingleton echo, string value) => echo.Remember(value));
        routes.MapGet("/protect/{value}", (EchoSingleton echo, string value) => echo.Protect(value));
        routes.MapGet("/unprotect/{value}", (EchoSingleton echo, string value) => echo.Unprotect(value));
        routes.MapGet("/greeting", (IStringLocalizer<EchoStartup> localizer) => localizer["Hello"].Value);
        routes.MapGet("/token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        // a cookie that is renewed is written like this, when the answer begins
        routes.MapGet("/late/{status:int}", (HttpContext context, EchoSingleton echo, ShellSettings settings, int status) =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["X-Late"] = $"{OrchardCore.Environment.Shell.Scope.ShellScope.Context?.Settings.Name} {context.Request.PathBase} {echo.Protect("word")}";
                return Task.CompletedTask;
            });
            context.Response.StatusCode = status;
        });
        routes.MapGet("/slow", async (HttpContext context) =>
        {
            SlowGate.Entered.TrySetResult();
            await SlowGate.Leave.Task;
            return "done";
        });
    }
}

internal static class SlowGate
{
    internal static TaskCompletionSource Entered { get; set; } = new();

    internal static TaskCompletionSource Leave { get; set; } = new();
}

[OrchardCore.Modules.Feature("Tests.Extra")]
internal sealed class ExtraStartup : StartupBase
{
    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
        => routes.MapGet("/extra", () => "extra");
}

[OrchardCore.Modules.Feature("Tests.Echo")]
[RequireFeatures("Tests.Extra")]
internal sealed class EchoWithExtraStartup : StartupBase
{
    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
        => routes.MapGet("/echo-with-extra", () => "both");
}
