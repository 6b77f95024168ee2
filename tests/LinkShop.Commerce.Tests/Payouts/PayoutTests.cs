using LinkShop.Commerce.Data;
using LinkShop.Commerce.DependencyInjection;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static LinkShop.Commerce.Tests.Payouts.Desk;

namespace LinkShop.Commerce.Tests.Payouts;

public sealed class PayoutTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_payout_holds_its_amount_until_it_is_paid_and_then_the_money_and_the_fee_have_moved(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var payout = await desk.RequestedAsync(300_33);
        // half a percent of 300.33 is 1.50165
        Assert.Equal((PayoutState.Requested, 3_50L, 296_83L, 1), (payout.State, payout.Fee.Minor, payout.Net.Minor, payout.ApprovalsNeeded));
        Assert.Equal((Funds, 300_33), await desk.HasAsync());
        await desk.AssertSoundAsync();

        var approved = (await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, Clerk)).Value;
        Assert.Equal((PayoutState.Approved, Clerk), (approved.State, approved.ApprovedBy));
        await desk.AssertSoundAsync();
        var paid = (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Value;
        Assert.Equal((PayoutState.Paid, "sandbox-" + payout.Id, 1), (paid.State, paid.ProviderReference, paid.Attempts));
        Assert.Equal(paid, await desk.Payouts.GetAsync(desk.Scope, payout.Id));

        Assert.Equal((Funds - 300_33, 0), await desk.HasAsync());
        Assert.Equal((296_83, 3_50), (await desk.AtProviderAsync(), await desk.RevenueAsync()));
        Assert.Equal(1, await desk.Commerce.CountAsync("sandbox_payout", "amount = 29683 and currency = 'CNY'"));
        Assert.Equal(["PayoutRequested", "PayoutPaid"], await desk.EventsAsync());
        await desk.AssertSoundAsync();
        // and once more
        Assert.Equal(PayoutState.Paid, (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Value.State);
        Assert.Equal((Funds - 300_33, 0), await desk.HasAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_high_amount_takes_two_people_also_when_it_is_asked_for_in_pieces_within_a_day(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        // one that was called off doesn't count, and one of a day before neither
        await desk.Payouts.CancelAsync(desk.Scope, (await desk.RequestedAsync(400_00)).Id, Ann);
        Assert.Equal(1, (await desk.RequestedAsync(200_00)).ApprovalsNeeded);
        await desk.CorruptAsync("update payout set requested_at = requested_at - 86400000");
        // at once from two processes: each counts the one before
        var second = desk.InSecondProcess();
        await using var closing = second.Commerce;
        var pieces = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => (i % 2 == 0 ? desk : second).RequestedAsync(200_00))));
        Assert.Equal([1, 1, 2, 2], pieces.Select(p => p.ApprovalsNeeded).Order());
        var third = pieces.First(p => p.ApprovalsNeeded == 2);
        Assert.Equal(PayoutState.Requested, (await desk.Payouts.ApproveAsync(desk.Scope, third.Id, Clerk)).Value.State);
        Assert.Equal(PayoutErrors.FourEyes, (await desk.Payouts.ApproveAsync(desk.Scope, third.Id, Clerk)).Error?.Code);
        Assert.Equal(PayoutState.Approved, (await desk.Payouts.ApproveAsync(desk.Scope, third.Id, Boss)).Value.State);
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task All_that_is_missing_is_told_at_once_and_nothing_is_held(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        var before = await desk.AllRowsAsync();
        var refused = await desk.Payouts.RequestAsync(desk.Scope, Request(Funds + 1));
        Assert.Equal(
            [("identity_missing", "identity"), ("tax_profile_missing", "taxId"), ("destination_missing", "destination"), ("insufficient_funds", "amount")],
            refused.Errors.Select(e => (e.Code, e.Field!)));

        await desk.Payees.SaveAsync(desk.Scope, Profile() with { TaxId = null, TaxCountry = null }, Ann);
        Assert.Equal(
            ["identity_unverified", "tax_profile_missing", "destination_unverified", "below_minimum"],
            (await desk.Payouts.RequestAsync(desk.Scope, Request(99))).Errors.Select(e => e.Code));
        await desk.VerifiedAsync();
        // the minimum is 100, but the fee would take all of it
        Assert.Equal(["below_minimum"], (await desk.Payouts.RequestAsync(desk.Scope, Request(200))).Errors.Select(e => e.Code));
        Assert.Equal(["insufficient_funds"], (await desk.Payouts.RequestAsync(desk.Scope, Request(Funds + 1))).Errors.Select(e => e.Code));
        Assert.Equal(["insufficient_funds"], (await desk.Payouts.RequestAsync(desk.Scope, Request() with { Purpose = LedgerPurpose.PromoterAvailable })).Errors.Select(e => e.Code));
        Assert.Equal(before, await desk.AllRowsAsync());
        Assert.Equal(PayoutState.Requested, (await desk.Payouts.RequestAsync(desk.Scope, Request(Funds))).Value.State);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_request_that_makes_no_sense_names_its_fields(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var before = await desk.AllRowsAsync();
        var refused = await desk.Payouts.RequestAsync(desk.Scope, new PayoutRequest { Id = "a:b", Owner = new string('x', 101), Purpose = LedgerPurpose.Tax, Amount = new Money(0, "USD"), Actor = " " });
        Assert.Equal(["id", "owner", "actor", "purpose", "amount", "amount.currency"], refused.Errors.Select(e => e.Field));
        Assert.Equal(before, await desk.AllRowsAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_sandbox_is_not_usable_unless_it_is_switched_on(CommerceDialect dialect)
    {
        var on = true;
        await using var desk = await OpenAsync(dialect, options: o => o.Sandbox = on);
        await desk.VerifiedAsync();
        var approved = await desk.ApprovedAsync();
        on = false;
        var off = desk.InSecondProcess();
        var refused = await off.Payouts.RequestAsync(desk.Scope, Request());
        Assert.Equal(("provider_not_usable", "destination.provider"), (refused.Error!.Code, refused.Error.Field));
        Assert.Equal("provider_not_usable", (await off.Payouts.SendAsync(desk.Scope, approved.Id)).Error!.Code);
        await off.Commerce.DisposeAsync();
        Assert.Equal(PayoutState.Approved, (await desk.Payouts.GetAsync(desk.Scope, approved.Id))!.State);
        Assert.Equal(0, await desk.Commerce.CountAsync("sandbox_payout"));
    }

    [Fact]
    public async Task Without_configuration_the_sandbox_is_off_and_more_than_a_thousand_yuan_take_two_people()
    {
        await using var commerce = await TestCommerce.StartAsync(CommerceDialect.Sqlite);
        Assert.False(await commerce.Services.GetServices<IPayoutProvider>().Single(p => p.Name == "sandbox").IsUsableAsync(TestCommerce.Mall));
        var rules = await commerce.Get<IPayoutPolicy>().RulesAsync(TestCommerce.Mall);
        Assert.Equal(new PayoutLimits { MinimumMinor = 100, FeeMinor = 0, FeeBasisPoints = 0, FourEyesAboveMinor = 100_000 }, rules.For("CNY"));
        Assert.Null(rules.For("USD"));
    }

    [Fact]
    public async Task Rules_come_from_the_configuration_and_what_it_leaves_out_stays()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LinkShop:Payouts:Sandbox"] = "true",
            ["LinkShop:Payouts:Currencies:CNY:FeeBasisPoints"] = "25",
            ["LinkShop:Payouts:Currencies:USD:MinimumMinor"] = "500",
        }).Build();
        await using var services = new ServiceCollection().AddLogging().AddLinkShopCommerce(configuration).BuildServiceProvider();
        Assert.True(services.GetRequiredService<IOptions<PayoutOptions>>().Value.Sandbox);
        var rules = await services.GetRequiredService<IPayoutPolicy>().RulesAsync(TestCommerce.Mall);
        Assert.Equal(new PayoutLimits { MinimumMinor = 100, FeeBasisPoints = 25, FourEyesAboveMinor = 100_000 }, rules.For("CNY"));
        Assert.Equal(new PayoutLimits { MinimumMinor = 500 }, rules.For("USD"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_same_request_again_is_the_same_payout_and_another_with_its_id_is_refused(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var request = Request(900_00);
        var second = desk.InSecondProcess();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? desk : second).Payouts.RequestAsync(desk.Scope, request))));
        await second.Commerce.DisposeAsync();
        Assert.All(answers, a => Assert.Equal(request.Id, a.Value.Id));
        Assert.Equal((Funds, 900_00), await desk.HasAsync());

        foreach (var other in new[] { request with { Amount = Yuan(1_00) }, request with { Owner = "user-ben" }, request with { Purpose = LedgerPurpose.PromoterAvailable } })
            Assert.Equal(CommerceErrors.IdempotencyMismatch, (await desk.Payouts.RequestAsync(desk.Scope, other)).Error!.Code);
        Assert.Equal(["PayoutRequested"], await desk.EventsAsync());
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_requests_for_the_same_money_at_the_same_time_one_wins(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var second = desk.InSecondProcess();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? desk : second).Payouts.RequestAsync(desk.Scope, Request(600_00)))));
        await second.Commerce.DisposeAsync();
        Assert.Single(answers, a => a.Succeeded);
        Assert.All(answers.Where(a => !a.Succeeded), a => Assert.Equal(("insufficient_funds", "amount"), (a.Error!.Code, a.Error.Field)));
        Assert.Equal((Funds, 600_00), await desk.HasAsync());
        Assert.Equal(1, await desk.Commerce.CountAsync("payout"));
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Another_tenant_sees_nothing_and_can_do_nothing(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var payout = await desk.ApprovedAsync();
        var before = await desk.AllRowsAsync();
        var other = desk.As(TestCommerce.Other);
        Assert.Null(await other.Payouts.GetAsync(other.Scope, payout.Id));
        Assert.Empty((await other.Payouts.ListAsync(other.Scope, new PayoutFilter())).Items);
        Assert.Null(await other.Payees.GetAsync(other.Scope, Ann));
        Assert.Empty(await other.Payees.ListAsync(other.Scope));
        CommerceResult<Payout>[] answers =
        [
            await other.Payouts.ApproveAsync(other.Scope, payout.Id, Boss), await other.Payouts.RejectAsync(other.Scope, payout.Id, Boss, "no"),
            await other.Payouts.CancelAsync(other.Scope, payout.Id, Ann), await other.Payouts.SendAsync(other.Scope, payout.Id),
            await other.Payouts.ConfirmPaidAsync(other.Scope, payout.Id, "ref", Boss), await other.Payouts.ConfirmFailedAsync(other.Scope, payout.Id, "no", Boss),
        ];
        Assert.All(answers, a => Assert.Equal(CommerceErrors.NotFound, a.Error!.Code));
        Assert.Equal(CommerceErrors.NotFound, (await other.Payees.VerifyIdentityAsync(other.Scope, Ann, 1, Boss)).Error!.Code);
        using var file = new MemoryStream();
        Assert.Equal(0, (await other.Commerce.Get<IPayoutFile>().WriteAsync(other.Scope, file, Boss)).Value);
        Assert.Equal(before, await desk.AllRowsAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Payouts_are_listed_newest_first_by_owner_and_state_page_by_page(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            // some in the same millisecond
            desk.Commerce.Clock.Advance(TimeSpan.FromSeconds(i % 2));
            ids.Add((await desk.RequestedAsync(10_00)).Id);
        }

        await desk.Payouts.CancelAsync(desk.Scope, ids[2], Ann);
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await desk.Payouts.ListAsync(desk.Scope, new PayoutFilter { Owner = Ann, After = after, Take = 3 });
            seen.AddRange(page.Items.Select(p => p.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(ids.AsEnumerable().Reverse(), seen);
        Assert.Equal([ids[2]], (await desk.Payouts.ListAsync(desk.Scope, new PayoutFilter { State = PayoutState.Cancelled })).Items.Select(p => p.Id));
        Assert.Empty((await desk.Payouts.ListAsync(desk.Scope, new PayoutFilter { Owner = "user-ben" })).Items);
        // of one account of the same owner, behind any number of the other's
        await desk.FundAsync(Ann, 100_00, LedgerPurpose.PromoterAvailable);
        Assert.Empty((await desk.Payouts.ListAsync(desk.Scope, new PayoutFilter { Owner = Ann, Purpose = LedgerPurpose.PromoterAvailable, Take = 2 })).Items);
        var reward = (await desk.Payouts.RequestAsync(desk.Scope, Request(10_00) with { Purpose = LedgerPurpose.PromoterAvailable })).Value;
        desk.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 3; i++)
            await desk.RequestedAsync(10_00);
        Assert.Equal([reward.Id], (await desk.Payouts.ListAsync(desk.Scope, new PayoutFilter { Owner = Ann, Purpose = LedgerPurpose.PromoterAvailable, Take = 2 })).Items.Select(p => p.Id));
    }
}
