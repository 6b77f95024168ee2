using LinkShop.Commerce;
using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Simulation;

/// <summary>A code of the mall: so much off, so often; and what staff have made of it.</summary>
internal sealed record ModelCoupon(string Code, long Fixed, int BasisPoints, string? Sku = null, int? PerBuyer = null)
{
    public int? Most { get; set; }
    public bool Enabled { get; set; } = true;

    public bool AppliesTo(string sku) => Sku is null || Sku == sku;
}

/// <summary>Orders with codes. A use counts from the order on, comes back when the order ends unpaid, and is taken again by a late payment or not at all.</summary>
internal sealed partial class Simulator
{
    private readonly ModelCoupon[] _coupons =
    [
        new("TENTH", 0, 1_000), new("SELDOM", 333, 0) { Most = 3 }, new("ONLY-A", 0, 3_333, "card-a") { Most = 12 }, new("TWICE", 100, 0, PerBuyer: 2),
    ];

    private Coupon For(ModelCoupon coupon, int version = 0) => new()
    {
        Code = coupon.Code,
        Kind = coupon.Fixed > 0 ? CouponKind.Fixed : CouponKind.Percentage,
        Currency = "CNY",
        AmountMinor = coupon.Fixed,
        BasisPoints = coupon.BasisPoints,
        SkuIds = coupon.Sku is null ? [] : [coupon.Sku],
        MaxUses = coupon.Most,
        MaxUsesPerBuyer = coupon.PerBuyer,
        Enabled = coupon.Enabled,
        Version = version,
    };

    private async Task MakeCouponsAsync()
    {
        foreach (var coupon in _coupons)
            _ = (await mall.Get<ICoupons>().AddAsync(Scope, For(coupon))).Value;
    }

    private ModelCoupon? AnyCoupon(IEnumerable<string> skus)
    {
        var fitting = _coupons.Where(c => skus.Any(c.AppliesTo)).ToArray();
        return _random.Next(3) == 0 ? fitting[_random.Next(fitting.Length)] : null;
    }

    /// <summary>What each line costs with a code: the discount is rounded down and falls on the lines it is for in proportion, largest remainders first.</summary>
    private static long[] Net(ModelCoupon? coupon, (string Sku, long Total)[] lines)
    {
        if (coupon is null)
            return [.. lines.Select(l => l.Total)];
        var weights = lines.Select(l => coupon.AppliesTo(l.Sku) ? l.Total : 0).ToArray();
        var sum = weights.Sum();
        var off = coupon.Fixed > 0 ? Math.Min(coupon.Fixed, sum) : (long)Math.Floor(sum * (decimal)coupon.BasisPoints / 10_000);
        var parts = weights.Select(w => (long)Math.Floor((decimal)off * w / sum)).ToArray();
        foreach (var i in Enumerable.Range(0, parts.Length).Where(i => weights[i] > 0).OrderByDescending(i => (decimal)off * weights[i] % sum).ThenBy(i => i).Take((int)(off - parts.Sum())).ToList())
            parts[i]++;
        return [.. lines.Zip(parts, (l, p) => l.Total - p)];
    }

    private int UsesOf(ModelCoupon coupon, string? user = null) => _orders.Values.Count(o => o.HasUse && o.Coupon == coupon && (user is null || o.User == user));

    // a guest is another buyer each time
    private bool MayUse(ModelCoupon? coupon, string? user) =>
        coupon is null || (coupon.Enabled && UsesOf(coupon) < (coupon.Most ?? int.MaxValue) && (user is null || UsesOf(coupon, user) < (coupon.PerBuyer ?? int.MaxValue)));

    /// <summary>Staff switch a code off and on, or let it be used more or less often; never less than it was.</summary>
    private async Task ChangeCouponAsync()
    {
        var coupon = _coupons[_random.Next(_coupons.Length)];
        var (enabled, most) = (coupon.Enabled, coupon.Most);
        if (_random.Next(2) == 0)
            coupon.Enabled = !enabled;
        else if (most is not null)
            coupon.Most = Math.Max(1, UsesOf(coupon) + _random.Next(-1, 4));
        var known = (await mall.Get<ICoupons>().GetAsync(Scope, coupon.Code))!;
        var crashes = mall.Database.Crashes;
        var error = (await OnceAsync(() => mall.Get<ICoupons>().ChangeAsync(Scope, For(coupon, known.Version)))).Error;
        var refused = coupon.Most < UsesOf(coupon);
        // after a crash the first attempt may have been the one that did it
        if (error is null == refused && (refused || error!.Code != CommerceErrors.Conflict || mall.Database.Crashes == crashes))
            throw new Breach($"a code's limit of {coupon.Most} with {UsesOf(coupon)} uses was {(refused ? "taken" : "refused: " + error?.Code)}");
        if (refused)
            (coupon.Enabled, coupon.Most) = (enabled, most);
    }

    private async Task JudgeCouponsAsync()
    {
        foreach (var coupon in _coupons)
        {
            if (await mall.Get<ICoupons>().GetAsync(Scope, coupon.Code) is { } known && known.Used != UsesOf(coupon))
                throw new Breach($"the code {coupon.Code} was used {known.Used} times, by the model {UsesOf(coupon)}");
        }
    }
}
