using LinkShop.Commerce.Placement;
using Microsoft.Extensions.Hosting;
using OrchardCore.Environment.Shell;

namespace LinkShop.Platform.Services;

/// <summary>Reads a tenant's database from its settings: <c>Database</c>, and <c>DatabaseMoving</c> while it is on its way to another one.</summary>
public sealed class ShellPlacement(IShellHost shellHost) : ICommercePlacement, IHostedService
{
    /// <inheritdoc/>
    public CommercePlace PlaceOf(string tenant) =>
        shellHost.TryGetSettings(tenant, out var settings) ? new CommercePlace(settings["Database"], settings["DatabaseMoving"] is not null) : default;

    /// <summary>Loads the tenants before any worker asks where they are.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => shellHost.InitializeAsync();

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
