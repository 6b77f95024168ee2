using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Coupons;

/// <summary>What changes of a coupon that is in use.</summary>
public sealed class CouponChangeTests
{
    private static readonly Coupon TenPercent = new() { Code = "ten", Kind = CouponKind.Percentage, Currency = "CNY", BasisPoints = 1000, MaxUses = 5 };

    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_change_holds_from_the_next_order_on_and_orders_that_have_the_coupon_keep_what_they_were_sold_at(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var made = await AddAsync(shop);
        var first = await shop.OrderAsync(Request("a@example.com"));
        var used = await FindAsync(shop);
        Assert.Equal((made.Version, 1), (used.Version, used.Used));

        var changed = await ChangeAsync(shop, used with { MinimumMinor = 100_000, ValidUntil = shop.Commerce.Clock.GetUtcNow().AddDays(1), MaxUsesPerBuyer = 1, SkuIds = ["card", "other"] });
        Assert.Equal((made.Version + 1, 1, 100_000L, 1), (changed.Version, changed.Used, changed.MinimumMinor, changed.MaxUsesPerBuyer));
        var below = (await shop.TryOrderAsync(Request("b@example.com"))).Error!;
        Assert.Equal(CommerceErrors.CouponMinimum, below.Code);
        Assert.Equal([new Money(100_000, "CNY"), new Money(1000, "CNY")], below.Facts);
        Assert.Equal(900, first.Total.Minor);
        Assert.Equal(OrderState.Fulfilled, (await shop.ApplyAsync(Shop.Event(first))).State);
        Assert.Equal(900, (await shop.ViewAsync(first)).Total.Minor);

        var open = await ChangeAsync(shop, changed with { MinimumMinor = 0 });
        Assert.Equal(CommerceErrors.CouponBuyerLimit, (await shop.TryOrderAsync(Request("a@example.com"))).Error!.Code);
        await shop.OrderAsync(Request("b@example.com"));
        await ChangeAsync(shop, open with { Enabled = false });
        Assert.False((await shop.TryOrderAsync(Request("c@example.com"))).Succeeded);
        Assert.Equal(2, (await FindAsync(shop)).Used);
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_it_takes_off_and_a_limit_below_its_uses_are_refused_and_nothing_is_changed(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        await AddAsync(shop);
        foreach (var buyer in new[] { "a@example.com", "b@example.com" })
            await shop.OrderAsync(Request(buyer));
        var coupon = await FindAsync(shop);
        foreach (var (wish, field) in new[]
        {
            (coupon with { BasisPoints = 2000 }, "basisPoints"), (coupon with { CapMinor = 100 }, "capMinor"), (coupon with { Kind = CouponKind.Fixed, AmountMinor = 100 }, "kind"), (coupon with { Currency = "USD" }, "currency"),
        })
        {
            var refused = await shop.Coupons.ChangeAsync(shop.Scope, wish);
            Assert.Equal((CommerceErrors.CouponFixed, field), (refused.Error!.Code, refused.Error.Field));
        }

        var low = await shop.Coupons.ChangeAsync(shop.Scope, coupon with { MaxUses = 1 });
        Assert.Equal((CommerceErrors.BelowUses, "maxUses"), (low.Error!.Code, low.Error.Field));
        Assert.Equal("maxUsesPerBuyer", (await shop.Coupons.ChangeAsync(shop.Scope, coupon with { MaxUsesPerBuyer = 0 })).Error!.Field);
        Assert.Equal(CommerceErrors.NotFound, (await shop.Coupons.ChangeAsync(shop.Scope, coupon with { Code = "eleven" })).Error!.Code);
        var still = await FindAsync(shop);
        Assert.Equal((coupon.Version, 1000, 5), (still.Version, still.BasisPoints, still.MaxUses));

        // as many as it was used is a limit, and none at all is too
        var last = await ChangeAsync(shop, coupon with { MaxUses = 2 });
        Assert.Equal(CommerceErrors.CouponUsedUp, (await shop.TryOrderAsync(Request("c@example.com"))).Error!.Code);
        await ChangeAsync(shop, last with { MaxUses = null });
        await shop.OrderAsync(Request("c@example.com"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_two_people_who_change_it_the_later_one_is_told_and_a_code_is_made_once(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var seen = await AddAsync(shop);
        await ChangeAsync(shop, seen with { MaxUses = 7 });
        Assert.Equal((CommerceErrors.Conflict, "version"), (await shop.Coupons.ChangeAsync(shop.Scope, seen with { Enabled = false })).Error is { } error ? (error.Code, error.Field) : default);
        Assert.Equal((CommerceErrors.Conflict, "code"), (await shop.Coupons.AddAsync(shop.Scope, TenPercent with { BasisPoints = 5000 })).Error is { } second ? (second.Code, second.Field) : default);
        var now = await FindAsync(shop);
        Assert.Equal((true, 7, 1000), (now.Enabled, now.MaxUses, now.BasisPoints));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Limits_that_are_lowered_while_many_order_are_never_below_the_uses(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        var pool = await shop.CardsAsync(keys: 100);
        await AddAsync(shop, TenPercent with { MaxUses = null });
        var orders = Enumerable.Range(0, 40).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).TryOrderAsync(Request($"b{i}@example.com")))).ToArray();
        var edits = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var at = i % 2 == 0 ? second : shop;
            var tried = new List<CommerceResult<Coupon>>();
            do
            {
                Assert.InRange(tried.Count, 0, 500);
                var seen = await FindAsync(at);
                tried.Add(await at.Coupons.ChangeAsync(at.Scope, seen with { MaxUses = 1 + seen.Used }));
            }
            while (!tried[^1].Succeeded);
            return tried;
        })).ToArray();
        var ordered = await Task.WhenAll(orders);
        var changed = (await Task.WhenAll(edits)).SelectMany(t => t).ToArray();

