using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Shops;
using static LinkShop.Commerce.Tests.Payouts.Desk;

namespace LinkShop.Commerce.Tests.Payouts;

public sealed class PayoutDecisionTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Neither_the_owner_nor_who_asked_can_approve(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var own = await desk.RequestedAsync();
        var forAnn = (await desk.Payouts.RequestAsync(desk.Scope, Request(100_00) with { Actor = Boss })).Value;
        var before = await desk.AllRowsAsync();
        foreach (var (id, actor) in new[] { (own.Id, Ann), (forAnn.Id, Ann), (forAnn.Id, Boss) })
            Assert.Equal("four_eyes", (await desk.Payouts.ApproveAsync(desk.Scope, id, actor)).Error!.Code);
        Assert.Equal(CommerceErrors.Required, (await desk.Payouts.ApproveAsync(desk.Scope, own.Id, " ")).Error!.Code);
        Assert.Equal(before, await desk.AllRowsAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Above_the_limit_it_takes_two_different_people(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        Assert.Equal(1, (await desk.Payouts.CancelAsync(desk.Scope, (await desk.RequestedAsync(500_00)).Id, Ann)).Value.ApprovalsNeeded);
        var payout = await desk.RequestedAsync(500_01);
        var first = (await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, Clerk)).Value;
        Assert.Equal((PayoutState.Requested, Clerk, null), (first.State, first.ApprovedBy, first.DecidedBy));
        Assert.Equal(CommerceErrors.IllegalTransition, (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Error!.Code);
        Assert.Equal("four_eyes", (await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, Clerk)).Error!.Code);
        Assert.Equal("four_eyes", (await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, Ann)).Error!.Code);
        var second = (await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, Boss)).Value;
        Assert.Equal((PayoutState.Approved, Clerk, Boss), (second.State, second.ApprovedBy, second.SecondApprovedBy));
        Assert.Equal(PayoutState.Paid, (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Value.State);
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Who_works_in_a_shop_under_another_account_is_still_one_person(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync(Profile(provider: "manual", kind: PayoutDestinationKind.Bank));
        var payout = await desk.RequestedAsync(600_00);
        var before = await desk.AllRowsAsync();
        Assert.Equal("four_eyes", (await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, StaffAccounts.IdOf(Ann))).Error?.Code);
        Assert.Equal(before, await desk.AllRowsAsync());
        Assert.True((await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, StaffAccounts.IdOf(Clerk))).Succeeded);
        Assert.Equal("four_eyes", (await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, Clerk)).Error?.Code);
        Assert.Equal(PayoutState.Requested, (await desk.Payouts.GetAsync(desk.Scope, payout.Id))!.State);
        Assert.True((await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, StaffAccounts.IdOf(Boss))).Succeeded);
        Assert.True((await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Succeeded);
        Assert.Equal("four_eyes", (await desk.Payouts.ConfirmPaidAsync(desk.Scope, payout.Id, "bank-1", StaffAccounts.IdOf(Ann))).Error?.Code);
        var saved = (await desk.Payees.SaveAsync(desk.Scope, Profile(account: "another", provider: "manual", kind: PayoutDestinationKind.Bank) with { TaxId = "OTHER" }, Clerk)).Value;
        foreach (var actor in new[] { StaffAccounts.IdOf(Ann), StaffAccounts.IdOf(Clerk) })
        {
            Assert.Equal("four_eyes", (await desk.Payees.VerifyIdentityAsync(desk.Scope, Ann, saved.Version, actor)).Error?.Code);
            Assert.Equal("four_eyes", (await desk.Payees.VerifyDestinationAsync(desk.Scope, Ann, saved.Version, actor)).Error?.Code);
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task One_person_who_approves_twice_at_the_same_time_is_still_one(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var payout = await desk.RequestedAsync(600_00);
        var second = desk.InSecondProcess();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? desk : second).Payouts.ApproveAsync(desk.Scope, payout.Id, Clerk))));
        await second.Commerce.DisposeAsync();
        Assert.Single(answers, a => a.Succeeded);
        Assert.Equal(PayoutState.Requested, (await desk.Payouts.GetAsync(desk.Scope, payout.Id))!.State);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite, "approved_by = requested_by")]
    [InlineData(CommerceDialect.Postgres, "approved_by = requested_by")]
    [InlineData(CommerceDialect.Sqlite, "approved_by = 'a', second_approved_by = 'a'")]
    [InlineData(CommerceDialect.Postgres, "approved_by = 'a', second_approved_by = 'a'")]
    [InlineData(CommerceDialect.Sqlite, "approved_by = 'a', second_approved_by = requested_by")]
    [InlineData(CommerceDialect.Sqlite, "state = 'Approved', decided_by = 'a', decided_at = 1")]
    [InlineData(CommerceDialect.Postgres, "state = 'Approved', decided_by = 'a', decided_at = 1")]
    [InlineData(CommerceDialect.Sqlite, "state = 'Approved', approved_by = 'a', decided_by = 'a', decided_at = 1")]
    [InlineData(CommerceDialect.Postgres, "state = 'Approved', approved_by = 'a', decided_by = 'a', decided_at = 1")]
    public async Task The_database_itself_refuses_approvals_by_too_few(CommerceDialect dialect, string change)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        await desk.RequestedAsync(600_00);
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => desk.CorruptAsync("update payout set " + change));
        Assert.Contains("check", refused.Message, StringComparison.OrdinalIgnoreCase);
        // what it refuses is the approval and nothing else
        await desk.CorruptAsync("update payout set approved_by = 'a', second_approved_by = 'b', state = 'Approved', decided_by = 'b', decided_at = 1");
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Rejected_and_called_off_payouts_give_exactly_their_money_back(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var kept = await desk.RequestedAsync(100_00);
        var rejected = (await desk.Payouts.RejectAsync(desk.Scope, (await desk.RequestedAsync()).Id, Clerk, " name differs ")).Value;
        Assert.Equal((PayoutState.Rejected, "name differs", Clerk), (rejected.State, rejected.Note, rejected.DecidedBy));
        Assert.Equal((Funds, 100_00), await desk.HasAsync());
        await desk.Payouts.RejectAsync(desk.Scope, (await desk.ApprovedAsync()).Id, Boss, "frozen");
        Assert.Equal((Funds, 100_00), await desk.HasAsync());
        var cancelled = (await desk.Payouts.CancelAsync(desk.Scope, (await desk.RequestedAsync()).Id, Ann)).Value;
        Assert.Equal(PayoutState.Cancelled, cancelled.State);
        Assert.Equal((Funds, 100_00), await desk.HasAsync());
        Assert.Equal((0, 0), (await desk.RevenueAsync(), await desk.AtProviderAsync()));
        Assert.Equal(2, (await desk.EventsAsync()).Count(e => e == "PayoutRejected"));
        await desk.AssertSoundAsync();

        foreach (var ended in new[] { rejected.Id, cancelled.Id })
        {
            var before = await desk.AllRowsAsync();
            CommerceResult<Payout>[] answers =
            [
                await desk.Payouts.ApproveAsync(desk.Scope, ended, Boss), await desk.Payouts.RejectAsync(desk.Scope, ended, Boss, "again"), await desk.Payouts.CancelAsync(desk.Scope, ended, Ann),
                await desk.Payouts.SendAsync(desk.Scope, ended),
            ];
            Assert.All(answers, a => Assert.Equal(CommerceErrors.IllegalTransition, a.Error!.Code));
            Assert.Equal(before, await desk.AllRowsAsync());
        }

        Assert.Equal(PayoutState.Requested, (await desk.Payouts.GetAsync(desk.Scope, kept.Id))!.State);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Strangers_call_nothing_off_nor_does_the_owner_once_it_is_approved_and_a_rejection_has_a_reason(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var approved = await desk.ApprovedAsync(100_00);
        var payout = await desk.RequestedAsync();
        var before = await desk.AllRowsAsync();
        Assert.Equal(CommerceErrors.AccessDenied, (await desk.Payouts.CancelAsync(desk.Scope, payout.Id, "user-ben")).Error!.Code);
        Assert.Equal(CommerceErrors.IllegalTransition, (await desk.Payouts.CancelAsync(desk.Scope, approved.Id, Ann)).Error!.Code);
        Assert.Equal((CommerceErrors.Required, "note"), (await desk.Payouts.RejectAsync(desk.Scope, payout.Id, Clerk, " ")).Error is { } e ? (e.Code, e.Field) : default);
        Assert.Equal(CommerceErrors.TooLong, (await desk.Payouts.RejectAsync(desk.Scope, payout.Id, Clerk, new string('x', 501))).Error!.Code);
        Assert.Equal(before, await desk.AllRowsAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Approved_and_rejected_and_called_off_at_the_same_time_it_ends_in_one_way(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var second = desk.InSecondProcess();
        for (var round = 0; round < 5; round++)
        {
            var payout = await desk.RequestedAsync(100_00);
            await Task.WhenAll(
                Task.Run(() => desk.Payouts.CancelAsync(desk.Scope, payout.Id, Ann)),
                Task.Run(() => second.Payouts.RejectAsync(desk.Scope, payout.Id, Boss, "no")),
                Task.Run(() => second.Payouts.ApproveAsync(desk.Scope, payout.Id, Clerk)),
                Task.Run(() => desk.Payouts.SendAsync(desk.Scope, payout.Id)));
            await desk.AssertSoundAsync();
        }

        await second.Commerce.DisposeAsync();
    }

    [Fact]
    public void Nothing_leaves_an_end_and_every_state_is_in_the_table()
    {
        foreach (var from in Enum.GetValues<PayoutState>())
        {
            var final = from is PayoutState.Paid or PayoutState.Failed or PayoutState.Rejected or PayoutState.Cancelled;
            Assert.Equal(final, PayoutTransitions.IsFinal(from));
            Assert.Equal(final, !Enum.GetValues<PayoutState>().Any(to => PayoutTransitions.Allows(from, to)));
        }

        Assert.Throws<IllegalTransitionException>(() => PayoutTransitions.Require(PayoutState.Sending, PayoutState.Rejected));
    }
}
