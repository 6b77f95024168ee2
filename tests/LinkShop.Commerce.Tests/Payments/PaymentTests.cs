using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Payments;

public sealed class PaymentTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite, "card")]
    [InlineData(CommerceDialect.Postgres, "card")]
    [InlineData(CommerceDialect.Sqlite, "manual")]
    [InlineData(CommerceDialect.Postgres, "manual")]
    public async Task The_same_callback_a_hundred_times_at_once_has_one_effect_and_succeeds_each_time(CommerceDialect dialect, string sku)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        await shop.CardsAsync(keys: 50);
        await shop.ManualAsync();
        var order = await shop.OrderAsync(Shop.Request(sku));
        var gate = dialect == CommerceDialect.Postgres ? await OrderGate.CloseAsync(shop.Commerce.ConnectionString, order.OrderId) : null;
        var calls = Enumerable.Range(0, 100).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).ApplyAsync(Shop.Event(order)))).ToArray();
        if (gate is not null)
            await gate.OpenWhenWaitingAsync(20);
        var outcomes = await Task.WhenAll(calls);

        Assert.All(outcomes, o => Assert.True(o.Accepted));
        Assert.Equal(1, outcomes.Count(o => o.Kind == PaymentOutcomeKind.Applied));
        Assert.Equal(99, outcomes.Count(o => o.Kind == PaymentOutcomeKind.Duplicate));
        Assert.Equal(sku == "card" ? 1 : 0, await shop.Commerce.CountAsync("deliveries"));
        Assert.Equal(sku == "card" ? 1 : 0, await shop.Commerce.CountAsync("card_key", "state = 'Delivered'"));
        Assert.Equal(sku == "card" ? 0 : 1, await shop.Commerce.CountAsync("order_tasks"));
        Assert.Equal(sku == "card" ? 0 : 1, await shop.MessagesAsync(OrderEvents.Paid));
        Assert.Equal(sku == "card" ? 1 : 0, await shop.MessagesAsync(OrderEvents.Fulfilled));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_wrong_amount_currency_or_order_is_refused_and_recorded_and_delivers_nothing(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.OrderAsync();
        var less = Shop.Event(order, id: "less", amount: 999);
        Assert.Equal(CommerceErrors.AmountMismatch, (await shop.ApplyAsync(less)).Error!.Code);
        Assert.Equal(CommerceErrors.AmountMismatch, (await shop.ApplyAsync(Shop.Event(order, id: "more", amount: 1001))).Error!.Code);
        Assert.Equal(CommerceErrors.AmountMismatch, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "back", amount: -5))).Error!.Code);
        Assert.Equal(CommerceErrors.CurrencyMismatch, (await shop.ApplyAsync(Shop.Event(order, id: "usd") with { Amount = new Money(1000, "USD") })).Error!.Code);
        Assert.Equal(CommerceErrors.UnknownOrder, (await shop.ApplyAsync(Shop.Event(order, id: "who") with { OrderId = "nobody" })).Error!.Code);

        // told again, the gateway hears the same
        var again = await shop.ApplyAsync(less);
        Assert.Equal((PaymentOutcomeKind.Duplicate, CommerceErrors.AmountMismatch), (again.Kind, again.Error!.Code));
        Assert.Equal(CommerceErrors.UnknownOrder, (await shop.ApplyAsync(Shop.Event(order, id: "who") with { OrderId = "nobody" })).Error!.Code);
        // the id of a refused event can't be used for a better one
        Assert.Equal(CommerceErrors.EventConflict, (await shop.ApplyAsync(Shop.Event(order, id: "less"))).Error!.Code);

        Assert.Equal(OrderState.AwaitingPayment, await shop.StateAsync(order));
        Assert.Equal(0, await shop.Commerce.CountAsync("deliveries"));
        Assert.Equal(5, await shop.Commerce.CountAsync("payment_events", "refused is not null"));
        Assert.Equal(5, await shop.MessagesAsync(OrderEvents.PaymentRefused));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData("reconciliation:1:1")]
    [InlineData("by-hand-1")]
    [InlineData("by-bank-1")]
    [InlineData("By-Bank-1")]
    public async Task Nobody_outside_can_tell_of_what_staff_did(string id)
    {
        await using var shop = await Shop.OpenAsync(CommerceDialect.Sqlite);
        await shop.CardsAsync();
        var order = await shop.OrderAsync();
        await shop.ApplyAsync(Shop.Event(order));
        var outcome = await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, id));
        Assert.Equal((PaymentOutcomeKind.Refused, CommerceErrors.Invalid, "eventId"), (outcome.Kind, outcome.Error!.Code, outcome.Error.Field));
        Assert.Equal(1, await shop.Commerce.CountAsync("payment_events"));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task One_payment_pays_one_order(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync();
        var (paid, other) = (await shop.PaidOrderAsync(), await shop.OrderAsync(Shop.Request(contact: "other@example.com")));
        var again = Shop.Event(other) with { PaymentId = Shop.Event(paid).PaymentId };
        foreach (var kind in new[] { PaymentEventKind.Paid, PaymentEventKind.Refunded, PaymentEventKind.DisputeLost })
        {
            var refused = await shop.ApplyAsync(again with { Kind = kind, EventId = $"again-{kind}" });
            Assert.Equal((CommerceErrors.EventConflict, "paymentId"), (refused.Error?.Code, refused.Error?.Field));
        }

        Assert.Equal((OrderState.AwaitingPayment, OrderState.Fulfilled), (await shop.StateAsync(other), await shop.StateAsync(paid)));
        Assert.Equal((1L, 1L), ((await shop.StockAsync(pool)).Delivered, (await shop.StockAsync(pool)).Reserved));
        Assert.Equal((1, 3), (await shop.Commerce.CountAsync("payments"), await shop.Commerce.CountAsync("payment_events", "refused is not null")));
        // the same number at another provider is another payment
        Assert.Equal(OrderState.Fulfilled, (await shop.ApplyAsync(again with { Provider = "another" })).State);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_failed_payment_delivers_nothing_and_a_later_one_does(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.OrderAsync();
        Assert.Equal(OrderState.AwaitingPayment, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Failed))).State);
        Assert.Empty(await shop.KeysAsync(order));
        Assert.Equal(OrderState.Fulfilled, (await shop.ApplyAsync(Shop.Event(order))).State);
        Assert.Equal(OrderState.Fulfilled, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Failed, "late news"))).State);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_second_payment_is_recorded_as_money_to_give_back(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        Assert.True((await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"))).Accepted);

        var view = await shop.ViewAsync(order);
        Assert.Equal((OrderState.Fulfilled, 1000L, 1000L), (view.State, view.Captured.Minor, view.RefundDue.Minor));
        var due = Assert.Single(await shop.Desk.RefundsDueAsync(shop.Scope));
        Assert.Equal(("paid_twice", order.OrderId + "-pay-2", new Money(1000, "CNY")), (due.Reason, due.PaymentId, due.Amount));
        Assert.Equal(1, await shop.MessagesAsync(OrderEvents.RefundDue));
        Assert.Equal(1, await shop.MessagesAsync(OrderEvents.RefundWanted));
        Assert.Equal(1, await shop.Commerce.CountAsync("deliveries"));
        await shop.AssertSoundAsync();

        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, payment: "pay-2"));
        view = await shop.ViewAsync(order);
        Assert.Equal((OrderState.Fulfilled, 1000L, 0L, 1000L), (view.State, view.Captured.Minor, view.RefundDue.Minor, view.Refunded.Minor));
        Assert.Empty(await shop.Desk.RefundsDueAsync(shop.Scope));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Staff_record_once_that_they_gave_a_payment_back(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.PaidOrderAsync();
        Assert.Equal(CommerceErrors.IllegalTransition, (await GiveBackAsync("pay-1")).Error!.Code);
        await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"));
        var twice = await Task.WhenAll(GiveBackAsync("pay-2"), GiveBackAsync("pay-2"));
        Assert.Contains(twice, r => r.Succeeded);

        var view = await shop.ViewAsync(order);
        Assert.Equal((OrderState.Fulfilled, 1000L, 0L, 1000L), (view.State, view.Captured.Minor, view.RefundDue.Minor, view.Refunded.Minor));
        var entry = Assert.Single((await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events, h => h.Kind == "payment_refunded");
        Assert.Equal(("anna", "bank transfer 77"), (entry.Actor, entry.Note));
        await shop.AssertSoundAsync();

        Task<CommerceResult<OrderState>> GiveBackAsync(string payment) =>
            shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-{payment}", "anna", "bank transfer 77");
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Refused_callbacks_and_events_are_listed_for_their_tenant_only(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.OrderAsync();
        var refusals = shop.Commerce.Get<IPaymentRefusals>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => refusals.RecordAsync(shop.Scope, "test", CommerceErrors.BadSignature))));
        shop.Commerce.Clock.Advance(TimeSpan.FromSeconds(5));
        await shop.ApplyAsync(Shop.Event(order, amount: 1));

        var listed = await refusals.ListAsync(shop.Scope);
        Assert.Equal([(CommerceErrors.AmountMismatch, order.OrderId, 1L), (CommerceErrors.BadSignature, null, 20L)], listed.Select(r => (r.Code, r.OrderId, r.Times)));
        Assert.Empty(await refusals.ListAsync(TestCommerce.Other));
    }

    [Theory]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_same_event_for_two_orders_at_once_is_a_conflict_for_one_of_them(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 30);
        for (var round = 0; round < 10; round++)
        {
            var orders = await Task.WhenAll(shop.OrderAsync(), shop.OrderAsync());
            var outcomes = await Task.WhenAll(orders.Select(o => Task.Run(() => shop.ApplyAsync(Shop.Event(o, id: $"same {round}")))));
            Assert.Equal(1, outcomes.Count(o => o.Kind == PaymentOutcomeKind.Applied));
            Assert.Equal(CommerceErrors.EventConflict, outcomes.Single(o => !o.Accepted).Error!.Code);
            await Task.WhenAll(orders.Select(o => shop.Ordering.CancelAsync(shop.Scope, o.OrderId, OrderAccess.ByToken(o.AccessToken))));
        }

        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_callback_after_confirmation_by_hand_is_the_same_money(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var order = await shop.OrderAsync();
        Assert.Equal(OrderState.Fulfilled, (await shop.Desk.ConfirmByHandAsync(shop.Scope, order.OrderId, "anna", "bank says yes")).Value);
        Assert.Equal(OrderState.Fulfilled, (await shop.Desk.ConfirmByHandAsync(shop.Scope, order.OrderId, "anna", "bank says yes")).Value);
        Assert.Equal(OrderState.Fulfilled, (await shop.ApplyAsync(Shop.Event(order))).State);

        var view = await shop.ViewAsync(order);
        Assert.Equal((1000L, 0L, 1), (view.Captured.Minor, view.RefundDue.Minor, view.Lines[0].Deliveries.Count));
        var history = (await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events;
        Assert.Contains(history, e => e is { Kind: "payment_paid", Actor: "anna", Note: "bank says yes" });
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.Desk.ConfirmByHandAsync(shop.Scope, order.OrderId, "anna", "")).Error!.Code);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_event_for_an_unknown_order_many_times_at_once_is_refused_each_time_and_stored_once(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var e = Shop.Event(await shop.OrderAsync()) with { OrderId = "nobody" };
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(() => shop.ApplyAsync(e))));
        Assert.All(outcomes, o => Assert.Equal(CommerceErrors.UnknownOrder, o.Error!.Code));
        Assert.Equal(1, await shop.Commerce.CountAsync("payment_events"));
    }
}
