using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Splits;

/// <summary>Whoever owes has nothing to be paid out: by whatever way money becomes free for them, it pays the debt first.</summary>
public sealed class DebtTests
{
    private static readonly LedgerAccount s_promoted = new("mer", LedgerPurpose.PromoterAvailable);

    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    public static TheoryData<CommerceDialect, PayoutState> Returns => new(
        from dialect in new[] { CommerceDialect.Sqlite, CommerceDialect.Postgres } from end in new[] { PayoutState.Rejected, PayoutState.Cancelled, PayoutState.Failed } select (dialect, end));

    [Theory, MemberData(nameof(Returns))]
    public async Task A_payout_that_comes_back_pays_what_its_owner_came_to_owe_meanwhile(CommerceDialect dialect, PayoutState end)
    {
        await using var shop = await OpenAsync(dialect);
        await VerifiedPayeeAsync(shop);
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        var payout = (await RequestAsync(shop, 940)).Value;
        var payouts = shop.Commerce.Get<IPayouts>();
        if (end == PayoutState.Failed)
        {
            Assert.True((await payouts.ApproveAsync(shop.Scope, payout.Id, "clerk")).Succeeded);
            Assert.True((await payouts.SendAsync(shop.Scope, payout.Id)).Succeeded);
        }

        Assert.True((await GrantAsync(shop, order, 1000, forPlatform: true)).Succeeded);
        await HasAsync(shop, (Available, 940), (Debt, -940));

        var ended = end switch
        {
            PayoutState.Rejected => await payouts.RejectAsync(shop.Scope, payout.Id, "clerk", "a refund came"),
            PayoutState.Cancelled => await payouts.CancelAsync(shop.Scope, payout.Id, "mer"),
            _ => await payouts.ConfirmFailedAsync(shop.Scope, payout.Id, "no such account", "boss"),
        };
        Assert.Equal(end, ended.Value.State);
        await HasAsync(shop, (Available, 0), (Debt, 0), (Revenue, 0));
        Assert.Equal(CommerceErrors.InsufficientFunds, (await RequestAsync(shop, 940)).Error?.Code);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_was_kept_back_for_a_while_pays_a_debt_when_it_is_released(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect, p => p with { ReserveBasisPoints = 2_000, ReserveDays = 30 });
        Assert.True((await shop.Commerce.Get<IMerchants>().SaveAsync(shop.Scope, new Merchant("mer", "Mer", null, null, default), "boss")).Succeeded);
        await shop.PaidOrderAsync();
        var refunded = await shop.PaidOrderAsync(Shop.Request(contact: "two@example.com"));
        await ReleaseAsync(shop);
        await PayOutAsync(shop, 1504);
        Assert.True((await GrantAsync(shop, refunded, 1000, forPlatform: true)).Succeeded);
        await HasAsync(shop, (Available, 0), (Reserved, 188), (Debt, -752));
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(31));
        await shop.Commerce.Get<IReleases>().SweepAsync();
        await HasAsync(shop, (Available, 0), (Reserved, 0), (Debt, -564));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_dispute_froze_pays_a_debt_when_the_dispute_is_won(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var disputed = await shop.PaidOrderAsync();
        var refunded = await shop.PaidOrderAsync(Shop.Request(contact: "two@example.com"));
        await ReleaseAsync(shop);
        await shop.ApplyAsync(Shop.Event(disputed, PaymentEventKind.Disputed));
        await PayOutAsync(shop, 940);
        Assert.True((await GrantAsync(shop, refunded, 1000, forPlatform: true)).Succeeded);
        await HasAsync(shop, (Available, 940), (Debt, -940));
        await shop.ApplyAsync(Shop.Event(disputed, PaymentEventKind.DisputeWon));
        await HasAsync(shop, (Available, 0), (Debt, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_promoters_debt_is_paid_out_of_what_the_same_person_has_as_a_merchant(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync(Shop.Request() with { Promoter = "mer" });
        await ReleaseAsync(shop);
        await HasAsync(shop, (Available, 840), (s_promoted, 100));
        Assert.True((await shop.Commerce.Database.WriteAsync(shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(
            c, [LedgerTransfer.Move("out", s_promoted, new("bank", LedgerPurpose.ProviderClearing), new Money(100, "CNY"), "payout")]))).Succeeded);
        Assert.True((await GrantAsync(shop, order, 500, forPlatform: true)).Succeeded);
        await HasAsync(shop, (Available, 370), (s_promoted, 0), (Debt, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_payout_is_never_asked_for_of_what_is_owed_and_leaves_no_hold(CommerceDialect dialect)
    {
        await using var shop = await OwingAsync(dialect);
        await VerifiedPayeeAsync(shop);
        Assert.Equal(CommerceErrors.InsufficientFunds, (await RequestAsync(shop, 841)).Error?.Code);
        Assert.Equal((0, 0), (await shop.Commerce.CountAsync("payout"), await shop.Commerce.CountAsync("ledger_hold")));
        Assert.True((await RequestAsync(shop, 840)).Succeeded);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Verification_finds_who_owes_and_has_something_free_and_the_sweep_pays_it(CommerceDialect dialect)
    {
        await using var shop = await OwingAsync(dialect);
        await shop.CorruptAsync("delete from outbox");
        Assert.Equal([("debt_beside_free_money", "mer")], (await shop.VerifyAsync()).Breaches.Select(b => (b.Code, b.Id)));
        Assert.Equal(1, await shop.Commerce.Get<Debts>().SweepAsync());
        Assert.Equal(0, await shop.Commerce.Get<Debts>().SweepAsync());
        await HasAsync(shop, (Available, 840), (Debt, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_debt_in_one_currency_tenant_or_of_another_owner_is_paid_by_nothing_else(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        await OweAsync(shop, shop.Scope, "mer", "USD");
        await OweAsync(shop, shop.Scope, "else", "CNY");
        await OweAsync(shop, TestCommerce.Other, "mer", "CNY");
        await ReleaseAsync(shop);
        Assert.Equal(0, await shop.Commerce.Get<Debts>().SweepAsync());
        await HasAsync(shop, (Available, 940), (Debt, 0));
        await SoundAsync(shop);
    }

    // as a database of before: somebody owes 100 beside 940 that are free
    private static async Task<Shop> OwingAsync(CommerceDialect dialect)
    {
        var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        await OweAsync(shop, shop.Scope, "mer", "CNY");
        return shop;
    }

    private static async Task OweAsync(Shop shop, TenantScope scope, string owner, string currency) => Assert.True((await shop.Commerce.Database.WriteAsync(scope, c => shop.Commerce.Get<ILedger>().PostAsync(
        c, [LedgerTransfer.Move("owed-" + owner + currency, new(owner, LedgerPurpose.Debt), new("bank", LedgerPurpose.ProviderClearing), new Money(100, currency), "taken_back")]))).Succeeded);

    private static Task<CommerceResult<Payout>> RequestAsync(Shop shop, long minor) => shop.Commerce.Get<IPayouts>().RequestAsync(
        shop.Scope, new PayoutRequest { Id = Guid.NewGuid().ToString("n"), Owner = "mer", Purpose = LedgerPurpose.MerchantAvailable, Amount = new Money(minor, "CNY"), Actor = "mer" });

    private static async Task VerifiedPayeeAsync(Shop shop)
    {
        var payees = shop.Commerce.Get<IPayees>();
        var saved = (await payees.SaveAsync(shop.Scope, Payouts.Desk.Profile("mer", provider: "manual", kind: PayoutDestinationKind.Bank), "mer")).Value;
        Assert.True((await payees.VerifyIdentityAsync(shop.Scope, "mer", saved.Version, "clerk")).Succeeded);
        Assert.True((await payees.VerifyDestinationAsync(shop.Scope, "mer", saved.Version, "clerk")).Succeeded);
    }
}
