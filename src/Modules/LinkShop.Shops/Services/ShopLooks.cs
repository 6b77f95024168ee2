using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using OrchardCore.Email;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Shops.Services;

/// <summary>Carries a look that the platform gave into the shop, at once and again by the outbox, and then tells the owner by mail.</summary>
public sealed partial class ShopLooks(
    IShops shops, IShellHost host, IServiceProvider services, ShopMessages messages, IStringLocalizer<ShopLooks> S, ILogger<ShopLooks> logger) : IOutboxHandler
{
    /// <inheritdoc/>
    public bool Handles(string type) => type == ShopEvents.Look;

    /// <inheritdoc/>
    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var look = message.Read<ShopLook>();
        await ApplyAsync(look);
        if (await shops.FindAsync(PlatformTenant.Scope, look.Shop, cancellationToken) is not { State: not ShopState.Closed, OwnerEmail: { Length: > 0 } to } shop)
            return;
        await services.GetRequiredService<OwnerMail>().SendAsync(() => new MailMessage
        {
            To = to,
            Subject = S["Your shop {0} has another look", shop.Title],
            TextBody = S["The platform has given your shop {0} the look “{1}”: {2}\n\nLogo, banner and texts have stayed. You can change the look in your shop desk under Look.", shop.Title, messages.Preset(look.Preset), look.Reason],
        });
    }

    /// <summary>Does it at once, so that whoever made the change sees it; what fails now is done by the outbox.</summary>
    public async Task TryAsync(ShopLook look)
    {
        try
        {
            await ApplyAsync(look);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogLater(e, look.Shop);
        }
    }

    /// <summary>The code of a shop's look; null when it isn't set up.</summary>
    public async Task<string?> PresetAsync(string shop)
    {
        string? preset = null;
        await InAsync(shop, async sites => preset = (await sites.GetSiteSettingsAsync()).As<ShopBrand>().Preset);
        return preset;
    }

    private Task ApplyAsync(ShopLook look) => InAsync(look.Shop, async sites =>
    {
        var site = await sites.LoadSiteSettingsAsync();
        var brand = site.As<ShopBrand>().Copy();
        // told before, or a later one came first: what the owner has chosen since then stays
        if (string.CompareOrdinal(brand.PlatformLook, look.Id) >= 0)
            return;
        (brand.Preset, brand.PlatformLook, brand.PlatformReason, brand.Stamp) = (look.Preset, look.Id, look.Reason, Stamps.New());
        if (!look.KeepColours)
            (brand.Primary, brand.Accent, brand.Font) = (null, null, null);
        site.Put(brand);
        await sites.UpdateSiteSettingsAsync(site);
    });

    private async Task InAsync(string shop, Func<ISiteService, Task> work)
    {
        if (host.TryGetSettings(shop, out var settings) && settings.IsInitialized())
            await (await host.GetScopeAsync(settings)).UsingAsync(scope => work(scope.ServiceProvider.GetRequiredService<ISiteService>()));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shop {Shop} gets its look later.")]
    private partial void LogLater(Exception exception, string shop);
}
