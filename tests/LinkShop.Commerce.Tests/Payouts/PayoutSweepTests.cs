using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using static LinkShop.Commerce.Tests.Payouts.Desk;

namespace LinkShop.Commerce.Tests.Payouts;

public sealed class PayoutSweepTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_is_approved_is_sent_once_by_however_many_processes(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var waiting = await desk.RequestedAsync(100_00);
        var approved = await desk.ApprovedAsync();
        await using var second = desk.InSecondProcess();
        await Task.WhenAll(SweepAsync(desk), SweepAsync(second), SweepAsync(desk));
        Assert.Equal(PayoutState.Paid, (await desk.Payouts.GetAsync(desk.Scope, approved.Id))!.State);
        Assert.Equal(PayoutState.Requested, (await desk.Payouts.GetAsync(desk.Scope, waiting.Id))!.State);
        Assert.Equal(1, await desk.Commerce.CountAsync("sandbox_payout"));
        Assert.Equal((Funds - 300_00, 100_00), await desk.HasAsync());
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_gateway_that_does_not_know_is_asked_ever_less_often_and_a_person_never(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync(Profile(account: "later"));
        var later = await desk.ApprovedAsync();
        await desk.FundAsync("user-bob", Funds);
        await desk.VerifiedAsync(Profile("user-bob", provider: "manual", kind: PayoutDestinationKind.Bank));
        var byHand = (await desk.Payouts.RequestAsync(desk.Scope, Request(owner: "user-bob"))).Value;
        await desk.Payouts.ApproveAsync(desk.Scope, byHand.Id, Clerk);
        Assert.Equal(2, await SweepAsync(desk));
        Assert.Equal(0, await SweepAsync(desk));
        for (var asked = 2; asked <= 5; asked++)
        {
            desk.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(1, await SweepAsync(desk));
        }

        desk.Commerce.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(0, await SweepAsync(desk));
        desk.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await SweepAsync(desk));
        Assert.Equal((PayoutState.Sending, 6), await StateAsync(desk, later.Id));
        Assert.Equal((PayoutState.Sending, 1), await StateAsync(desk, byHand.Id));
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task One_payout_that_cannot_be_sent_keeps_no_other_waiting(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var broken = await desk.ApprovedAsync(100_00);
        var good = await desk.ApprovedAsync(200_00);
        // as if the key that it was encrypted under were lost
        await desk.CorruptAsync($"update payout set destination = {(dialect == CommerceDialect.Postgres ? "'\\x00'::bytea" : "x'00'")} where id = '{broken.Id}'");
        Assert.Equal(1, await SweepAsync(desk));
        Assert.Equal(PayoutState.Sending, (await StateAsync(desk, broken.Id)).State);
        Assert.Equal(PayoutState.Paid, (await StateAsync(desk, good.Id)).State);
    }

    private static Task<int> SweepAsync(Desk desk) => desk.Commerce.Get<IPayoutSweep>().SweepAsync();

    private static async Task<(PayoutState State, int Attempts)> StateAsync(Desk desk, string id)
    {
        var payout = (await desk.Payouts.GetAsync(desk.Scope, id))!;
        return (payout.State, payout.Attempts);
    }
}
