using LinkShop.Commerce.Shops;
using Microsoft.Extensions.Localization;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.FileStorage;
using OrchardCore.Locking.Distributed;
using OrchardCore.Media;
using YesSql;

namespace LinkShop.Shops.Services;

/// <summary>What a shop's plan lets in. Asked only when something is added.</summary>
public sealed class PlanLimits(IShopPlans plans, IShopStorage storage, YesSql.ISession session, IDistributedLock locks, ShellSettings shell, IStringLocalizer<PlanLimits> S)
{
    private const string ProductType = "Product";

    private bool _locked;

    /// <summary>
    /// Why one more product can't be had; null when it can. Whoever adds one holds a lock of the shop from here until the change is stored, so of two at once for the last place
    /// the second counts the first.
    /// </summary>
    /// <param name="item">The new item.</param>
    public async Task<string?> ProductAsync(ContentItem item)
    {
        if (item.ContentType != ProductType || await plans.LimitsAsync(PlatformTenant.Scope, shell.Name) is not { } limits)
            return null;
        await LockAsync();
        return await ProductsAsync(item.ContentItemId) >= limits.Products
            ? S["Your plan has room for {0} products, and that many are here. Delete one, or choose a higher plan in the shop desk.", limits.Products].Value
            : null;
    }

    /// <summary>How many products there are, without one.</summary>
    public Task<int> ProductsAsync(string? without = null) =>
        session.QueryIndex<ContentItemIndex>(index => index.ContentType == ProductType && index.Latest && index.ContentItemId != without).CountAsync();

    /// <summary>How much the media take, in bytes.</summary>
    public async Task<long> StorageAsync(IMediaFileStore media)
    {
        if (await storage.BytesAsync(PlatformTenant.Scope, shell.Name) is { } known)
            return known;
        var bytes = await CountAsync(media);
        await storage.SetAsync(PlatformTenant.Scope, shell.Name, bytes, again: false);
        return bytes;
    }

    /// <summary>Takes room for a file, or refuses one that the plan has no room for. Files are counted the first time, and again before one is refused.</summary>
    /// <param name="media">The files.</param>
    /// <param name="length">How much more there will be.</param>
    /// <exception cref="FileStoreException">There is no room.</exception>
    public async Task FileAsync(IMediaFileStore media, long length)
    {
        var limit = await plans.LimitsAsync(PlatformTenant.Scope, shell.Name) is { } limits ? limits.StorageMb * 1024L * 1024L : (long?)null;
        for (var again = false; ; again = true)
        {
            switch (await storage.TakeAsync(PlatformTenant.Scope, shell.Name, length, limit))
            {
                case StorageAnswer.Taken:
                    return;
                case StorageAnswer.Uncounted when !again:
                    await storage.SetAsync(PlatformTenant.Scope, shell.Name, await CountAsync(media), again: false);
                    continue;
                case StorageAnswer.Full when !again && await storage.SetAsync(PlatformTenant.Scope, shell.Name, await CountAsync(media), again: true):
                    continue;
                case StorageAnswer.Full:
                    throw new FileStoreException(S["Your plan has {0} of storage, and that is used up. Delete files, or choose a higher plan in the shop desk.", ShopMessages.Size(limit ?? 0)]);
                default:
                    // a tenant that is no shop of the register, or one that is being set up
                    return;
            }
        }
    }

    private static async Task<long> CountAsync(IMediaFileStore media)
    {
        var bytes = 0L;
        await foreach (var file in media.GetDirectoryContentAsync(null, includeSubDirectories: true))
            bytes += file.Length;
        return bytes;
    }

    private async Task LockAsync()
    {
        if (_locked)
            return;
        _locked = true;
        var held = await locks.AcquireLockAsync("LinkShop.Plan.Products", TimeSpan.FromSeconds(30));
        // after the scope has stored its changes
        ShellScope.AddDeferredTask(async _ => await held.DisposeAsync());
    }
}
