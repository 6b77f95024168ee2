using LinkShop.Http;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;
using OrchardCore.Setup.Events;
using OrchardCore.Setup.Services;

namespace LinkShop.Platform.Services;

/// <summary>After the first set-up: where everything is, and, if it was generated, the administrator's password. Said once, stored nowhere in plain.</summary>
internal sealed class SetupSummary(
    ShellSettings settings, IShellHost shellHost, IConfiguration configuration, SetupConsole console) : ISetupEventHandler
{
    private const string Administrator = "OrchardCore:OrchardCore_AutoSetup:Tenants:0:";

    public Task SetupAsync(SetupContext context) => Task.CompletedTask;

    public Task FailedAsync(SetupContext context)
    {
        console.Tell($"{settings.Name}: the set-up failed: {string.Join(" ", context.Errors.Select(e => $"{e.Key} {e.Value}"))}");
        return Task.CompletedTask;
    }

    public Task SucceededAsync()
    {
        if (!settings.IsDefaultShell())
        {
            console.Tell($"{settings.Name}: ready");
            return Task.CompletedTask;
        }

        var root = ListenAddress.Of(configuration);
        console.TellPlain("", "LinkShop is ready.");
        foreach (var tenant in shellHost.GetAllSettings().OrderBy(t => !t.IsDefaultShell()))
        {
            var address = (string.IsNullOrEmpty(tenant.RequestUrlHost) ? root : "http://" + tenant.RequestUrlHosts[0]) + "/" + tenant.RequestUrlPrefix;
            console.TellPlain($"  {tenant.Name,-10} {address.TrimEnd('/')}   admin: {address.TrimEnd('/')}/Admin");
        }

        if (configuration.GetValue(Administrator + "AdminPasswordGenerated", false))
        {
            console.TellPlain(
                $"  user       {configuration[Administrator + "AdminUsername"]}",
                $"  password   {configuration[Administrator + "AdminPassword"]}   (shown this once; change it after signing in)");
        }

        console.TellPlain("");
        return Task.CompletedTask;
    }
}