        Assert.All(changed.Where(c => c.Succeeded), c => Assert.True(c.Value.Used <= c.Value.MaxUses, $"{c.Value.Used} of {c.Value.MaxUses}"));
        Assert.All(changed.Where(c => !c.Succeeded), c => Assert.Contains(c.Error!.Code, (string[])[CommerceErrors.Conflict, CommerceErrors.BelowUses]));
        Assert.All(ordered.Where(o => !o.Succeeded), o => Assert.Contains(o.Error!.Code, (string[])[CommerceErrors.CouponUsedUp, CommerceErrors.PriceChanged]));
        var now = await FindAsync(shop);
        Assert.True(now.Used <= now.MaxUses, $"{now.Used} of {now.MaxUses}");
        Assert.Equal((now.Used, now.Used), (ordered.Count(o => o.Succeeded), (int)(await shop.StockAsync(pool)).Reserved));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_order_that_was_priced_by_terms_that_are_others_by_now_takes_no_use(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var priced = await AddAsync(shop);
        await ChangeAsync(shop, priced with { MinimumMinor = 5000 });
        var refused = await shop.Commerce.Database.WriteAsync(shop.Scope, c => CouponUses.TakeAsync(c, priced, [1]));
        Assert.Equal((CommerceErrors.PriceChanged, "couponCode"), (refused!.Code, refused.Field));
        Assert.Equal(0, (await FindAsync(shop)).Used);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_late_payment_gets_what_was_ordered_although_the_coupon_was_changed_since(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        await AddAsync(shop);
        var order = await shop.OrderAsync(Request("a@example.com"));
        Assert.Equal(1, await shop.ExpireAsync());
        await ChangeAsync(shop, await FindAsync(shop) with { MinimumMinor = 100_000, ValidUntil = shop.Commerce.Clock.GetUtcNow() });
        Assert.Equal(OrderState.Fulfilled, (await shop.ApplyAsync(Shop.Event(order))).State);
        Assert.Equal(1, (await FindAsync(shop)).Used);
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_late_payment_that_may_not_have_the_coupon_any_more_goes_back_and_leaves_its_uses_as_they_were(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        await AddAsync(shop, TenPercent with { MaxUsesPerBuyer = 1 });
        var (twice, off) = (await shop.OrderAsync(Request("a@example.com")), await shop.OrderAsync(Request("b@example.com")));
        Assert.Equal(2, await shop.ExpireAsync());
        await shop.PaidOrderAsync(Request("a@example.com"));
        Assert.Equal(OrderState.Expired, (await shop.ApplyAsync(Shop.Event(twice))).State);
        Assert.Equal((900L, 1), ((await shop.ViewAsync(twice)).RefundDue.Minor, (await FindAsync(shop)).Used));
        await ChangeAsync(shop, await FindAsync(shop) with { Enabled = false });
        Assert.Equal(OrderState.Expired, (await shop.ApplyAsync(Shop.Event(off))).State);
        Assert.Equal((900L, 1), ((await shop.ViewAsync(off)).RefundDue.Minor, (await FindAsync(shop)).Used));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_use_is_given_back_once(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        await AddAsync(shop);
        var (first, _) = (await shop.OrderAsync(Request("a@example.com")), await shop.OrderAsync(Request("b@example.com")));
        for (var times = 0; times < 2; times++)
        {
            await shop.Commerce.Database.WriteAsync(shop.Scope, async c =>
            {
                await CouponUses.GiveBackAsync(c, "TEN", first.OrderId);
                return true;
            });
            Assert.Equal(1, (await FindAsync(shop)).Used);
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_minimum_is_enough(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var coupon = await AddAsync(shop, TenPercent with { MinimumMinor = 1001 });
        Assert.Equal(CommerceErrors.CouponMinimum, (await shop.TryOrderAsync(Request("a@example.com"))).Error?.Code);
        await ChangeAsync(shop, coupon with { MinimumMinor = 1000 });
        Assert.Equal(900, (await shop.OrderAsync(Request("a@example.com"))).Total.Minor);
    }

    private static async Task<Coupon> AddAsync(Shop shop, Coupon? coupon = null)
    {
        var added = await shop.Coupons.AddAsync(shop.Scope, coupon ?? TenPercent);
        Assert.True(added.Succeeded, added.Error?.Message);
        return added.Value;
    }

    private static async Task<Coupon> ChangeAsync(Shop shop, Coupon coupon)
    {
        var changed = await shop.Coupons.ChangeAsync(shop.Scope, coupon);
        Assert.True(changed.Succeeded, changed.Error?.Message);
        return changed.Value;
    }

    private static async Task<Coupon> FindAsync(Shop shop) => (await shop.Coupons.GetAsync(shop.Scope, "ten"))!;

    private static OrderRequest Request(string contact) => Shop.Request(contact: contact) with { CouponCode = "ten" };
}
