using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

/// <summary>What is decided goes back, whatever went back without a decision, and never more than was paid.</summary>
public sealed class PartialRefundTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task What_went_back_before_a_decision_doesnt_count_for_it(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        await BackAsync(shop, order, 600);
        Assert.True((await GrantAsync(shop, order, 250)).Succeeded);
        await StandsAsync(shop, order, captured: 150, due: 250, back: 600);
        Assert.Equal(CommerceErrors.RefundTooHigh, (await GrantAsync(shop, order, 151)).Error?.Code);
        Assert.True((await GrantAsync(shop, order, 150)).Succeeded);
        await StandsAsync(shop, order, captured: 0, due: 400, back: 600);
        Assert.Equal(400, (await AskAsync(shop, order))!.Amount.Minor);
        await GiveBackAsync(shop, order);
        await StandsAsync(shop, order, captured: 0, due: 0, back: 1000);
        Assert.Equal(OrderState.Refunded, await shop.StateAsync(order));
        await HasAsync(shop, (Pending, 0), (Available, 0), (Revenue, 0), (Buyers, 0), (Provider, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_goes_back_at_the_provider_after_a_decision_counts_for_it(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        await BackAsync(shop, order, 300);
        await StandsAsync(shop, order, captured: 600, due: 100, back: 300);
        await BackAsync(shop, order, 300, "more");
        await StandsAsync(shop, order, captured: 400, due: 0, back: 600);
        Assert.Null(await AskAsync(shop, order));
        // 200 of it had been for nothing that was decided, so this goes back besides
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        await StandsAsync(shop, order, captured: 0, due: 400, back: 600);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_a_dispute_over_a_part_that_part_is_lost(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed, amount: 400));
        Assert.Equal(OrderState.Disputed, await shop.StateAsync(order));
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost, amount: 400));
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        Assert.Equal(OrderState.PartiallyRefunded, await shop.StateAsync(order));
        Assert.Single(await shop.KeysAsync(order));
        await HasAsync(shop, (Provider, -594), (Pending, 564), (Revenue, 30));
        // and a decision after it is about what is left
        Assert.True((await GrantAsync(shop, order, 100)).Succeeded);
        await StandsAsync(shop, order, captured: 500, due: 100, back: 400);
        await SoundAsync(shop);
        await shop.CorruptAsync("update payments set lost = lost - 1");
        Assert.Contains((await shop.VerifyAsync()).Breaches, b => b.Code == "payment_differs_from_events");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Who_charges_all_of_it_back_sees_the_goods_no_more_and_the_keys_are_revoked(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var keys = await shop.KeysAsync(order);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost));
        Assert.Equal(OrderState.Refunded, await shop.StateAsync(order));
        Assert.Empty(await shop.KeysAsync(order));
        Assert.Equal((1, 0), (await shop.Commerce.CountAsync("card_key", "state = 'Revoked'"), await shop.Commerce.CountAsync("card_key", "state = 'Delivered'")));
        await SoundAsync(shop);

        // the order lives on another payment that comes after that
        await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"));
        Assert.Equal(OrderState.Fulfilled, await shop.StateAsync(order));
        Assert.Equal(keys, await shop.KeysAsync(order));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Goods_without_keys_are_hidden_after_a_chargeback_too_and_what_a_refund_took_stays_taken(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.ManualAsync(change: o => o with { Merchant = "mer" });
        var manual = await shop.PaidOrderAsync(Shop.Request("manual"));
        Assert.True((await shop.Desk.DeliverByHandAsync(shop.Scope, manual.OrderId, 1, "the secret", "ann")).Succeeded);
        Assert.Single(await shop.KeysAsync(manual));
        await shop.ApplyAsync(Shop.Event(manual, PaymentEventKind.DisputeLost));
        Assert.Empty(await shop.KeysAsync(manual));

        var order = await shop.PaidOrderAsync();
        Assert.True((await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, Draft(order, 400) with { RevokeKeys = true }, "ann", forPlatform: false)).Succeeded);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost));
        await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"));
        Assert.Empty(await shop.KeysAsync(order));
        Assert.Equal(1, await shop.Commerce.CountAsync("card_key", "state = 'Revoked'"));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_dispute_or_a_refund_over_more_than_was_paid_or_nothing_is_refused_and_changes_nothing(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        foreach (var (kind, minor) in new[] { (PaymentEventKind.Disputed, 1001L), (PaymentEventKind.DisputeLost, 1001L), (PaymentEventKind.Disputed, 0L), (PaymentEventKind.DisputeLost, -1L), (PaymentEventKind.Refunded, 1001L), (PaymentEventKind.Refunded, 0L) })
            Assert.Equal(CommerceErrors.AmountMismatch, (await shop.ApplyAsync(Shop.Event(order, kind, $"{kind}{minor}", amount: minor))).Error?.Code);
        await StandsAsync(shop, order, captured: 1000, due: 0, back: 0);
        Assert.Equal(OrderState.Fulfilled, await shop.StateAsync(order));
        await HasAsync(shop, (Pending, 940));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_dispute_that_begins_after_one_was_won_freezes_again_and_late_news_of_the_first_dont_end_it(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        await NewsAsync(PaymentEventKind.Disputed, 1);
        await NewsAsync(PaymentEventKind.DisputeWon, 2);
        Assert.Equal(OrderState.Completed, await shop.StateAsync(order));
        await NewsAsync(PaymentEventKind.Disputed, 3);
        await NewsAsync(PaymentEventKind.DisputeWon, 2, "again");
        Assert.Equal(OrderState.Disputed, await shop.StateAsync(order));
        Assert.Empty(await shop.KeysAsync(order));
        Assert.Equal(940, (await shop.Commerce.Get<LinkShop.Commerce.Ledger.ILedgerReads>().BalanceAsync(shop.Scope, Available, "CNY")).Held.Minor);
        await NewsAsync(PaymentEventKind.DisputeLost, 4);
        await HasAsync(shop, (Available, 0), (Debt, 0), (Provider, 0));
        await SoundAsync(shop);

        async Task NewsAsync(PaymentEventKind kind, int day, string id = "") => Assert.True(
            (await shop.ApplyAsync(Shop.Event(order, kind, $"{kind}{day}{id}") with { OccurredAt = DateTimeOffset.UnixEpoch.AddYears(56).AddDays(day) })).Accepted);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task While_the_payment_is_disputed_no_refund_is_decided_and_none_that_was_asked_for_is_granted(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var refunds = shop.Commerce.Get<IRefunds>();
        var asked = Draft(order, 300);
        Assert.True((await refunds.RequestAsync(shop.Scope, asked)).Succeeded);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        Assert.Equal(CommerceErrors.IllegalTransition, (await GrantAsync(shop, order, 100)).Error?.Code);
        Assert.Equal(CommerceErrors.IllegalTransition, (await AnswerAsync()).Error?.Code);
        Assert.Equal(0, await shop.Commerce.CountAsync("refund", "state = 'Approved'"));
        await StandsAsync(shop, order, captured: 1000, due: 0, back: 0);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon));
        Assert.True((await AnswerAsync()).Succeeded);
        await StandsAsync(shop, order, captured: 700, due: 300, back: 0);
        await SoundAsync(shop);

        Task<CommerceResult<RefundView>> AnswerAsync() => refunds.AnswerAsync(shop.Scope, asked.Id, approve: true, RefundPayer.Merchant, revokeKeys: false, "ann", null, forPlatform: false);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_dispute_after_a_refund_freezes_what_is_still_at_stake(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync(Shop.Request(contact: "two@example.com"));
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        Assert.True((await GrantAsync(shop, order, 600)).Succeeded);
        await GiveBackAsync(shop, order);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        var balance = await shop.Commerce.Get<LinkShop.Commerce.Ledger.ILedgerReads>().BalanceAsync(shop.Scope, Available, "CNY");
        Assert.Equal((1316, 376), (balance.Balance.Minor, balance.Held.Minor));
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon));
        Assert.Equal(0, (await shop.Commerce.Get<LinkShop.Commerce.Ledger.ILedgerReads>().BalanceAsync(shop.Scope, Available, "CNY")).Held.Minor);
        await SoundAsync(shop);
    }
}
