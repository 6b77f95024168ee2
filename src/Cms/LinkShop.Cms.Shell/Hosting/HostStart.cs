using LinkShop.Cms.Shell.Blueprints;
using LinkShop.Cms.Shell.Setup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>Before the server listens: loads the tenants and sets up those the configuration asks for. Then warms the default tenant.</summary>
internal sealed class HostStart(ShellHost host, AutoSetup autoSetup, ILogger<HostStart> logger) : IHostedService
{
    private Task _warming = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await host.InitializeAsync();
        await autoSetup.RunAsync(cancellationToken);
        // while the server opens its ports
        if (host.TryGetSettings(ShellSettings.DefaultShellName, out var settings) && settings.IsRunning()) _warming = Task.Run(() => WarmAsync(settings), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _warming;

    private async Task WarmAsync(ShellSettings settings)
    {
        try
        {
            await (await host.GetScopeAsync(settings)).UsingAsync(scope => ((Blueprint)scope.ShellContext.SharedContainer!).GetPipelineAsync().AsTask());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // the first request meets the same error and shows it; a start that failed elsewhere ends this too, and has said why
            logger.Log(e is ObjectDisposedException ? LogLevel.Debug : LogLevel.Error, e, "The default tenant could not be prepared.");
        }
    }
}
