using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Referrals;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

public sealed class ScanTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_alarm_is_found_behind_any_number_of_older_cases_until_it_is_decided(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        for (var i = 0; i < 51; i++)
        {
            await world.JoinAsync($"p{i}");
            Ok(await world.Review.OpenAsync(world.Scope, $"p{i}", null, "Looks odd.", "rev"));
        }

        var parent = (string?)null;
        for (var i = 0; i < 30; i++)
        {
            await world.JoinAsync($"n{i}", parent);
            parent = i < 2 ? $"n{i}" : parent;
        }

        Assert.Empty(await world.Review.AlarmsAsync(world.Scope));
        await world.Maintenance.ScanAsync(world.Scope);
        var alarm = Assert.Single(await world.Review.AlarmsAsync(world.Scope));
        Assert.Equal(ReferralCaseKind.PeopleAndLevels, alarm.Kind);
        Ok(await world.Review.DecideAsync(world.Scope, alarm.Id, uphold: false, "A club.", "rev"));
        Assert.Empty(await world.Review.AlarmsAsync(world.Scope));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task More_than_thirty_percent_bought_by_promoters_freezes_and_opens_a_case(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var (ann, good) = (await world.SellerAsync("ann"), await world.SellerAsync("good"));
        await world.JoinAsync("bob", contacts: ["bob@example.com"]);
        for (var i = 0; i < 7; i++)
        {
            // two of seven by a promoter are below, four above; the guest order is recognised by its address
            await world.SellAsync(good, i < 2 ? "x@example.com" : $"g{i}@example.com", i == 0 ? "bob" : null);
            await world.SellAsync(ann, i < 4 ? "bob+x@example.com" : $"a{i}@example.com");
        }

        var opened = await world.Maintenance.ScanAsync(world.Scope);
        Assert.Equal(1, opened[ReferralCaseKind.SelfBought]);
        Assert.Equal((PromoterState.Frozen, PromoterState.Active), ((await world.Promoters.FindAsync(world.Scope, "ann"))!.State, (await world.Promoters.FindAsync(world.Scope, "good"))!.State));
        Assert.Empty(await world.Maintenance.ScanAsync(world.Scope));
        var refused = await world.OrderAsync(Request(ann.Code, contact: "new@example.com"));
        Assert.Null(await world.Records.AttributionAsync(world.Scope, refused.OrderId));
        await world.ReleaseAsync();
        Assert.Equal(((700L, 0L, 0L), (0L, 700L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("good")));

        var found = Assert.Single(await world.Review.ListAsync(world.Scope));
        Ok(await world.Review.DecideAsync(world.Scope, found.Id, uphold: false, "Colleagues who like cards.", "rev"));
        Assert.Equal(PromoterState.Active, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
        await world.ReleaseAsync(2);
        Assert.Equal((0L, 700L, 0L), await world.HasAsync("ann"));
        Assert.Empty(await world.Maintenance.ScanAsync(world.Scope));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_scan_finds_rings_velocity_coupon_sites_depth_and_tickets(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, program: p => p with { VelocityPerHour = 10 }, keys: 120);
        var links = new Dictionary<string, ReferralLink>();
        foreach (var name in new[] { "a", "b", "c", "d" })
            links[name] = await world.SellerAsync(name);
        foreach (var (seller, buyer) in new[] { ("a", "b"), ("b", "c"), ("c", "a"), ("d", "a") })
            await world.SellAsync(links[seller], $"{buyer}@example.com", buyer);
        for (var i = 0; i < 20; i++)
            await world.SellAsync(links["d"], $"x{i}@example.com");
        // thirty people, three levels
        for (var i = 0; i < 29; i++)
            await world.JoinAsync($"r{i}", i < 10 ? "a" : $"r{i - 10}");
        // all of them buy the same thing
        var e = await world.SellerAsync("e");
        for (var i = 0; i < 29; i++)
            await world.SellAsync(e, $"r{i}@example.com", $"r{i}");
        await world.Maintenance.ScanAsync(world.Scope);
        var cases = (await world.Review.ListAsync(world.Scope, take: 200)).Select(c => (c.Kind, c.Promoter ?? c.SkuId)).ToHashSet();
        Assert.Superset(new HashSet<(ReferralCaseKind, string?)>
        {
            (ReferralCaseKind.Ring, "a"), (ReferralCaseKind.Ring, "b"), (ReferralCaseKind.Ring, "c"), (ReferralCaseKind.Velocity, "d"), (ReferralCaseKind.CouponSite, "d"),
            (ReferralCaseKind.PeopleAndLevels, "a"), (ReferralCaseKind.TicketSku, "card"), (ReferralCaseKind.FewBuyers, null), (ReferralCaseKind.SelfBought, "e"),
        }, cases);
        Assert.DoesNotContain((ReferralCaseKind.Ring, "d"), cases);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Each_currency_is_judged_by_itself(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.PlanAsync(Plan("dollars") with { Currency = "USD" });
        await world.Shop.CardsAsync("dear", 60, o => o with { Price = new Money(100_000, "USD"), Merchant = "mer" });
        var links = new Dictionary<string, ReferralLink>();
        foreach (var name in new[] { "ann", "bob", "good", "cat", "dan" })
            links[name] = await world.SellerAsync(name);
        async Task SellAsync(string seller, string sku, string contact, string? user = null) => await world.Shop.ApplyAsync(Ordering.Shop.Event(await world.OrderAsync(Request(links[seller].Code, contact: contact, user: user, sku: sku))));
        for (var i = 0; i < 5; i++)
        {
            // all that ann sold for yuan a promoter bought; what strangers paid in dollars is a hundred times as much and hides it in a sum
            await SellAsync("ann", "card", "bob@example.com", "bob");
            await SellAsync("ann", "dear", $"a{i}@example.com");
            // one of five in each currency is below thirty percent
            await SellAsync("good", "card", $"g{i}@example.com", i == 0 ? "bob" : null);
            await SellAsync("good", "dear", $"h{i}@example.com", i == 0 ? "bob" : null);
        }

        foreach (var sku in new[] { "card", "dear" })
        {
            await SellAsync("cat", sku, "dan@example.com", "dan");
            await SellAsync("dan", sku, "cat@example.com", "cat");
        }

        await world.Maintenance.ScanAsync(world.Scope);
        var cases = (await world.Review.ListAsync(world.Scope)).ToLookup(c => c.Kind);
        // what cat and dan sold each other for dollars is too much to be a friend's one order
        Assert.Equal(["ann", "cat", "dan"], cases[ReferralCaseKind.SelfBought].Select(c => c.Promoter).Order());
        var (bought, ring) = (cases[ReferralCaseKind.SelfBought].Single(c => c.Promoter == "ann"), cases[ReferralCaseKind.Ring].Single(c => c.Promoter == "cat"));
        Assert.Equal(("ann", "CNY", "5000", "5000"), (bought.Promoter!, Fact(bought, "currency"), Fact(bought, "boughtByPromotersMinor"), Fact(bought, "salesMinor")));
        Assert.Equal("1", Fact(ring, "relations"));
        Assert.Contains((Fact(ring, "currency"), Fact(ring, "salesMinor")), new[] { ("CNY", "1000"), ("USD", "100000") });
        Assert.Equal(2, cases[ReferralCaseKind.Ring].Count());
        Assert.Equal(PromoterState.Frozen, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
        await world.SoundAsync();

        static string Fact(ReferralCase found, string name) => System.Text.Json.JsonDocument.Parse(found.Evidence).RootElement.GetProperty(name).GetString()!;
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_alarm_about_the_shop_as_a_whole_changes_nobodys_money_and_comes_again_when_it_still_goes_on(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, keys: 70);
        var ann = await world.SellerAsync("ann");
        for (var i = 0; i < 30; i++)
            await world.JoinAsync($"p{i}");
        async Task TicketsAsync()
        {
            for (var i = 0; i < 30; i++)
                await world.SellAsync(ann, $"p{i}@example.com", $"p{i}");
        }

        async Task<ReferralCase?> AlarmAsync()
        {
            await world.Maintenance.ScanAsync(world.Scope);
            return (await world.Review.AlarmsAsync(world.Scope)).SingleOrDefault(c => c.Kind == ReferralCaseKind.TicketSku);
        }

        await TicketsAsync();
        var alarm = (await AlarmAsync())!;
        Assert.Null(alarm.Promoter);
        Ok(await world.Review.DecideAsync(world.Scope, alarm.Id, uphold: true, "A ticket: it is off sale now.", "rev"));
        Assert.Equal(3_000L, (await world.HasAsync("ann")).Pending);
        Assert.Null(await AlarmAsync());
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromDays(20));
        // ann is frozen by what else the scan saw: somebody looked at that
        foreach (var found in await world.Review.ListAsync(world.Scope))
            Ok(await world.Review.DecideAsync(world.Scope, found.Id, uphold: false, "Looked at.", "rev"));
        await TicketsAsync();
        Assert.Null(await AlarmAsync());
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromDays(11));
        Assert.NotNull(await AlarmAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_alarm_tells_when_over_half_of_thirty_buyers_or_more_are_promoters_themselves(CommerceDialect dialect)
    {
        // ten promoters, so that nobody sells enough to be frozen meanwhile
        await using var world = await OpenAsync(dialect);
        var links = new List<ReferralLink>();
        for (var i = 0; i < 10; i++)
            links.Add(await world.SellerAsync($"s{i}"));
        for (var i = 0; i < 16; i++)
            await world.JoinAsync($"p{i}");
        var sold = 0;
        async Task SellAsync(string kind, int from, int until)
        {
            for (var i = from; i < until; i++)
                await world.SellAsync(links[sold++ % links.Count], $"{kind}{i}@example.com", $"{kind}{i}");
        }

        async Task<ReferralCase?> AlarmAsync()
        {
            await world.Maintenance.ScanAsync(world.Scope);
            return (await world.Review.AlarmsAsync(world.Scope)).SingleOrDefault(c => c.Kind == ReferralCaseKind.FewBuyers);
        }

        await SellAsync("x", 0, 14);
        await SellAsync("p", 0, 15);
        Assert.Null(await AlarmAsync());
        await SellAsync("x", 14, 15);
        Assert.Null(await AlarmAsync());
        await SellAsync("p", 15, 16);
        var alarm = (await AlarmAsync())!;
        Assert.Null(alarm.Promoter);
        Assert.Equal("""{"buyersOutside":"15","buyers":"31"}""", alarm.Evidence);
        Assert.Equal(PromoterState.Active, (await world.Promoters.FindAsync(world.Scope, "s0"))!.State);
        // asked again, it isn't opened twice
        Assert.Equal(alarm.Id, (await AlarmAsync())!.Id);
    }
}
