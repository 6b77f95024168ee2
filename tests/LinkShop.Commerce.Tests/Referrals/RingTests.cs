using LinkShop.Commerce.Data;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>Few orders, and circles of more than three, hide nothing of what promoters bought from each other.</summary>
public sealed class RingTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task One_big_order_by_a_promoter_freezes_and_a_small_one_doesnt(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.Shop.CardsAsync("dear", 20, o => o with { Price = new Money(10_000, "CNY"), Merchant = "mer" });
        var (ann, bob, good) = (await world.SellerAsync("ann"), await world.SellerAsync("bob"), await world.SellerAsync("good"));
        await world.JoinAsync("cat");
        // the same amount for several orders, one for a friend, and one beside a stranger's of three times as much
        await SellAsync(world, ann, "cat", "dear");
        await SellAsync(world, bob, "cat", "card");
        await SellAsync(world, good, "cat", "dear");
        await SellAsync(world, good, "stranger", "dear", 3);
        Assert.Equal(1, (await world.Maintenance.ScanAsync(world.Scope)).GetValueOrDefault(ReferralCaseKind.SelfBought));
        Assert.Equal([PromoterState.Frozen, PromoterState.Active, PromoterState.Active], await StatesAsync(world, "ann", "bob", "good"));
        await world.ReleaseAsync();
        Assert.Equal(((1_000L, 0L, 0L), 100L), (await world.HasAsync("ann"), (await world.HasAsync("bob")).Available));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Circles_of_four_to_six_are_found_however_small_their_orders_and_no_longer_ones(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        foreach (var size in new[] { 4, 6, 7 })
            await CircleAsync(world, $"c{size}-", size);
        await world.Maintenance.ScanAsync(world.Scope);
        var rings = (await world.Review.ListAsync(world.Scope, take: 200)).Where(c => c.Kind == ReferralCaseKind.Ring).ToDictionary(c => c.Promoter!, StringComparer.Ordinal);
        Assert.Equal(Names("c4-", 4).Concat(Names("c6-", 6)).Order(), rings.Keys.Order());
        Assert.Equal("""{"relations":"1","salesMinor":"1000","currency":"CNY"}""", rings["c4-0"].Evidence);
        await world.ReleaseAsync();
        Assert.Equal(((100L, 0L, 0L), (0L, 100L, 0L)), (await world.HasAsync("c4-0"), await world.HasAsync("c7-0")));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_longer_circle_is_none_where_one_of_its_sales_is_little_of_what_its_promoter_sold(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var links = await CircleAsync(world, "p", 4);
        for (var i = 0; i < 10; i++)
            await world.SellAsync(links[0], $"x{i}@example.com");
        await world.Maintenance.ScanAsync(world.Scope);
        Assert.DoesNotContain(await world.Review.ListAsync(world.Scope), c => c.Kind == ReferralCaseKind.Ring);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_sale_of_exactly_a_tenth_closes_a_longer_circle(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var links = await CircleAsync(world, "p", 4);
        for (var i = 0; i < 9; i++)
            await world.SellAsync(links[0], $"x{i}@example.com");
        await world.Maintenance.ScanAsync(world.Scope);
        Assert.Equal(Names("p", 4), (await world.Review.ListAsync(world.Scope)).Where(c => c.Kind == ReferralCaseKind.Ring).Select(c => c.Promoter!).Order());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_longer_circle_of_nothing_but_sales_that_went_back_freezes_nobody(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var links = new List<ReferralLink>();
        foreach (var name in Names("p", 4))
            links.Add(await world.SellerAsync(name));
        for (var i = 0; i < links.Count; i++)
            Ok(await MoneyShop.GrantAsync(world.Shop, await world.SellAsync(links[i], $"p{(i + 1) % 4}@example.com", $"p{(i + 1) % 4}"), 1_000));
        await world.Maintenance.ScanAsync(world.Scope);
        Assert.DoesNotContain(await world.Review.ListAsync(world.Scope), c => c.Kind == ReferralCaseKind.Ring);
        Assert.All(await StatesAsync(world, [.. Names("p", 4)]), s => Assert.Equal(PromoterState.Active, s));
    }

    private static IEnumerable<string> Names(string prefix, int size) => Enumerable.Range(0, size).Select(i => prefix + i);

    private static async Task<List<ReferralLink>> CircleAsync(ReferralWorld world, string prefix, int size)
    {
        var links = new List<ReferralLink>();
        foreach (var name in Names(prefix, size))
            links.Add(await world.SellerAsync(name));
        for (var i = 0; i < size; i++)
            await world.SellAsync(links[i], $"{prefix}{(i + 1) % size}@example.com", $"{prefix}{(i + 1) % size}");
        return links;
    }

    private static async Task SellAsync(ReferralWorld world, ReferralLink link, string buyer, string sku, int quantity = 1) =>
        await world.Shop.ApplyAsync(Ordering.Shop.Event(await world.OrderAsync(Request(link.Code, contact: buyer + "@example.com", user: buyer, sku: sku, quantity: quantity))));

    private static async Task<List<PromoterState>> StatesAsync(ReferralWorld world, params string[] promoters)
    {
        var states = new List<PromoterState>();
        foreach (var promoter in promoters)
            states.Add((await world.Promoters.FindAsync(world.Scope, promoter))!.State);
        return states;
    }
}
