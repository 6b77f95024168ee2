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
    public async Task What_was_asked_for_is_never_asked_again_once_less_of_it_is_due(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        Assert.Equal(400, (await AskAsync(shop, order))!.Amount.Minor);
        // by somebody at the provider, who doesn't know that it was asked for already
        await BackAsync(shop, order, 300);
        await StandsAsync(shop, order, captured: 600, due: 100, back: 300);
        Assert.Null(await AskAsync(shop, order));
        Assert.Equal((1, 400), (await shop.Commerce.CountAsync("payments", "refund_asks = 1 and not refund_refused"), await shop.Commerce.Database.ReadSystemAsync(c => c.QuerySingleOrDefaultAsync<long>("select refund_asked from payments"))));
        // a person finds out what came of it, and records the rest
        Assert.True((await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "asked the provider")).Succeeded);
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        Assert.Null(await AskAsync(shop, order));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_answer_to_our_own_request_counts_once_however_often_it_comes(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        var ask = (await AskAsync(shop, order))!;
        // decided while the answer is on its way
        Assert.True((await GrantAsync(shop, order, 100)).Succeeded);
        for (var times = 0; times < 2; times++)
            await BackAsync(shop, order, 400, ask.RefundId);
        await StandsAsync(shop, order, captured: 500, due: 100, back: 400);
        Assert.Equal(100, (await AskAsync(shop, order))!.Amount.Minor);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Staff_dont_record_by_hand_what_the_provider_may_give_back_at_any_moment(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        var ask = (await AskAsync(shop, order))!;
        Assert.Equal(CommerceErrors.RefundUnderWay, (await ByHandAsync()).Error?.Code);
        await StandsAsync(shop, order, captured: 600, due: 400, back: 0);
        Assert.Equal(0, await shop.Commerce.CountAsync("payment_events", "kind = 'Refunded'"));

        var asks = shop.Commerce.Get<IRefundAsks>();
        await asks.RefusedAsync(shop.Scope, ask with { RefundId = "another" }, "test");
        Assert.Equal(CommerceErrors.RefundUnderWay, (await ByHandAsync()).Error?.Code);
        await asks.RefusedAsync(shop.Scope, ask, "test");
        // asked again after the refusal, so it may happen again
        Assert.Equal(ask, await AskAsync(shop, order));
        Assert.Equal(CommerceErrors.RefundUnderWay, (await ByHandAsync()).Error?.Code);
        await asks.RefusedAsync(shop.Scope, ask, "test");
        Assert.True((await ByHandAsync()).Succeeded);
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        Assert.Null(await AskAsync(shop, order));
        await SoundAsync(shop);

        Task<CommerceResult<OrderState>> ByHandAsync() => shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "bank transfer 77");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_staff_gave_back_at_the_providers_desk_and_recorded_counts_once_when_the_provider_tells_of_it_too(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var (order, asks) = (await shop.PaidOrderAsync(), shop.Commerce.Get<IRefundAsks>());
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        await asks.RefusedAsync(shop.Scope, (await AskAsync(shop, order))!, "test");
        Assert.True((await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "at its desk")).Succeeded);
        for (var times = 0; times < 2; times++)
        {
            Assert.Equal(PaymentOutcomeKind.Duplicate, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "told late", amount: 400))).Kind);
            await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        }

        var entry = Assert.Single((await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events, h => h.Kind == "payment_refunded");
        Assert.Equal(("anna", "at its desk"), (entry.Actor, entry.Note));
        // one more of that amount is another one
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "one more", amount: 400))).Kind);
        await StandsAsync(shop, order, captured: 200, due: 0, back: 800);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_staff_recorded_isnt_what_the_provider_is_asked_for_after_it(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        Assert.True((await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "bank transfer 77")).Succeeded);
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        var ask = (await AskAsync(shop, order))!;
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "answer", amount: 400) with { RefundId = ask.RefundId })).Kind);
        await StandsAsync(shop, order, captured: 200, due: 0, back: 800);
        Assert.Null(await AskAsync(shop, order));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_the_provider_refused_because_somebody_gave_a_part_back_there_is_asked_again_less_that_part(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var (order, asks) = (await shop.PaidOrderAsync(), shop.Commerce.Get<IRefundAsks>());
        Assert.True((await GrantAsync(shop, order, 1000)).Succeeded);
        var ask = (await AskAsync(shop, order))!;
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "at its desk", amount: 400));
        // nobody knows what came of the question: to ask anew could give back twice
        Assert.Null(await AskAsync(shop, order));
        await asks.RefusedAsync(shop.Scope, ask, "test");
        var rest = (await AskAsync(shop, order))!;
        Assert.Equal((600, true), (rest.Amount.Minor, rest.RefundId != ask.RefundId));
        Assert.Equal(rest, await AskAsync(shop, order));
        // the refusal of the first question, told once more, is none of the second
        await asks.RefusedAsync(shop.Scope, ask, "test");
        Assert.Equal(CommerceErrors.RefundUnderWay, (await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "bank transfer 77")).Error?.Code);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, rest.RefundId, amount: 600));
        await StandsAsync(shop, order, captured: 0, due: 0, back: 1000);
        Assert.Null(await AskAsync(shop, order));
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
        Assert.True((await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, Draft(order, 400) with { RevokeKeys = true }, "ann")).Succeeded);
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

    private static Task<RefundRequest?> AskAsync(Shop shop, OrderReceipt order) => shop.Commerce.Get<IRefundAsks>().NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1");

    private static async Task BackAsync(Shop shop, OrderReceipt order, long minor, string id = "back") =>
        Assert.True((await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, $"{order.OrderId}-{id}", amount: minor))).Accepted);

    private static async Task StandsAsync(Shop shop, OrderReceipt order, long captured, long due, long back)
    {
        var view = await shop.ViewAsync(order);
        Assert.Equal((captured, due, back), (view.Captured.Minor, view.RefundDue.Minor, view.Refunded.Minor));
    }
}
