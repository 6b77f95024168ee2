using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OrchardCore.Abstractions.Setup;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;
using OrchardCore.Setup.Services;

namespace LinkShop.Shops.Services;

/// <summary>A shop that somebody wants.</summary>
/// <param name="Claim">Address, name, owner.</param>
/// <param name="Brand">Its look.</param>
/// <param name="Logo">Its logo, or null.</param>
/// <param name="Banner">Its banner, or null.</param>
public sealed record ShopWish(ShopClaim Claim, ShopBrand Brand, Picture? Logo = null, Picture? Banner = null);

/// <summary>
/// Opens shops: claims the address, sets the tenant up from the recipe, registers it as open. Whatever fails leaves nothing behind; what was interrupted is repeated by the same
/// wish. Costs the same however many shops there are, and hashes no password: owners come in from the platform.
/// </summary>
public sealed partial class ShopOpening(
    ShopSync sync, IShops shops, IShellHost host, IShellSettingsManager manager, IRunningShellTable addresses, ISetupService setup, ShopRecipe recipe, IConfiguration configuration, ILogger<ShopOpening> logger)
{
    /// <summary>The recipe's name.</summary>
    public const string RecipeName = "MicroShop";

    /// <summary>Of the error when a set-up fails.</summary>
    public const string Failed = "shop_set_up_failed";

    /// <summary>How many shops one person may have (<c>LinkShop:Shops:MaxPerOwner</c>).</summary>
    public int MaxPerOwner => configuration.GetValue("LinkShop:Shops:MaxPerOwner", 3);

    /// <summary>Whether an address can be had; null when it can.</summary>
    public async Task<CommerceError?> CheckAsync(string? slug, CancellationToken cancellationToken = default) =>
        ShopSlugs.Check(slug) ?? Occupied(slug!) ?? await shops.CheckSlugAsync(PlatformTenant.Scope, slug, cancellationToken);

    /// <summary>Whether a shop's address and name can be had; null when they can.</summary>
    public async Task<CommerceError?> CheckAsync(ShopClaim claim, CancellationToken cancellationToken = default) =>
        await CheckAsync(claim.Slug, cancellationToken) ?? ShopTitles.Check(ShopTitles.Normalize(claim.Title));

    /// <summary>Opens a shop. <paramref name="limited"/> is for people who open their own.</summary>
    public async Task<CommerceResult<ShopInfo>> OpenAsync(ShopWish wish, bool limited, CancellationToken cancellationToken = default)
    {
        if (ShopSlugs.Check(wish.Claim.Slug) is null && Occupied(wish.Claim.Slug) is { } occupied && !await IsBegunAsync(wish.Claim.Slug, wish.Claim.Owner.UserId, cancellationToken))
            return occupied;
        var claimed = await shops.ClaimAsync(PlatformTenant.Scope, wish.Claim, limited ? MaxPerOwner : int.MaxValue, cancellationToken);
        if (!claimed.Succeeded)
            return claimed;
        var shop = claimed.Value;
        // from here on it is finished, whether or not anybody waits for the answer
        if (!await SetUpAsync(shop, wish))
            return await GiveUpAsync(shop);
        var opened = await shops.OpenedAsync(PlatformTenant.Scope, shop.Shop, wish.Claim.Actor, CancellationToken.None);
        // changes of the register don't reach a shop that isn't set up; its times are stored less exactly than they are told
        if (opened.Succeeded && opened.Value with { CreatedAt = shop.CreatedAt, UpdatedAt = shop.UpdatedAt } != shop with { State = ShopState.Open })
            await sync.TryAsync(new ShopChanged(shop.Shop));
        return opened;
    }

    /// <summary>What another tenant answers at can't be a shop's, whatever the register knows of it; null when nobody does.</summary>
    public CommerceError? Occupied(string slug)
    {
        foreach (var road in (string[])[slug, ShopSlugs.Skeleton(slug)])
        {
            if (addresses.Match(new HostString(""), new PathString("/" + road), fallbackToDefault: false) is { } tenant && tenant["RecipeName"] != RecipeName)
                return new CommerceError(ShopErrors.SlugReserved, "Another site of this platform has this address, or one that looks like it.", "slug");
        }

        return null;
    }

    /// <summary>Whether somebody has begun to open a shop at an address: they go on there.</summary>
    public async Task<bool> IsBegunAsync(string slug, string ownerUser, CancellationToken cancellationToken = default) =>
        (await shops.SearchAsync(PlatformTenant.Scope, new ShopQuery(slug, ShopState.Opening, OwnerUser: ownerUser), cancellationToken)).Shops.Any(s => s.Slug == slug);

    /// <summary>Ends the openings that were interrupted before a moment and that nobody has repeated: what was set up to its end is open, of the others nothing is kept.</summary>
    internal async Task EndInterruptedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        long? last = null;
        do
        {
            var page = await shops.SearchAsync(PlatformTenant.Scope, new ShopQuery(State: ShopState.Opening, Before: last, Take: 200), cancellationToken);
            foreach (var shop in page.Shops.Where(s => s.UpdatedAt < before))
            {
                // as its owner would repeat it, who now has to wait; with no shop allowed, so that a claim of one that has gone meanwhile is refused
                var claim = new ShopClaim(shop.Slug, shop.Title, shop.Category, new ShopOwner(shop.OwnerUser, shop.OwnerName, shop.OwnerEmail), shop.Plan);
                if (!(await shops.ClaimAsync(PlatformTenant.Scope, claim, maxPerOwner: 0, cancellationToken)).Succeeded)
                    continue;
                if (host.TryGetSettings(shop.Shop, out var settings) && settings.IsInitialized())
                    await shops.OpenedAsync(PlatformTenant.Scope, shop.Shop, "system", CancellationToken.None);
                else
                    await GiveUpAsync(shop);
            }

            last = page.Next;
        }
        while (last is not null);
    }

    private async Task<bool> SetUpAsync(ShopInfo shop, ShopWish wish)
    {
        if (host.TryGetSettings(shop.Shop, out var settings) && settings.IsInitialized())
            return true;
        try
        {
            var context = new SetupContext
            {
                ShellSettings = settings?.AsUninitialized() ?? New(shop),
                Recipe = await recipe.GetAsync(setup),
                Properties = Properties(shop, wish),
            };
            await setup.SetupAsync(context);
            if (context.Errors.Count == 0)
                return true;
            LogFailed(logger, shop.Slug, string.Join(" ", context.Errors.Select(e => $"{e.Key}: {e.Value}")), null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(logger, shop.Slug, e.Message, e);
        }

        return false;
    }

    // the set-up stores it
    private ShellSettings New(ShopInfo shop)
    {
        var settings = manager.CreateDefaultSettings().AsUninitialized();
        settings.Name = shop.Shop;
        settings.RequestUrlPrefix = shop.Slug;
        settings.RequestUrlHost = "";
        settings["RecipeName"] = RecipeName;
        settings["Category"] = "shop";
        settings["Description"] = shop.Title;
        settings["Secret"] = Guid.NewGuid().ToString("n");
        // rows in the platform's database, not a database of its own
        var platform = host.GetSettings(ShellSettings.DefaultShellName);
        settings["DatabaseProvider"] = platform["DatabaseProvider"];
        settings["ConnectionString"] = platform["ConnectionString"];
        settings["Schema"] = platform["Schema"];
        settings["TablePrefix"] = shop.Shop;
        return settings;
    }

    private static Dictionary<string, object> Properties(ShopInfo shop, ShopWish wish) => new()
    {
        [SetupConstants.SiteName] = shop.Title,
        [SetupConstants.SiteTimeZone] = "Asia/Shanghai",
        ["OwnerId"] = shop.OwnerUser,
        ["OwnerName"] = shop.OwnerName,
        ["OwnerEmail"] = shop.OwnerEmail ?? "",
        [nameof(ShopSetup)] = new ShopSetup(wish.Brand, shop, wish.Logo, wish.Banner),
    };

    private async Task<CommerceResult<ShopInfo>> GiveUpAsync(ShopInfo shop)
    {
        if (host.TryGetSettings(shop.Shop, out var settings))
            await host.RemoveShellSettingsAsync(settings);
        // last: only now is the address somebody else's to take
        await shops.AbandonAsync(PlatformTenant.Scope, shop.Shop, CancellationToken.None);
        return new CommerceError(Failed, "The shop could not be set up. Nothing of it was kept.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The shop '{Slug}' could not be set up: {Why}")]
    private static partial void LogFailed(ILogger logger, string slug, string why, Exception? exception);
}

/// <summary>The shops' recipe, looked up once for all of them.</summary>
public sealed class ShopRecipe
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, RecipeDescriptor> _found = new();

    /// <summary>The recipe.</summary>
    public async Task<RecipeDescriptor> GetAsync(ISetupService setup) =>
        _found.TryGetValue(ShopOpening.RecipeName, out var known)
            ? known
            : _found.GetOrAdd(ShopOpening.RecipeName, (await setup.GetSetupRecipesAsync()).First(r => r.Name == ShopOpening.RecipeName));
}
