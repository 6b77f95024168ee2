using System.Collections.Concurrent;
using System.Text.Json;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Offers;

/// <summary>An immutable version of an offer, ready for use.</summary>
internal sealed record OfferVersion(Offer Offer, byte[]? DeliveryText, BuyerFieldRules Rules);

/// <summary>
/// Reads versions of offers and keeps them in memory. A version never changes once stored, so a cached one can't be stale whatever other processes
/// do; which version is current is always read from the database.
/// </summary>
internal sealed class OfferVersions
{
    private const int MaxCached = 20_000;

    private const string Select = "select document, delivery_text from offer_versions where tenant = @tenant and sku_id = @sku and version = @version";

    private readonly ConcurrentDictionary<(string Tenant, string Sku, long Version), OfferVersion> _cache = new();

    public async ValueTask<OfferVersion> GetAsync(ICommerceConnection connection, string sku, long version)
    {
        var key = (connection.Tenant!, sku, version);
        if (_cache.TryGetValue(key, out var cached))
            return cached;
        var row = await connection.QuerySingleOrDefaultAsync<Row>(Select, new { sku, version }).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"Version {version} of offer '{sku}' is missing.");
        var offer = JsonSerializer.Deserialize(row.Document, OfferJson.Default.Offer)! with { Version = version };
        var loaded = new OfferVersion(offer, row.DeliveryText, new BuyerFieldRules(offer.Fields));
        connection.WhenCertain(() => Keep(key, loaded));
        return loaded;
    }

    /// <summary>Drops what is remembered of a tenant.</summary>
    public void Forget(string tenant)
    {
        foreach (var key in _cache.Keys)
        {
            if (key.Tenant == tenant)
                _cache.TryRemove(key, out _);
        }
    }

    private void Keep((string Tenant, string Sku, long Version) key, OfferVersion version)
    {
        // dropping all is rare and cheaper than keeping an order of use on the hot path
        if (_cache.Count >= MaxCached)
            _cache.Clear();
        _cache[key] = version;
    }

    private sealed record Row(string Document, byte[]? DeliveryText);
}
