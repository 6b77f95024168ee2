using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LinkShop.Commerce.DependencyInjection;
using LinkShop.Commerce.Verify;
using LinkShop.Platform;
using LinkShop.Platform.Services;
using LinkShop.Web.Settings;

namespace LinkShop.Web;

/// <summary>
/// <c>LinkShop.Web -- verify</c>: checks every stored invariant, prints one JSON object, exit code 1 on a breach. May run beside the server. When nothing could be checked the object
/// has <c>error</c> with a stable <c>code</c> and a <c>message</c>, the exit code is 1, and nothing was made or changed.
/// </summary>
internal static class VerifyCommand
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] args)
    {
        // settings alone; a misspelt one below LinkShop: is found with the others
        if (args.FirstOrDefault(arg => !arg.StartsWith("--", StringComparison.Ordinal) || !arg.Contains(':', StringComparison.Ordinal) || !arg.Contains('=', StringComparison.Ordinal)) is { } stray)
            return await Commands.RefuseAsync($"unknown option '{stray}' of verify");
        try
        {
            if (await StoredInstallation.MissingAsync(CreateBuilder([], args).Configuration) is var (code, message))
                return Fail(code, message);
            var report = await ReportAsync([], args);
            Console.WriteLine(report.ToJson());
            return report.Ok ? 0 : 1;
        }
        catch (Exception error)
        {
            if (!Failure.IsPlain(error))
                await Console.Error.WriteLineAsync(error.ToString());
            return Fail(error is SettingsException ? "settings" : "not_verified", error.Message);
        }
    }

    /// <summary>Checks an installation.</summary>
    /// <param name="settings">Configuration that goes before all other.</param>
    /// <param name="args">The command line's configuration.</param>
    public static async Task<VerifyReport> ReportAsync(Dictionary<string, string?> settings, params string[] args)
    {
        var builder = CreateBuilder(settings, args);
        builder.Logging.ClearProviders(); // standard output carries the report and nothing else
        builder.Services.AddOrchardCms();
        builder.Services.AddLinkShopPlatform();
        builder.Services.AddLinkShopCommerce(builder.Configuration);
        using var host = builder.Build(); // not started: no worker runs
        await host.Services.GetRequiredService<ShellPlacement>().StartAsync(default);
        return await host.Services.GetRequiredService<ICommerceVerifier>().RunAsync();
    }

    private static HostApplicationBuilder CreateBuilder(Dictionary<string, string?> settings, string[] args)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration.AddLinkShopDefaults();
        return builder;
    }

    private static int Fail(string code, string message)
    {
        Console.WriteLine(new JsonObject { ["ok"] = false, ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }.ToJsonString(Readable));
        return 1;
    }
}
