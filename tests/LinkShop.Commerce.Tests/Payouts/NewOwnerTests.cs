using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using Microsoft.Extensions.DependencyInjection;
using static LinkShop.Commerce.Tests.Payouts.Desk;

namespace LinkShop.Commerce.Tests.Payouts;

/// <summary>A shop that changes hands pays its former owner nothing any more.</summary>
public sealed class NewOwnerTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_shop_with_another_owner_forgets_the_account_of_the_former_one_and_calls_off_what_they_asked_for(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect, options: o => o.Currencies["CNY"].FourEyesAboveMinor = 1_000_00);
        await desk.VerifiedAsync(Profile(owner: ""));
        await desk.VerifiedAsync();
        await desk.FundAsync("", 1_000_00);
        async Task<Payout> AskAsync(long fen) => (await desk.Payouts.RequestAsync(desk.Scope, Request(fen, owner: ""))).Value;
        var (requested, approved, sent) = (await AskAsync(100_00), await AskAsync(200_00), await AskAsync(300_00));
        foreach (var payout in new[] { approved, sent })
            Assert.True((await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, Clerk)).Succeeded);
        Assert.Equal(PayoutState.Paid, (await desk.Payouts.SendAsync(desk.Scope, sent.Id)).Value.State);
        var merchants = await desk.RequestedAsync();

        await desk.Payees.OwnerChangedAsync(desk.Scope);
        var payee = (await desk.Payees.GetAsync(desk.Scope, ""))!;
        Assert.Equal((null, null, null, null, null), (payee.Profile.Identity, payee.Profile.TaxId, payee.Profile.Destination, payee.IdentityVerifiedAt, payee.DestinationVerifiedAt));
        foreach (var payout in new[] { requested, approved })
        {
            var ended = (await desk.Payouts.GetAsync(desk.Scope, payout.Id))!;
            Assert.Equal((PayoutState.Rejected, PayoutErrors.OwnerChanged), (ended.State, ended.Note));
        }

        Assert.Equal((700_00L, 0L), await desk.HasAsync(""));
        Assert.Equal(PayoutState.Paid, (await desk.Payouts.GetAsync(desk.Scope, sent.Id))!.State);
        // whoever else earns in the shop is who they were
        Assert.Equal(PayoutState.Requested, (await desk.Payouts.GetAsync(desk.Scope, merchants.Id))!.State);
        Assert.Equal(Clerk, (await desk.Payees.GetAsync(desk.Scope, Ann))!.DestinationVerifiedBy);
        var before = await desk.AllRowsAsync();
        Assert.Equal(["identity_missing", "tax_profile_missing", "destination_missing"], (await desk.Payouts.RequestAsync(desk.Scope, Request(100_00, owner: ""))).Errors.Select(e => e.Code));
        await desk.Payees.OwnerChangedAsync(desk.Scope);
        Assert.Equal((before, payee.Version), (await desk.AllRowsAsync(), (await desk.Payees.GetAsync(desk.Scope, ""))!.Version));
        await desk.Payees.OwnerChangedAsync(TestCommerce.Other);
        await desk.VerifiedAsync(Profile(owner: "", account: "6222029999999999"));
        Assert.Equal("Sandbox ****9999", (await AskAsync(100_00)).DestinationMask);
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Nothing_that_is_asked_for_while_a_shop_changes_hands_goes_to_the_former_owner(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync(Profile(owner: ""));
        await desk.FundAsync("", 1_000_00);
        await using var second = desk.InSecondProcess();
        var asked = Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? desk : second).Payouts.RequestAsync(desk.Scope, Request(100_00, owner: "")))).ToList();
        await Task.WhenAll([.. asked, Task.Run(() => second.Payees.OwnerChangedAsync(desk.Scope))]);
        // asked for before, or refused because of what changed and nothing else
        foreach (var outcome in await Task.WhenAll(asked))
            Assert.All(outcome.Errors, e => Assert.True(e.Code is "identity_missing" or "tax_profile_missing" or "destination_missing" or CommerceErrors.Conflict, e.Code));
        Assert.Equal(0, await desk.Commerce.CountAsync("payout", "state not in ('Rejected')"));
        Assert.Equal((1_000_00L, 0L), await desk.HasAsync(""));
        await desk.AssertSoundAsync();
    }
}
