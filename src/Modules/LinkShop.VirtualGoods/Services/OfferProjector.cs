using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.VirtualGoods.Models;
using Microsoft.Extensions.Logging;
using OrchardCore.ContentManagement;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Locking.Distributed;
using OrchardCore.Modules;
using YesSql;

namespace LinkShop.VirtualGoods.Services;

/// <summary>
/// Makes products known to ordering. A request is stored with the product's change; whoever handles it reads the product as it is now, so that repeated and
/// late requests do no harm, and holds a lock per product, so that an older state never overwrites a newer one.
/// </summary>
internal sealed class OfferProjector(
    YesSql.ISession session,
    IContentManager contentManager,
    IOfferCatalog catalog,
    OfferFactory offers,
    IDistributedLock locks,
    ShellSettings shell,
    IClock clock,
    ILogger<OfferProjector> logger)
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_hold = TimeSpan.FromMinutes(1);

    /// <summary>Stores a request in the session of the change and handles it right after its commit.</summary>
    public async Task RequestAsync(string contentItemId)
    {
        await session.SaveAsync(new OfferProjectionRequest { ContentItemId = contentItemId, CreatedUtc = clock.UtcNow });
        ShellScope.AddDeferredTask(_ => ProjectAsync(contentItemId));
    }

    /// <summary>Handles what a crash or an error left behind.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var left = (await session.QueryIndex<OfferProjectionRequestIndex>().OrderBy(index => index.CreatedUtc).Take(500).ListAsync())
            .Select(index => index.ContentItemId).Distinct().ToList();
        foreach (var contentItemId in left)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ProjectAsync(contentItemId);
        }

        return left.Count;
    }

    /// <summary>Brings the offers of one product up to date, in a scope of its own.</summary>
    public static async Task ProjectAsync(string contentItemId)
    {
        var again = true;
        while (again)
        {
            await ShellScope.UsingChildScopeAsync(async scope =>
            {
                var projector = (OfferProjector)scope.ServiceProvider.GetService(typeof(OfferProjector))!;
                again = await projector.ProjectOnceAsync(contentItemId);
            });
        }
    }

    private async Task<bool> ProjectOnceAsync(string contentItemId)
    {
        var (locker, locked) = await locks.TryAcquireLockAsync($"LinkShop.OfferProjection:{contentItemId}", s_wait, s_hold);
        // somebody else is at it and reads the product after this request was stored, or the sweep comes back to it
        if (!locked)
            return false;
        await using var _ = locker;

        var requests = (await session.Query<OfferProjectionRequest, OfferProjectionRequestIndex>(index => index.ContentItemId == contentItemId).ListAsync()).ToList();
        if (requests.Count == 0)
            return false;
        var product = await contentManager.GetAsync(contentItemId, VersionOptions.Published);
        var result = await catalog.UpsertProductAsync(new TenantScope(shell.Name), contentItemId, product is null ? [] : await offers.CreateAsync(product));
        var kept = 0;
        if (!result.Succeeded)
        {
            kept = 1;
            await RefuseAsync(requests, string.Join("; ", result.Errors.Select(error => $"{error.Field}: {error.Message}")));
        }

        foreach (var request in requests.Skip(kept))
            session.Delete(request);
        await session.SaveChangesAsync();
        // a publication during the projection stored a new request, whose own task may have given up on the lock
        return await session.QueryIndex<OfferProjectionRequestIndex>(index => index.ContentItemId == contentItemId).CountAsync() > kept;
    }

    /// <summary>Why products can't be sold as they are published, by content item id.</summary>
    /// <param name="session">Where the requests are.</param>
    public static async Task<IReadOnlyDictionary<string, string>> RefusedAsync(YesSql.ISession session)
    {
        var refused = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var request in await session.Query<OfferProjectionRequest, OfferProjectionRequestIndex>().Take(500).ListAsync())
        {
            if (request.Refused is not null)
                refused[request.ContentItemId] = request.Refused;
        }

        return refused;
    }

    // logged once, not at each of the sweep's attempts
    private async Task RefuseAsync(List<OfferProjectionRequest> requests, string reason)
    {
        if (!requests.Exists(request => request.Refused == reason))
            logger.LogError("Product '{Product}' can't be sold as published: {Reason}", requests[0].ContentItemId, reason);
        requests[0].Refused = reason;
        await session.SaveAsync(requests[0]);
    }
}
