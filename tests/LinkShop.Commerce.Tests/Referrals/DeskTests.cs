using LinkShop.Commerce.Data;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

public sealed class DeskTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Desk_report_records_and_ledger_say_the_same_after_a_half_refund(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { BuyerDiscountBasisPoints = 1_000 }, p => p with { Tiers = [new ReferralTier("gold", "Gold", 1_500)] });
        await world.JoinAsync("ann");
        await world.JoinAsync("bob", "ann");
        var link = await world.LinkAsync("ann", "wechat", "spring");
        await world.ClickAsync(link, "v1");
        await world.ClickAsync(link, "v1");
        var order = await world.OrderAsync(Request(link.Code, [await world.ClickAsync(link, "v2")], quantity: 2));
        await world.Shop.ApplyAsync(Shop.Event(order));
        Ok(await MoneyShop.GrantAsync(world.Shop, order, 900));
        await world.Clicks.FlushAsync();
        await world.Maintenance.FoldAsync();

        var desk = (await world.Desks.PromoterAsync(world.Scope, "ann"))!;
        Assert.Equal(new ReferralNumbers(3, 2, 1, 1, new(900, "CNY"), new(180, "CNY"), new(90, "CNY"), new(0, "CNY")), desk.Total);
        Assert.Equal((90L, 0L, 0L), (desk.Pending.Minor, desk.Available.Minor, desk.Debt.Minor));
        Assert.Equal((30, desk.Total), (desk.Days.Count, desk.Days[^1].Numbers));
        Assert.Equal("wechat", Assert.Single(desk.Channels).Name);
        Assert.Equal(("card", 1800L), (Assert.Single(desk.Products).Name, desk.Products[0].Numbers.Sales.Minor));
        // what is left after the refund, not what was promised
        Assert.Equal((order.OrderId, 90L, RewardKind.Money), (Assert.Single(desk.Releases).OrderId, desk.Releases[0].Amount.Minor, desk.Releases[0].Kind));
        Assert.Equal((0L, 0L), (desk.PendingPoints, desk.Points));
        // nothing of it is settled yet
        Assert.Equal(("gold", 1500L), (desk.NextTier!.Value.Tier.Id, desk.NextTier.Value.Missing.Minor));
        var today = DateOnly.FromDateTime(world.Shop.Commerce.Clock.GetUtcNow().UtcDateTime);
        var report = Assert.Single(await world.Desks.CampaignsAsync(world.Scope, today, today));
        Assert.Equal(("plan", "spring", 1L, 1L, 900L, 200L, 90L), (report.PlanId, report.Campaign, report.Orders, report.NewBuyers, report.Sales.Minor, report.Discounts.Minor, report.Cost.Minor));
        Assert.Equal(90, Assert.Single(await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Now.Minor);
        await world.ReleaseAsync();
        await world.Maintenance.FoldAsync();
        desk = (await world.Desks.PromoterAsync(world.Scope, "ann", 90))!;
        Assert.Equal((90L, 90L, 0L), (desk.Total.Released.Minor, desk.Available.Minor, desk.Pending.Minor));
        Assert.Empty(desk.Releases);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_went_back_before_it_was_counted_is_taken_off_sales_by_the_migration(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var order = await world.SellAsync(link, quantity: 2);
        await world.SellAsync(link, "other@example.com");
        Ok(await MoneyShop.GrantAsync(world.Shop, order, 500));
        // as it was
        await world.Shop.CorruptAsync("delete from referral_tally where kind = 'Returned'");
        await world.Maintenance.FoldAsync();
        Assert.Equal(3000, (await world.Desks.PromoterAsync(world.Scope, "ann"))!.Total.Sales.Minor);

        var script = MigrationScripts.For(dialect).Single(s => s.Number == 42).Sql;
        var statement = script[script.IndexOf("insert into referral_tally (tenant", StringComparison.Ordinal)..];
        await world.Shop.CorruptAsync(statement[..statement.IndexOf(';', StringComparison.Ordinal)]);
        await world.Maintenance.FoldAsync();
        Assert.Equal(2500, (await world.Desks.PromoterAsync(world.Scope, "ann"))!.Total.Sales.Minor);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Points_stand_apart_from_money_while_they_wait_and_after(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        await world.SellAsync(link);
        await world.PlanAsync(Plan("points") with { Reward = RewardKind.Points, Promoters = ["ann"] });
        var order = await world.SellAsync(link, quantity: 2);
        Ok(await MoneyShop.GrantAsync(world.Shop, order, 1_000));
        var desk = (await world.Desks.PromoterAsync(world.Scope, "ann"))!;
        Assert.Equal((200L, 100L, 0L), (desk.Pending.Minor, desk.PendingPoints, desk.Points));
        Assert.Equal([(RewardKind.Money, 100L), (RewardKind.Points, 100L)], desk.Releases.Select(r => (r.Kind, r.Amount.Minor)).Order());
        await world.ReleaseAsync();
        desk = (await world.Desks.PromoterAsync(world.Scope, "ann"))!;
        Assert.Equal((0L, 0L, 100L, 100L), (desk.Pending.Minor, desk.PendingPoints, desk.Points, desk.Available.Minor));
        Assert.Empty(desk.Releases);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_network_shows_its_true_depth_and_health_counts_who_was_brought(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.SellerAsync("a");
        await world.JoinAsync("z");
        await world.Maintenance.FoldAsync();
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromDays(40));
        var b = await world.SellerAsync("b", "a");
        await world.SellerAsync("c", "b");
        await world.JoinAsync("d", "c");
        await world.JoinAsync("e", "b");
        var byClick = await world.OrderAsync(Request(tokens: [await world.ClickAsync(b)], contact: "d@example.com", user: "d"));
        await world.Shop.ApplyAsync(Shop.Event(byClick));
        await world.Clicks.FlushAsync();
        await world.Maintenance.ScanAsync(world.Scope);
        var network = (await world.Desks.NeighbourhoodAsync(world.Scope, "b"))!;
        Assert.Equal((1, "a", 2L, 1000L), (network.Center.Depth, network.Center.Parent, network.Center.Brought, network.Center.Sales.Minor));
        Assert.Equal(["a"], network.Above.Select(n => n.Id));
        Assert.Equal(["c", "e", "d"], network.Below.Select(n => n.Id));
        Assert.Equal((5L, 4), (network.People, network.Levels));
        Assert.Empty(network.Beside);
        // all of a line that fits, also who neither brought them nor was brought by them; of a longer one only those around
        var e = (await world.Desks.NeighbourhoodAsync(world.Scope, "e"))!;
        Assert.Equal(["b", "a"], e.Above.Select(n => n.Id));
        Assert.Equal(["c", "d"], e.Beside.Select(n => n.Id));
        Assert.Equal(e.People, e.Shown.Count);
        Assert.Empty((await world.Desks.NeighbourhoodAsync(world.Scope, "e", 4))!.Beside);
        Assert.Equal(("b", "d", 1000L), (network.BuysFrom[0].Seller, network.BuysFrom[0].Buyer, network.BuysFrom[0].Sales.Minor));
        var health = await world.Desks.HealthAsync(world.Scope);
        Assert.Equal((1m, 1m, 2m, 0 as int?), (health.ShareRate, health.Conversion, health.KFactor, health.PaybackDays - 29));
        Assert.Equal([2L, 4L], health.Cohorts.Select(c => c.Joined));
        Assert.Equal([1L], health.Cohorts[1].Active);
        // a code that is typed at checkout has no visit
        await world.SellAsync(b, "x@example.com");
        await world.Maintenance.FoldAsync();
        health = await world.Desks.HealthAsync(world.Scope);
        Assert.Equal((2L, 1m), (health.Days.Sum(d => d.Numbers.Orders), health.Conversion));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Tiers_come_from_own_verified_sales_and_the_leaderboard_leaves_out_who_opted_out(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, program: p => p with { Tiers = [new ReferralTier("silver", "Silver", 1_000), new ReferralTier("gold", "Gold", 3_000)] });
        var (ann, bob, cat) = (await world.SellerAsync("ann"), await world.SellerAsync("bob", "ann"), await world.SellerAsync("cat", "ann"));
        await world.SellAsync(ann, "a@example.com");
        await world.SellAsync(bob, "b@example.com", quantity: 3);
        await world.SellAsync(cat, "ann@example.com", "ann", quantity: 4);
        await world.Maintenance.ScanAsync(world.Scope);
        Assert.Equal("", (await world.Promoters.FindAsync(world.Scope, "bob"))!.Tier);
        await world.NightAsync(8);
        // not what those one brought have sold, nor what a promoter bought
        Assert.Equal(("gold", 2000L), (await world.Desks.PromoterAsync(world.Scope, "ann"))!.NextTier is var (next, missing) ? (next.Id, missing.Minor) : default);
        Assert.Equal(("silver", 1000L), (await world.Desks.PromoterAsync(world.Scope, "cat"))!.NextTier is var (first, all) ? (first.Id, all.Minor) : default);
        Assert.Equal(["silver", "gold", ""], new[] { "ann", "bob", "cat" }.Select(p => world.Promoters.FindAsync(world.Scope, p).Result!.Tier));
        Ok(await world.Promoters.ChangeAsync(world.Scope, "bob", "Bobby", listed: false));
        Assert.Equal(["ann"], (await world.Desks.LeaderboardAsync(world.Scope)).Select(r => r.Name));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Bots_and_prefetching_are_kept_and_not_counted(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        foreach (var (agent, purpose, kind) in new (string, string?, ReferralClickKind)[]
        {
            ("Mozilla/5.0 (compatible; Baiduspider/2.0)", null, ReferralClickKind.Bot), ("", null, ReferralClickKind.Bot), ("Mozilla/5.0", "prefetch;prerender", ReferralClickKind.Prefetch),
            ("Mozilla/5.0", null, ReferralClickKind.Counted), ("Mozilla/5.0", null, ReferralClickKind.Repeat),
        })
        {
            var click = await world.Clicks.HitAsync(world.Scope, new ReferralHit { LinkId = link.Id, UserAgent = agent, Purpose = purpose, VisitorId = "v" });
            Assert.Equal((kind, kind is ReferralClickKind.Counted or ReferralClickKind.Repeat), (click.Kind, click.Token is not null));
        }

        Assert.Null((await world.Clicks.HitAsync(world.Scope, new ReferralHit { LinkId = "NOSUCHLINK", UserAgent = "Mozilla/5.0" })).Link);
        await world.Clicks.FlushAsync();
        await world.Maintenance.FoldAsync();
        Assert.Equal(5, await world.Shop.Commerce.CountAsync("referral_click"));
        var total = (await world.Desks.PromoterAsync(world.Scope, "ann"))!.Total;
        Assert.Equal((2L, 1L), (total.Clicks, total.Visits));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_night_forgets_single_clicks_after_half_a_year_and_counters_stay(CommerceDialect dialect)
    {
        await using var world = await ReferralWorld.OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        await world.ClickAsync(link, "old");
        await world.Clicks.FlushAsync();
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromDays(179));
        await world.ClickAsync(link, "new");
        await world.Clicks.FlushAsync();
        await world.Maintenance.ScanAsync(world.Scope);
        Assert.Equal(2, await CountAsync());
        await world.NightAsync(2);
        Assert.Equal(1, await CountAsync());
        var desk = await world.Shop.Commerce.Database.ReadAsync(world.Scope, c => c.QuerySingleOrDefaultAsync<long>("select clicks from referral_total where tenant = @tenant and promoter = 'ann' and currency = ''"));
        Assert.Equal(2, desk);

        Task<long> CountAsync() => world.Shop.Commerce.Database.ReadAsync(world.Scope, c => c.QuerySingleOrDefaultAsync<long>("select count(*) from referral_click where tenant = @tenant"));
    }
}
