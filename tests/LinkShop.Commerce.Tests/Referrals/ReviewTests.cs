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
    public async Task A_decision_can_be_appealed_while_another_such_case_is_open_and_none_is_opened_while_an_appeal_waits(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.SellerAsync("ann");
        var first = Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Looks odd.", "rev"));
        Assert.Equal(CommerceErrors.Conflict, (await world.Review.OpenAsync(world.Scope, "ann", null, "Again.", "rev")).Error!.Code);
        Ok(await world.Review.DecideAsync(world.Scope, first.Id, uphold: true, "Bought reviews.", "rev"));
        var second = Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Odd again.", "rev"));
        Ok(await world.Review.AppealAsync(world.Scope, first.Id, "ann", "They were real."));
        Ok(await world.Review.DecideAsync(world.Scope, second.Id, uphold: false, "It wasn't.", "rev"));
        Assert.Equal(CommerceErrors.Conflict, (await world.Review.OpenAsync(world.Scope, "ann", null, "A third time.", "rev")).Error!.Code);
        Ok(await world.Review.DecideAppealAsync(world.Scope, first.Id, true, "They were.", "boss"));
        Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "A third time.", "rev"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_two_cases_that_are_dismissed_at_the_same_moment_the_second_unfreezes(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.SellerAsync("ann");
        var now = world.Shop.Commerce.Clock.GetUtcNow();
        var ids = new List<string>();
        foreach (var kind in new[] { ReferralCaseKind.SelfBought, ReferralCaseKind.Ring })
        {
            ids.Add((await world.Shop.Commerce.Database.WriteAsync(world.Scope, c => ((ReferralReview)world.Review).OpenAsync(
                c, kind, "ann", null, null, new Dictionary<string, string>(), freeze: true, "scan", now)))!);
        }

        Assert.Equal(PromoterState.Frozen, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
        // both have closed their case before either looks for others
        var gate = dialect == CommerceDialect.Postgres ? await Payments.OrderGate.CloseTableAsync(world.Shop.Commerce.ConnectionString, "referral_log") : null;
        var decided = ids.Select(id => Task.Run(() => world.Review.DecideAsync(world.Scope, id, uphold: false, "It wasn't.", "rev"))).ToList();
        if (gate is not null)
            await gate.OpenWhenWaitingAsync(2);
        Assert.All(await Task.WhenAll(decided), d => Assert.True(d.Succeeded));
        Assert.Equal(PromoterState.Active, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
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
    public async Task What_is_paid_after_a_case_was_decided_waits_while_the_promoter_is_frozen_and_isnt_taken_back_by_it(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var ann = await world.SellerAsync("ann");
        await world.JoinAsync("bob");
        var order = await world.OrderAsync(Request(ann.Code));
        Ok(await world.Review.DecideAsync(world.Scope, Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Looks odd.", "rev")).Id, uphold: true, "Sham sales.", "rev"));
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Shop.ApplyAsync(Ordering.Shop.Event(order));
        // the books follow all cases of the day once more
        Ok(await world.Review.DecideAsync(world.Scope, Ok(await world.Review.OpenAsync(world.Scope, "bob", null, "Looks odd.", "rev")).Id, uphold: true, "Sham sales.", "rev"));
        Assert.Equal((100L, 0L, 0L), await world.HasAsync("ann"));
        await world.ReleaseAsync();
        Assert.Equal((PromoterState.Frozen, (100L, 0L, 0L)), ((await world.Promoters.FindAsync(world.Scope, "ann"))!.State, await world.HasAsync("ann")));
        await world.SoundAsync();
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
