using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Locking.Distributed;

namespace LinkShop.Shops.Services;

/// <summary>Carries changes of the register into the shops: at once, and again by the outbox, in case the process dies in between.</summary>
public sealed partial class ShopSync(IShops shops, IShopDomains domains, IShellHost host, IDistributedLock locks, ILogger<ShopSync> logger) : IOutboxHandler
{
    private const int Attempts = 4;
    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public bool Handles(string type) => type == ShopEvents.Changed;

    /// <inheritdoc/>
    public Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken) => ApplyAsync(message.Read<ShopChanged>());

    /// <summary>Does it at once, so that whoever made the change sees it; what fails now is done by the outbox.</summary>
    /// <returns>Whether the shop has it; false when it learns of it later.</returns>
    public async Task<bool> TryAsync(ShopChanged change)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                await ApplyAsync(change);
                return true;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // the outbox, or the owner at the desk, stored the settings at the same moment
                if (attempt == Attempts)
                    LogLater(e, change.Shop);
            }
        }

        return false;
    }

    private async Task ApplyAsync(ShopChanged change)
    {
        if (await FollowAsync(change.Shop) is not { } settings)
            return;
        await (await host.GetScopeAsync(settings)).UsingAsync(scope => scope.ServiceProvider.GetService<ShopKeeper>()?.ApplyAsync(change.FormerOwner) ?? Task.CompletedTask);
    }

    /// <summary>
    /// Address and domains as the register has them. Read and stored under a lock: of two at once the one with older news would else come last, and whoever made the change would find the shop without it.
    /// </summary>
    private async Task<ShellSettings?> FollowAsync(string name)
    {
        if (await WantedAsync(name) is not { } first)
            return null;
        if (first.Changed is null)
            return first.Present;
        await using var held = await locks.AcquireLockAsync($"LinkShop.ShopSync:{name}", s_hold);
        if (await WantedAsync(name) is not { } wanted)
            return null;
        if (wanted.Changed is null)
            return wanted.Present;
        await host.UpdateShellSettingsAsync(wanted.Changed);
        return wanted.Changed;
    }

    /// <summary>A shop's settings and, when the register says otherwise, those that it should have; null for one that isn't set up or is gone.</summary>
    private async Task<(ShellSettings Present, ShellSettings? Changed)?> WantedAsync(string name)
    {
        if (!host.TryGetSettings(name, out var settings) || !settings.IsInitialized() || await shops.FindAsync(PlatformTenant.Scope, name) is not { } shop)
            return null;
        var hosts = await ShopDomains.ProvenAsync(domains, shop.Shop);
        return settings.HasUrlPrefix(shop.Slug) && hosts.SequenceEqual(ShopDomains.Split(settings), StringComparer.Ordinal)
            ? (settings, null)
            : (settings, new ShellSettings(settings) { RequestUrlPrefix = shop.Slug, [ShopDomains.Key] = hosts.Count == 0 ? null : string.Join(',', hosts) });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shop {Shop} learns of a change later.")]
    private partial void LogLater(Exception exception, string shop);
}
