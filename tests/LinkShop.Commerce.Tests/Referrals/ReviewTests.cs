using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Referrals;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

public sealed class ReviewTests
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
    public async Task An_appeal_is_offered_as_long_as_it_is_taken(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var clock = world.Shop.Commerce.Clock;
        async Task<ReferralCase> DecidedAsync(string promoter)
        {
            await world.SellerAsync(promoter);
            var opened = Ok(await world.Review.OpenAsync(world.Scope, promoter, null, "Looks odd.", "rev"));
            Assert.False(opened.MayAppeal(clock.GetUtcNow()));
            return Ok(await world.Review.DecideAsync(world.Scope, opened.Id, uphold: true, "Bought reviews.", "rev"));
        }

        var (early, late) = (await DecidedAsync("ann"), await DecidedAsync("ben"));
        clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(5));
        Assert.True(early.MayAppeal(clock.GetUtcNow()) && late.MayAppeal(clock.GetUtcNow()));
        Assert.False(Ok(await world.Review.AppealAsync(world.Scope, early.Id, "ann", "I didn't.")).MayAppeal(clock.GetUtcNow()));
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(late.MayAppeal(clock.GetUtcNow()));
        Assert.Equal(ReferralErrors.CaseClosed, (await world.Review.AppealAsync(world.Scope, late.Id, "ben", "I didn't.")).Error!.Code);
        Assert.Equal(ReferralCaseState.Upheld, (await world.Review.FindAsync(world.Scope, late.Id))!.State);
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
    public async Task An_upheld_case_takes_what_is_pending_back_and_a_right_appeal_brings_it_again(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { Funding = RewardFunding.Platform });
        var link = await world.SellerAsync("ann");
        await world.SellAsync(link);
        await world.ReleaseAsync();
        var refunded = await world.SellAsync(link);
        await world.SellAsync(link);
        Assert.Equal((200L, 100L, 0L), await world.HasAsync("ann"));
        var opened = Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Looks odd.", "rev"));
        Ok(await world.Review.DecideAsync(world.Scope, opened.Id, uphold: true, "Bought reviews.", "rev"));
        // what is available stays, and the platform has its part again
        Assert.Equal((0L, 100L, 0L), await world.HasAsync("ann"));
        Assert.Equal(200, await world.BalanceAsync(new("", Commerce.Ledger.LedgerPurpose.PlatformRevenue)));
        Assert.Equal(ReferralErrors.CaseClosed, (await world.Review.DecideAsync(world.Scope, opened.Id, false, "x", "rev")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await world.Review.AppealAsync(world.Scope, opened.Id, "bob", "Mine!")).Error!.Code);
        await Splits.MoneyShop.GrantAsync(world.Shop, refunded, 500);
        Ok(await world.Review.AppealAsync(world.Scope, opened.Id, "ann", "They were real."));
        Assert.Equal(ReferralErrors.SameReviewer, (await world.Review.DecideAppealAsync(world.Scope, opened.Id, true, "Yes", "rev")).Error!.Code);
        Assert.Equal((0L, 100L, 0L), await world.HasAsync("ann"));
        Ok(await world.Review.DecideAppealAsync(world.Scope, opened.Id, true, "They were.", "boss"));
        Assert.Equal((150L, 100L, 0L), await world.HasAsync("ann"));
        Assert.Equal(PromoterState.Active, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
        await world.ReleaseAsync();
        Assert.Equal((0L, 250L, 0L), await world.HasAsync("ann"));
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
    public async Task Leaving_before_the_scan_frees_no_reward_and_coming_back_leaves_no_case_behind(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var (ann, bob) = (await world.SellerAsync("ann"), await world.SellerAsync("bob"));
        await world.SellAsync(ann, "bob@example.com", "bob");
        await world.SellAsync(bob, "ann@example.com", "ann");
        Ok(await world.Promoters.LeaveAsync(world.Scope, "ann"));
        await world.Maintenance.ScanAsync(world.Scope);
        await world.ReleaseAsync();
        Assert.Equal((100L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal(PromoterState.Frozen, (await world.JoinAsync("ann")).State);
        Ok(await world.Promoters.KillAsync(world.Scope, "bob", true, "looked at", "root"));
        Assert.Equal(PromoterState.Frozen, Ok(await world.Promoters.KillAsync(world.Scope, "bob", false, "back", "root")).State);

        foreach (var found in await world.Review.ListAsync(world.Scope))
            Ok(await world.Review.DecideAsync(world.Scope, found.Id, uphold: true, "They buy from each other only.", "rev"));
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
        await world.Maintenance.ScanAsync(world.Scope);
        Assert.Empty(await world.Review.ListAsync(world.Scope));
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
        var (bought, ring) = (Assert.Single(cases[ReferralCaseKind.SelfBought]), cases[ReferralCaseKind.Ring].Single(c => c.Promoter == "cat"));
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
    public async Task Nobody_is_freed_by_one_case_while_another_stands_against_them(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, program: p => p with { VelocityPerHour = 5 });
        var ann = await world.SellerAsync("ann");
        for (var i = 0; i < 6; i++)
            await world.SellAsync(ann, $"a{i}@example.com");
        await world.Maintenance.ScanAsync(world.Scope);
        var fast = Assert.Single(await world.Review.ListAsync(world.Scope));
        Assert.Equal((ReferralCaseKind.Velocity, PromoterState.Active), (fast.Kind, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State));
        Ok(await world.Review.DecideAsync(world.Scope, fast.Id, uphold: true, "Made by a program.", "rev"));
        var byHand = Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Looks odd.", "rev"));
        Ok(await world.Review.DecideAsync(world.Scope, byHand.Id, uphold: false, "It wasn't.", "rev"));
        Assert.Equal(PromoterState.Frozen, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
        Ok(await world.Review.AppealAsync(world.Scope, fast.Id, "ann", "It was a sale day."));
        Ok(await world.Review.DecideAppealAsync(world.Scope, fast.Id, true, "It was.", "boss"));
        Assert.Equal(PromoterState.Active, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
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

    [Fact]
    public async Task An_order_from_the_promoters_own_network_waits_for_a_person()
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite);
        await world.JoinAsync("ann", address: "203.0.113.7");
        var link = await world.LinkAsync("ann");
        var order = await world.OrderAsync(Request(link.Code, address: "203.0.113.7"));
        await world.Shop.ApplyAsync(Ordering.Shop.Event(order));
        await world.ReleaseAsync();
        Assert.Equal((100L, 0L, 0L), await world.HasAsync("ann"));
        var found = Assert.Single(await world.Review.ListAsync(world.Scope));
        Assert.Equal((ReferralCaseKind.SameAddress, order.OrderId), (found.Kind, found.OrderId));
        Ok(await world.Review.DecideAsync(world.Scope, found.Id, uphold: true, "It was a flatmate with the promoter's card.", "rev"));
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal(PromoterState.Active, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
        await world.SoundAsync();
    }
}
