using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>What the scan says counts what buyers kept, and knows who became a promoter after buying.</summary>
public sealed class LaterPromoterTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_was_given_back_hides_nothing_of_what_promoters_bought(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var ann = await world.SellerAsync("ann");
        await world.JoinAsync("bob");
        var friend = await world.SellAsync(ann, "friend@example.com", quantity: 10);
        for (var i = 0; i < 4; i++)
            await world.SellAsync(ann, "bob@example.com", "bob");
        // counted before it went back
        Assert.Empty(await world.Maintenance.ScanAsync(world.Scope));
        Ok(await MoneyShop.GrantAsync(world.Shop, friend, 10_000));
        Assert.Equal(1, (await world.Maintenance.ScanAsync(world.Scope)).GetValueOrDefault(ReferralCaseKind.SelfBought));
        Assert.Equal("""{"boughtByPromotersMinor":"4000","salesMinor":"4000","currency":"CNY"}""", Assert.Single(await world.Review.ListAsync(world.Scope)).Evidence);
        Assert.Equal(PromoterState.Frozen, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_went_back_before_it_was_taken_off_is_taken_off_by_the_migration_once(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var ann = await world.SellerAsync("ann");
        var (first, second) = (await world.SellAsync(ann, quantity: 2), await world.SellAsync(ann, quantity: 2));
        await world.SellAsync(ann, "other@example.com");
        Ok(await MoneyShop.GrantAsync(world.Shop, first, 500));
        await world.Maintenance.FoldAsync();
        // as it was, and of the second order's refund nothing is folded yet
        await world.Shop.CorruptAsync("update referral_relation set sales = sales + 500 where orders = 2");
        Ok(await MoneyShop.GrantAsync(world.Shop, second, 300));
        await world.MigrateAsync(44, "update referral_relation set sales");
        Assert.Equal([1_000, 3_500], await SalesAsync());
        await world.Maintenance.FoldAsync();
        Assert.Equal([1_000, 3_200], await SalesAsync());

        Task<IReadOnlyList<long>> SalesAsync() => world.Shop.Commerce.Database.ReadAsync(world.Scope, c => c.QueryAsync<long>("select sales from referral_relation where tenant = @tenant order by sales"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Who_buys_and_joins_afterwards_is_known_by_account_or_contact(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var (ann, cat, good) = (await world.SellerAsync("ann"), await world.SellerAsync("cat"), await world.SellerAsync("good"));
        for (var i = 0; i < 5; i++)
        {
            await world.SellAsync(ann, "bob@example.com", "bob");
            await world.SellAsync(cat, "Guest+shop@example.com");
            await world.SellAsync(good, $"g{i}@example.com");
        }

        Assert.Empty(await world.Maintenance.ScanAsync(world.Scope));
        await world.JoinAsync("bob");
        await world.JoinAsync("gus", contacts: ["guest@example.com"]);
        Assert.Equal(2, (await world.Maintenance.ScanAsync(world.Scope)).GetValueOrDefault(ReferralCaseKind.SelfBought));
        Assert.Equal(["ann", "cat"], (await world.Review.ListAsync(world.Scope)).Select(c => c.Promoter).Order());
        Assert.Equal(PromoterState.Active, (await world.Promoters.FindAsync(world.Scope, "good"))!.State);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_ring_a_ticket_and_few_buyers_are_found_among_who_joined_with_the_ticket(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, keys: 80);
        var sellers = new List<ReferralLink>();
        for (var i = 0; i < 8; i++)
            sellers.Add(await world.SellerAsync($"s{i}"));
        for (var i = 0; i < 32; i++)
            await world.SellAsync(sellers[i % 8], $"p{i}@example.com", $"p{i}");
        for (var i = 0; i < 32; i++)
            await world.JoinAsync($"p{i}");
        await world.SellAsync(await world.LinkAsync("p0"), "s0@example.com", "s0");
        await world.Maintenance.ScanAsync(world.Scope);
        var cases = (await world.Review.ListAsync(world.Scope, take: 200)).Select(c => (c.Kind, c.Promoter ?? c.SkuId)).ToHashSet();
        Assert.Superset(new HashSet<(ReferralCaseKind, string?)> { (ReferralCaseKind.Ring, "s0"), (ReferralCaseKind.Ring, "p0"), (ReferralCaseKind.TicketSku, "card"), (ReferralCaseKind.FewBuyers, null) }, cases);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task One_guest_has_the_bonus_for_a_first_order_once_however_the_address_is_spelt(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { FirstOrderBonusMinor = 50, CapBasisPoints = 2_000 });
        var ann = await world.SellerAsync("ann");
        foreach (var address in new[] { "a+1@example.com", "A+2@example.com", "a@example.com" })
            await world.SellAsync(ann, address);
        Assert.Equal(350, (await world.HasAsync("ann")).Pending);
        // another person's is another one
        await world.SellAsync(ann, "b@example.com");
        Assert.Equal(500, (await world.HasAsync("ann")).Pending);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_guest_who_had_the_bonus_when_only_the_address_was_kept_doesnt_have_it_again(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { FirstOrderBonusMinor = 50, CapBasisPoints = 2_000 });
        var ann = await world.SellerAsync("ann");
        var first = await world.OrderAsync(Request(ann.Code, contact: "a@example.com"));
        var second = await world.OrderAsync(Request(ann.Code, contact: "a@example.com"));
        await world.Shop.ApplyAsync(Ordering.Shop.Event(first));
        // as it was kept before: by the hash that finds the guest's orders
        await world.Shop.CorruptAsync(world.Shop.Commerce.Database.Dialect == CommerceDialect.Postgres
            ? "update referral_bonus set buyer = 'c:' || (select encode(contact_hash, 'hex') from orders limit 1)" : "update referral_bonus set buyer = 'c:' || (select lower(hex(contact_hash)) from orders limit 1)");
        await world.Shop.ApplyAsync(Ordering.Shop.Event(second));
        Assert.Equal(250, (await world.HasAsync("ann")).Pending);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_tier_counts_no_sale_that_was_disqualified_or_taken_back_by_a_review(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, program: p => p with { Tiers = [new ReferralTier("silver", "Silver", 1_500)] });
        var links = new Dictionary<string, ReferralLink>();
        foreach (var name in new[] { "ann", "bob", "good" })
            links[name] = await world.SellerAsync(name);
        foreach (var name in links.Keys)
        {
            var sales = new[] { await world.SellAsync(links[name], name + "1@example.com"), await world.SellAsync(links[name], name + "2@example.com") };
            if (name == "ann")
                await world.Shop.CorruptAsync($"insert into referral_disqualified (tenant, order_id, reason, actor, at) select tenant, order_id, 'payment', '', at from referral_attribution where order_id = '{sales[0].OrderId}'");
            if (name == "bob")
                Ok(await world.Review.DecideAsync(world.Scope, Ok(await world.Review.OpenAsync(world.Scope, "bob", sales[0].OrderId, "Odd.", "rev")).Id, uphold: true, "It was himself.", "rev"));
        }

        await world.NightAsync();
        var tiers = new List<string>();
        foreach (var name in links.Keys)
            tiers.Add((await world.Promoters.FindAsync(world.Scope, name))!.Tier);
        Assert.Equal(["", "", "silver"], tiers);
    }
}
