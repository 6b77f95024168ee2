using LinkShop.Commerce.DependencyInjection;
using LinkShop.Commerce.Verify;
using LinkShop.Platform;
using LinkShop.Platform.Services;

namespace LinkShop.Web;

/// <summary><c>LinkShop.Web -- verify</c>: checks every stored invariant, prints one JSON object, exit code 1 on a breach. May run beside the server.</summary>
internal static class VerifyCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var report = await ReportAsync([], args);
        Console.WriteLine(report.ToJson());
        return report.Ok ? 0 : 1;
    }

    /// <summary>Checks an installation.</summary>
    /// <param name="settings">Configuration that goes before all other.</param>
    /// <param name="args">The command line's configuration.</param>
    public static async Task<VerifyReport> ReportAsync(Dictionary<string, string?> settings, params string[] args)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddLinkShopDefaults();
        builder.Logging.ClearProviders(); // standard output carries the report and nothing else
        builder.Services.AddOrchardCms();
        builder.Services.AddLinkShopPlatform();
        builder.Services.AddLinkShopCommerce(builder.Configuration);
        using var host = builder.Build(); // not started: no worker runs
        await host.Services.GetRequiredService<ShellPlacement>().StartAsync(default);
        return await host.Services.GetRequiredService<ICommerceVerifier>().RunAsync();
    }
}
