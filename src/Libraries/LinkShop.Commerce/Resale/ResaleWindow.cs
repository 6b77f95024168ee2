using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Resale;

/// <summary>How a shop's resold variants stand with their suppliers now.</summary>
internal sealed class ResaleWindow(OfferVersions versions, IKeyStock stock, SplitStore splits, ICommercePlacement places, TimeProvider clock)
{
    private const int DisplayCap = 1000;

    /// <summary>Terms, stock and what keeps from selling, by variant of the shop; a few statements for each supplier, however many variants.</summary>
    /// <param name="shop">A connection in the shop's scope.</param>
    /// <param name="offers">The shop's current offers, of resold variants.</param>
    public async Task<IReadOnlyDictionary<string, ResaleStanding>> ReadAsync(ICommerceConnection shop, IReadOnlyList<Offer> offers)
    {
        var standings = new Dictionary<string, ResaleStanding>(StringComparer.Ordinal);
        if (offers.Count == 0)
            return standings;
        var rests = await RestsAsync(shop, offers).ConfigureAwait(false);
        foreach (var group in offers.Select((offer, i) => (offer, rest: rests[i])).GroupBy(o => o.offer.Supply!.Upstream).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var at = shop.For(new TenantScope(group.Key));
            var terms = (await ResaleTerms.ReadAsync(places, at, shop.Tenant!, [.. group.Select(o => o.offer.Supply!.OfferId).Distinct()]).ConfigureAwait(false)).ToDictionary(t => t.Id, StringComparer.Ordinal);
            var sold = new Dictionary<string, Offer>(StringComparer.Ordinal);
            foreach (var t in terms.Values)
                sold[t.Id] = (await versions.GetAsync(at, t.SkuId, t.SkuVersion).ConfigureAwait(false)).Offer;
            var pools = sold.Values.Where(o => o is { Delivery: DeliveryKind.CardKey, PoolId: not null }).Select(o => o.PoolId!.Value).Distinct().ToList();
            var counts = pools.Count == 0 ? null : await stock.CountAvailableAsync(at, pools, DisplayCap).ConfigureAwait(false);
            foreach (var (offer, rest) in group)
                standings[offer.SkuId] = Of(offer, rest, terms.GetValueOrDefault(offer.Supply!.OfferId), sold, counts);
        }

        return standings;
    }

    private static ResaleStanding Of(Offer offer, long rest, ResaleTerms? terms, Dictionary<string, Offer> sold, IReadOnlyDictionary<long, int>? counts)
    {
        if (terms is null)
            return new ResaleStanding(null, ResaleProblem.Stopped, 0);
        var supplied = sold[terms.Id];
        var problem = terms.ProblemAt(offer.Price, supplied) ?? (rest < terms.CostAt(offer.Price.Minor) ? ResaleProblem.BelowCost : null);
        int? available = problem is not null ? 0 : supplied is { Delivery: DeliveryKind.CardKey, PoolId: { } pool } ? counts!.GetValueOrDefault(pool) : null;
        return new ResaleStanding(terms, problem, available);
    }

    /// <summary>What each would leave the merchant if it were sold alone.</summary>
    public async Task<IReadOnlyList<long>> RestsAsync(ICommerceConnection shop, IReadOnlyList<Offer> offers)
    {
        var rests = new long[offers.Count];
        foreach (var currency in offers.Select((o, i) => (Offer: o, Index: i)).GroupBy(o => o.Offer.Price.Currency))
        {
            foreach (var (offer, index) in currency)
                rests[index] = (await splits.RestsAsync(shop, [(offer, offer.Price.Minor)], currency.Key, null, null, clock.GetUtcNow()).ConfigureAwait(false))[0];
        }

        return rests;
    }
}

/// <summary>How a resold variant stands.</summary>
/// <param name="Terms">The supplier's present terms; null when there are none.</param>
/// <param name="Problem">Why it can't be sold; null when it can.</param>
/// <param name="Available">How many can be sold; null when without limit.</param>
internal sealed record ResaleStanding(ResaleTerms? Terms, ResaleProblem? Problem, int? Available);
