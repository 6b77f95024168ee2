using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

/// <summary>An order was confirmed by hand because its callback was lost, staff gave money back by hand, and then the callback comes after all: it is the same money, and went back already.</summary>
public sealed class HandRefundTests
{
    private static readonly LedgerAccount ByHand = new("manual", LedgerPurpose.ProviderClearing);

    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task What_staff_gave_back_isnt_given_back_again_by_the_gateway_whose_payment_comes_late(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await ConfirmedAsync(shop);
        await GiveByHandAsync(shop, order, 1000);
        await HasAsync(shop, (ByHand, 0), (Pending, 0), (Buyers, 0));

        Assert.True((await shop.ApplyAsync(Shop.Event(order))).Accepted);
        await StandsAsync(shop, order, captured: 0, due: 0, back: 1000);
        Assert.Equal(OrderState.Refunded, await shop.StateAsync(order));
        Assert.Null(await AskAsync(shop, order));
        Assert.Empty(await shop.Desk.RefundsDueAsync(shop.Scope));
        Assert.Equal(1, await shop.MessagesAsync(OrderEvents.Refunded));
        // the buyer's money is at the gateway, what went back left the bank
        await HasAsync(shop, (Provider, -1000), (ByHand, 1000), (Pending, 0), (Revenue, 0), (Buyers, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task After_a_part_was_given_back_by_hand_only_what_is_decided_besides_is_asked_of_the_gateway(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await ConfirmedAsync(shop);
        await GiveByHandAsync(shop, order, 400);
        Assert.True((await GrantAsync(shop, order, 100)).Succeeded);
        await shop.ApplyAsync(Shop.Event(order));
        await StandsAsync(shop, order, captured: 500, due: 100, back: 400);
        Assert.True((await GrantAsync(shop, order, 200)).Succeeded);
        await StandsAsync(shop, order, captured: 300, due: 300, back: 400);
        Assert.Equal(300, (await AskAsync(shop, order))!.Amount.Minor);
        await GiveBackAsync(shop, order);
        await StandsAsync(shop, order, captured: 300, due: 0, back: 700);
        Assert.Equal(OrderState.PartiallyRefunded, await shop.StateAsync(order));
        await HasAsync(shop, (Provider, -700), (ByHand, 400), (Buyers, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_was_decided_and_nobody_gave_back_yet_is_asked_of_the_gateway(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await ConfirmedAsync(shop);
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        await shop.ApplyAsync(Shop.Event(order));
        Assert.Equal(400, (await AskAsync(shop, order))!.Amount.Minor);
        // and from then on staff don't do it too
        var late = ByStaff(order, 400, "late");
        Assert.Equal(CommerceErrors.RefundUnderWay, (await shop.Commerce.Get<PaymentIntake>().ApplyAsync(shop.Scope, late, "anna", "bank", CancellationToken.None)).Error?.Code);
        await GiveBackAsync(shop, order);
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        await HasAsync(shop, (Provider, -600), (ByHand, 0), (Buyers, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_staff_gave_back_at_the_gateways_own_desk_and_recorded_counts_once_when_the_gateway_tells_it_too(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await ConfirmedAsync(shop);
        var atTheDesk = shop.Commerce.Clock.GetUtcNow();
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(2));
        await GiveByHandAsync(shop, order, 400);
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(2));
        // in both orders
        await shop.ApplyAsync(Told(order, 400, atTheDesk, "told"));
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        await shop.ApplyAsync(Shop.Event(order));
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        await HasAsync(shop, (Provider, -600), (ByHand, 0), (Buyers, 0));
        await SoundAsync(shop);

        // what is decided later goes back besides
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        Assert.Equal(400, (await AskAsync(shop, order))!.Amount.Minor);
        await GiveBackAsync(shop, order);
        await StandsAsync(shop, order, captured: 200, due: 0, back: 800);
        await SoundAsync(shop);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite, 250, -2)]
    [InlineData(CommerceDialect.Sqlite, 400, 2)]
    [InlineData(CommerceDialect.Postgres, 250, -2)]
    [InlineData(CommerceDialect.Postgres, 400, 2)]
    public async Task Another_amount_or_one_after_it_was_recorded_is_another_refund(CommerceDialect dialect, long minor, int minutes)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await ConfirmedAsync(shop);
        await GiveByHandAsync(shop, order, 400);
        await shop.ApplyAsync(Shop.Event(order));
        await shop.ApplyAsync(Told(order, minor, shop.Commerce.Clock.GetUtcNow().AddMinutes(minutes), "told"));
        await StandsAsync(shop, order, captured: 600 - minor, due: 0, back: 400 + minor);
        await HasAsync(shop, (Provider, -1000 + minor), (ByHand, 400), (Buyers, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_two_payments_that_come_late_one_has_gone_back_in_part_and_the_other_goes_back(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await ConfirmedAsync(shop);
        await GiveByHandAsync(shop, order, 400);
        await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"));
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        await shop.ApplyAsync(Shop.Event(order));
        await StandsAsync(shop, order, captured: 600, due: 1000, back: 400);
        var due = Assert.Single(await shop.Desk.RefundsDueAsync(shop.Scope));
        Assert.Equal($"{order.OrderId}-pay-1", due.PaymentId);
        Assert.Equal(1000, (await AskAsync(shop, order))!.Amount.Minor);
        await GiveBackAsync(shop, order);
        await StandsAsync(shop, order, captured: 600, due: 0, back: 1400);
        await HasAsync(shop, (Provider, -1000), (ByHand, 400), (Buyers, 0));
        await SoundAsync(shop);
        await shop.CorruptAsync("update payments set by_hand = by_hand + 1 where superseded");
        Assert.Contains((await shop.VerifyAsync()).Breaches, b => b.Code == "hand_refund_differs");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_chargeback_of_the_late_payment_leaves_no_more_than_was_paid_to_have_gone_back(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await ConfirmedAsync(shop);
        await GiveByHandAsync(shop, order, 400);
        await shop.ApplyAsync(Shop.Event(order));
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost, amount: 1000));
        await StandsAsync(shop, order, captured: 0, due: 0, back: 1000);
        await HasAsync(shop, (Provider, 0), (Pending, 0), (Buyers, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Any_order_of_the_same_news_comes_to_the_same_end(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var random = new Random(7);
        var ends = new HashSet<(OrderState, long, long, long)>();
        for (var round = 0; round < 12; round++)
        {
            var order = await shop.OrderAsync(Shop.Request(contact: $"b{round}@example.com"));
            var at = shop.Commerce.Clock.GetUtcNow();
            PaymentEvent[] news =
            [
                Shop.Event(order) with { Provider = "manual", PaymentId = order.OrderId }, ByStaff(order, 400, "one") with { OccurredAt = at }, ByStaff(order, 100, "two") with { OccurredAt = at },
                Shop.Event(order), Told(order, 400, at.AddMinutes(-1), "told"), Told(order, 100, at.AddMinutes(1), "more"), Shop.Event(order, payment: "pay-2"),
            ];
            random.Shuffle(news);
            foreach (var e in news)
                // past the outer door: it lets nobody tell of what staff did
                Assert.True((await shop.Commerce.Get<PaymentIntake>().ApplyAsync(shop.Scope, e, null, null, TestContext.Current.CancellationToken)).Accepted);
            var view = await shop.ViewAsync(order);
            ends.Add((view.State, view.Captured.Minor, view.RefundDue.Minor, view.Refunded.Minor));
        }

        // of the first payment 500 went back at the gateway, and of the hand refunds the gateway doesn't know 100
        Assert.Equal((OrderState.PartiallyRefunded, 900, 500, 600), Assert.Single(ends));
        await SoundAsync(shop);
    }

    private static async Task<OrderReceipt> ConfirmedAsync(Shop shop)
    {
        var order = await shop.OrderAsync();
        Assert.Equal(OrderState.Fulfilled, (await shop.Desk.ConfirmByHandAsync(shop.Scope, order.OrderId, "anna", "seen at the gateway")).Value);
        return order;
    }

    private static async Task GiveByHandAsync(Shop shop, OrderReceipt order, long minor)
    {
        Assert.True((await GrantAsync(shop, order, minor)).Succeeded);
        Assert.True((await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "manual", order.OrderId, "anna", "bank transfer 77")).Succeeded);
        await StandsAsync(shop, order, captured: 1000 - minor, due: 0, back: minor);
    }

    private static PaymentEvent ByStaff(OrderReceipt order, long minor, string id) =>
        Shop.Event(order, PaymentEventKind.Refunded, "by-hand-" + order.OrderId + id, amount: minor) with { Provider = "manual", PaymentId = order.OrderId };

    private static PaymentEvent Told(OrderReceipt order, long minor, DateTimeOffset at, string id) => Shop.Event(order, PaymentEventKind.Refunded, order.OrderId + id, amount: minor) with { OccurredAt = at };
}
