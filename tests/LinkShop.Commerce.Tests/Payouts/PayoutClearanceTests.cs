using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Referrals;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Payouts;

/// <summary>What was asked for doesn't leave once its owner has come to owe, or a promoter is looked at.</summary>
public sealed class PayoutClearanceTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    public static TheoryData<CommerceDialect, bool> BothAndWhether => new(from dialect in new[] { CommerceDialect.Sqlite, CommerceDialect.Postgres } from approved in new[] { true, false } select (dialect, approved));

    [Theory, MemberData(nameof(BothAndWhether))]
    public async Task Nothing_leaves_while_its_owner_owes_and_the_sweep_pays_the_debt_of_what_was_set_aside(CommerceDialect dialect, bool approved)
    {
        await using var shop = await OpenAsync(dialect);
        await VerifiedAsync(shop, "mer");
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        var (payouts, sweep) = (shop.Commerce.Get<IPayouts>(), shop.Commerce.Get<IPayoutSweep>());
        var payout = (await RequestAsync(shop, "mer", LedgerPurpose.MerchantAvailable, 940)).Value;
        if (approved)
            Assert.True((await payouts.ApproveAsync(shop.Scope, payout.Id, "clerk")).Succeeded);
        Assert.True((await GrantAsync(shop, order, 1000, forPlatform: true)).Succeeded);
        await HasAsync(shop, (Available, 940), (Debt, -940));
        var before = (await shop.Commerce.CountAsync("ledger_transfer"), await StateAsync(shop, payout.Id));
        var refused = approved ? await payouts.SendAsync(shop.Scope, payout.Id) : await payouts.ApproveAsync(shop.Scope, payout.Id, "clerk");
        Assert.Equal("owner_owes", refused.Error?.Code);
        Assert.Equal(before, (await shop.Commerce.CountAsync("ledger_transfer"), await StateAsync(shop, payout.Id)));

        Assert.Equal(0, await sweep.SweepAsync());
        var ended = (await payouts.GetAsync(shop.Scope, payout.Id))!;
        Assert.Equal((PayoutState.Rejected, "owner_owes", 0), (ended.State, ended.Note, ended.Attempts));
        await HasAsync(shop, (Available, 0), (Debt, 0));
        var after = await shop.Commerce.CountAsync("ledger_transfer");
        Assert.Equal(0, await sweep.SweepAsync());
        Assert.Equal(after, await shop.Commerce.CountAsync("ledger_transfer"));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_file_for_the_bank_leaves_out_whoever_has_come_to_owe(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await VerifiedAsync(shop, "mer");
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        var payouts = shop.Commerce.Get<IPayouts>();
        var payout = (await RequestAsync(shop, "mer", LedgerPurpose.MerchantAvailable, 940)).Value;
        Assert.True((await payouts.ApproveAsync(shop.Scope, payout.Id, "clerk")).Succeeded);
        Assert.Equal(PayoutState.Sending, (await payouts.SendAsync(shop.Scope, payout.Id)).Value.State);
        Assert.True((await GrantAsync(shop, order, 1000, forPlatform: true)).Succeeded);
        Assert.DoesNotContain(payout.Id, await FileAsync(shop), StringComparison.Ordinal);
        Assert.Equal(0, (await payouts.GetAsync(shop.Scope, payout.Id))!.Exports);
        Assert.True((await payouts.ConfirmFailedAsync(shop.Scope, payout.Id, "owes", "boss")).Succeeded);
        await HasAsync(shop, (Available, 0), (Debt, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_in_a_file_already_stays_in_the_next_one(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await VerifiedAsync(shop, "mer");
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        var payouts = shop.Commerce.Get<IPayouts>();
        var payout = (await RequestAsync(shop, "mer", LedgerPurpose.MerchantAvailable, 940)).Value;
        Assert.True((await payouts.ApproveAsync(shop.Scope, payout.Id, "clerk")).Succeeded);
        Assert.True((await payouts.SendAsync(shop.Scope, payout.Id)).Succeeded);
        Assert.Contains(payout.Id, await FileAsync(shop), StringComparison.Ordinal);
        Assert.True((await GrantAsync(shop, order, 1000, forPlatform: true)).Succeeded);
        Assert.Contains("yes", await FileAsync(shop), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BothAndWhether))]
    public async Task A_promoters_payout_waits_while_they_are_switched_off_and_goes_on_after(CommerceDialect dialect, bool approved)
    {
        await using var world = await ReferralWorld.OpenAsync(dialect);
        await world.SellAsync(await world.SellerAsync("ann"), quantity: 9);
        await world.ReleaseAsync();
        await VerifiedAsync(world.Shop, "ann");
        var (payouts, sweep) = (world.Shop.Commerce.Get<IPayouts>(), world.Shop.Commerce.Get<IPayoutSweep>());
        var payout = (await RequestAsync(world.Shop, "ann", LedgerPurpose.PromoterAvailable, 500)).Value;
        if (approved)
            Assert.True((await payouts.ApproveAsync(world.Scope, payout.Id, "clerk")).Succeeded);
        Assert.True((await world.Promoters.KillAsync(world.Scope, "ann", true, "Spam.", "boss")).Succeeded);
        var before = await StateAsync(world.Shop, payout.Id);
        var refused = approved ? await payouts.SendAsync(world.Scope, payout.Id) : await payouts.ApproveAsync(world.Scope, payout.Id, "clerk");
        Assert.Equal("owner_stopped", refused.Error?.Code);
        Assert.Equal("owner_stopped", (await RequestAsync(world.Shop, "ann", LedgerPurpose.PromoterAvailable, 100)).Error?.Code);
        Assert.Equal(1, await world.Shop.Commerce.CountAsync("payout"));
        Assert.Equal(0, await sweep.SweepAsync());
        Assert.Equal(before, await StateAsync(world.Shop, payout.Id));

        Assert.True((await world.Promoters.KillAsync(world.Scope, "ann", false, "It was none.", "boss")).Succeeded);
        if (!approved)
            Assert.True((await payouts.ApproveAsync(world.Scope, payout.Id, "clerk")).Succeeded);
        Assert.Equal(1, await sweep.SweepAsync());
        Assert.Equal(PayoutState.Sending, (await payouts.GetAsync(world.Scope, payout.Id))!.State);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_somebody_earned_as_a_merchant_doesnt_wait_for_what_is_said_of_them_as_a_promoter(CommerceDialect dialect)
    {
        await using var world = await ReferralWorld.OpenAsync(dialect);
        await world.Shop.PaidOrderAsync();
        await ReleaseAsync(world.Shop);
        await world.JoinAsync("mer");
        await VerifiedAsync(world.Shop, "mer");
        Assert.True((await world.Promoters.KillAsync(world.Scope, "mer", true, "Spam.", "boss")).Succeeded);
        var payouts = world.Shop.Commerce.Get<IPayouts>();
        var payout = (await RequestAsync(world.Shop, "mer", LedgerPurpose.MerchantAvailable, 800)).Value;
        Assert.True((await payouts.ApproveAsync(world.Scope, payout.Id, "clerk")).Succeeded);
        Assert.Equal(PayoutState.Sending, (await payouts.SendAsync(world.Scope, payout.Id)).Value.State);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_its_provider_may_have_paid_is_asked_about_although_its_owner_owes_by_now(CommerceDialect dialect)
    {
        var answers = new Queue<PayoutSendResult>([PayoutSendResult.Pending, PayoutSendResult.Paid("psp-1")]);
        await using var desk = await Desk.OpenAsync(dialect, WrappedProvider.Around((_, _, _) => Task.FromResult(answers.Dequeue())));
        await desk.VerifiedAsync();
        var payout = await desk.ApprovedAsync();
        Assert.Equal(PayoutState.Sending, (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Value.State);
        await desk.Commerce.Database.WriteAsync(desk.Scope, async c => Assert.True((await desk.Commerce.Get<ILedger>().PostAsync(
            c, [LedgerTransfer.Move("owes", new LedgerAccount(Desk.Ann, LedgerPurpose.Debt), new LedgerAccount("psp", LedgerPurpose.ProviderClearing), Desk.Yuan(10), "refund")])).Succeeded));
        desk.Commerce.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await desk.Commerce.Get<IPayoutSweep>().SweepAsync());
        Assert.Equal((PayoutState.Paid, 2), (await desk.Payouts.GetAsync(desk.Scope, payout.Id)) is { } paid ? (paid.State, paid.Attempts) : default);
        Assert.Equal((700_00L, 0L), await desk.HasAsync());
    }

    private static async Task<string> FileAsync(Shop shop)
    {
        using var output = new MemoryStream();
        Assert.True((await shop.Commerce.Get<IPayoutFile>().WriteAsync(shop.Scope, output, "clerk")).Succeeded);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static async Task<(PayoutState State, int Attempts)> StateAsync(Shop shop, string id) =>
        (await shop.Commerce.Get<IPayouts>().GetAsync(shop.Scope, id)) is { } payout ? (payout.State, payout.Attempts) : default;

    private static Task<CommerceResult<Payout>> RequestAsync(Shop shop, string owner, LedgerPurpose purpose, long minor) => shop.Commerce.Get<IPayouts>().RequestAsync(
        shop.Scope, new PayoutRequest { Id = Guid.NewGuid().ToString("n"), Owner = owner, Purpose = purpose, Amount = new Money(minor, "CNY"), Actor = owner });

    private static async Task VerifiedAsync(Shop shop, string owner)
    {
        var payees = shop.Commerce.Get<IPayees>();
        var saved = (await payees.SaveAsync(shop.Scope, Desk.Profile(owner, provider: "manual", kind: PayoutDestinationKind.Bank), owner)).Value;
        Assert.True((await payees.VerifyIdentityAsync(shop.Scope, owner, saved.Version, "clerk")).Succeeded);
        Assert.True((await payees.VerifyDestinationAsync(shop.Scope, owner, saved.Version, "clerk")).Succeeded);
    }
}
