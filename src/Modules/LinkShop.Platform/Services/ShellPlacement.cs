using LinkShop.Commerce.Placement;
using Microsoft.Extensions.Hosting;
using OrchardCore.Environment.Shell;

namespace LinkShop.Platform.Services;

/// <summary>Reads from a tenant's settings where it is: <c>Database</c>, <c>DatabaseMoving</c> while it is on its way to another one; and whether it was stopped.</summary>
public sealed class ShellPlacement(IShellHost shellHost) : ICommercePlacement, IHostedService
{
    private volatile bool _loaded;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The tenants aren't loaded: a shop on another database would be looked for on the main one.</exception>
    public CommercePlace PlaceOf(string tenant) => !_loaded ? throw new InvalidOperationException("Where tenants are isn't known before StartAsync.") :
        shellHost.TryGetSettings(tenant, out var settings) ? new CommercePlace(settings["Database"], settings["DatabaseMoving"] is not null, settings.IsDisabled()) : default;

    /// <summary>Loads the tenants before any worker asks where they are.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await shellHost.InitializeAsync();
        _loaded = true;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
