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
public sealed class PlanLimits(IShopPlans plans, YesSql.ISession session, IDistributedLock locks, ShellSettings shell, IStringLocalizer<PlanLimits> S)
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
    public static async Task<long> StorageAsync(IMediaFileStore media)
    {
        var bytes = 0L;
        await foreach (var file in media.GetDirectoryContentAsync(null, includeSubDirectories: true))
            bytes += file.Length;
        return bytes;
    }

    /// <summary>Refuses a file that the plan has no room for.</summary>
    /// <exception cref="FileStoreException">There is no room.</exception>
    public async Task FileAsync(IMediaFileStore media, long length)
    {
        if (await plans.LimitsAsync(PlatformTenant.Scope, shell.Name) is { } limits && await StorageAsync(media) + length > limits.StorageMb * 1024L * 1024L)
            throw new FileStoreException(S["Your plan has {0} of storage, and that is used up. Delete files, or choose a higher plan in the shop desk.", ShopMessages.Size(limits.StorageMb * 1024L * 1024L)]);
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
