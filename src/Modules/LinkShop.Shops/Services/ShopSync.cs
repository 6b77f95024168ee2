using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;

namespace LinkShop.Shops.Services;

/// <summary>Carries changes of the register into the shops: at once, and again by the outbox, in case the process dies in between.</summary>
public sealed partial class ShopSync(IShops shops, IShellHost host, ILogger<ShopSync> logger) : IOutboxHandler
{
    /// <inheritdoc/>
    public bool Handles(string type) => type == ShopEvents.Changed;

    /// <inheritdoc/>
    public Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken) => ApplyAsync(message.Read<ShopChanged>());

    /// <summary>Tries it at once; what fails now is done by the outbox.</summary>
    public async Task TryAsync(ShopChanged change)
    {
        try
        {
            await ApplyAsync(change);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogLater(e, change.Shop);
        }
    }

    private async Task ApplyAsync(ShopChanged change)
    {
        if (!host.TryGetSettings(change.Shop, out var settings) || !settings.IsInitialized() || await shops.FindAsync(PlatformTenant.Scope, change.Shop) is not { } shop)
            return;
        if (!settings.HasUrlPrefix(shop.Slug))
        {
            settings = new ShellSettings(settings) { RequestUrlPrefix = shop.Slug };
            await host.UpdateShellSettingsAsync(settings);
        }

        await (await host.GetScopeAsync(settings)).UsingAsync(scope => scope.ServiceProvider.GetService<ShopKeeper>()?.ApplyAsync(change.FormerOwner) ?? Task.CompletedTask);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shop {Shop} learns of a change later.")]
    private partial void LogLater(Exception exception, string shop);
}
