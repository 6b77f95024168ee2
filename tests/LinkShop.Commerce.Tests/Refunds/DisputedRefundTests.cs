using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

/// <summary>While the provider decides about a payment, nobody gives it back besides.</summary>
public sealed class DisputedRefundTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_disputed_payment_is_asked_back_once_the_dispute_is_won(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await TwicePaidAndDisputedAsync(shop);
        Assert.Null(await AskAsync(shop, order, "pay-2"));
        var wanted = await shop.MessagesAsync(OrderEvents.RefundWanted);

        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon, payment: "pay-2"));
        Assert.Equal(wanted + 1, await shop.MessagesAsync(OrderEvents.RefundWanted));
        Assert.Equal(1000, (await AskAsync(shop, order, "pay-2"))!.Amount.Minor);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_a_payment_that_a_dispute_took_nothing_is_asked_back(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await TwicePaidAndDisputedAsync(shop);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost, payment: "pay-2"));
        Assert.Null(await AskAsync(shop, order, "pay-2"));
        var view = await shop.ViewAsync(order);
        Assert.Equal((OrderState.Fulfilled, 1000L, 0L, 1000L), (view.State, view.Captured.Minor, view.RefundDue.Minor, view.Refunded.Minor));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_decided_refund_is_not_asked_for_again_while_its_payment_is_disputed(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        var first = (await AskAsync(shop, order, "pay-1"))!;
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed, amount: 600));
        Assert.Null(await AskAsync(shop, order, "pay-1"));
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon, amount: 600));
        Assert.Equal(first.RefundId, (await AskAsync(shop, order, "pay-1"))?.RefundId);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Nobody_records_a_refund_by_hand_while_the_payment_is_disputed_and_the_books_stay_as_they_are(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await TwicePaidAndDisputedAsync(shop);
        var byHand = Shop.Event(order, PaymentEventKind.Refunded, payment: "pay-2");
        Task<PaymentOutcome> RecordAsync() => shop.Commerce.Get<PaymentIntake>().ApplyAsync(shop.Scope, byHand, "anna", "bank", CancellationToken.None);

        Assert.Equal(CommerceErrors.PaymentDisputed, (await RecordAsync()).Error?.Code);
        Assert.Equal((1000L, 0L), ((await shop.ViewAsync(order)).RefundDue.Minor, (await shop.ViewAsync(order)).Refunded.Minor));
        await HasAsync(shop, (Provider, -1990));

        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon, payment: "pay-2"));
        Assert.Equal(PaymentOutcomeKind.Applied, (await RecordAsync()).Kind);
        Assert.Equal((0L, 1000L), ((await shop.ViewAsync(order)).RefundDue.Minor, (await shop.ViewAsync(order)).Refunded.Minor));
        await HasAsync(shop, (Provider, -990));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_went_back_beyond_a_payment_is_in_the_books_and_told(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded));
        await HasAsync(shop, (Provider, 0), (Revenue, 0));
        // the dispute that had begun before is lost as well
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed, amount: 600));
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost, amount: 600));

        await HasAsync(shop, (Provider, 600), (Revenue, -600), (Buyers, 0), (Pending, 0));
        Assert.Equal(1, await shop.MessagesAsync("OrderGivenBackTwice"));
        Assert.Equal((OrderState.Refunded, 1000L), (await shop.StateAsync(order), (await shop.ViewAsync(order)).Refunded.Minor));
        await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"));
        await HasAsync(shop, (Buyers, 0));
        Assert.Equal(1, await shop.MessagesAsync("OrderGivenBackTwice"));
        await SoundAsync(shop);
    }

    /// <summary>The news of the second payment overtook each other: the dispute about it is known before it is.</summary>
    private static async Task<OrderReceipt> TwicePaidAndDisputedAsync(Shop shop)
    {
        var order = await shop.PaidOrderAsync();
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed, payment: "pay-2"));
        await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"));
        Assert.Equal(1000, (await shop.ViewAsync(order)).RefundDue.Minor);
        return order;
    }
}
