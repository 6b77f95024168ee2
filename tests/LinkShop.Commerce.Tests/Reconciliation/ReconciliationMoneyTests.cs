using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Reconciliation;

/// <summary>What differs between a provider and us is dealt with in the books too.</summary>
public sealed class ReconciliationMoneyTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_payment_that_is_missing_here_is_taken_over_once_and_its_order_is_delivered(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.OrderAsync();
        var item = await MissingAsync(shop, order);
        Assert.Contains(ReconciliationActions.TakenOver, ReconciliationActions.For(item));
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TakeOverAsync(shop, item))));
        Assert.All(done, d => Assert.Equal(new Money(1000, "CNY"), d.Value.Posted));
        Assert.Equal(OrderState.Fulfilled, await shop.StateAsync(order));
        Assert.Single(await shop.KeysAsync(order));
        Assert.Equal((1, 1), (await shop.Commerce.CountAsync("payment_events"), await shop.Commerce.CountAsync("payments")));
        Assert.Contains((await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events, e => e is { Kind: "payment_paid", Actor: "ann", Note: "asked them" });

        // what the provider tells at last is the same payment
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order))).Kind);
        var view = await shop.ViewAsync(order);
        Assert.Equal((1000, 0, 0), (view.Captured.Minor, view.RefundDue.Minor, view.Refunded.Minor));
        Assert.Equal(1, await shop.MessagesAsync(OrderEvents.Fulfilled));
        await HasAsync(shop, (Provider, -990), (Buyers, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task One_that_comes_too_late_or_twice_is_taken_over_to_be_given_back(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 1);
        var late = await shop.OrderAsync();
        await shop.ExpireAsync();
        var sold = await shop.PaidOrderAsync(Shop.Request(contact: "faster@example.com"));
        foreach (var (order, payment) in new[] { (late, "pay-1"), (sold, "pay-2") })
        {
            Assert.True((await TakeOverAsync(shop, await MissingAsync(shop, order, payment))).Succeeded);
            Assert.Equal(1000, (await shop.ViewAsync(order)).RefundDue.Minor);
        }

        Assert.Equal((OrderState.Expired, OrderState.Fulfilled), (await shop.StateAsync(late), await shop.StateAsync(sold)));
        Assert.Equal(["paid_too_late", "paid_twice"], (await shop.Desk.RefundsDueAsync(shop.Scope)).Select(r => r.Reason).Order());
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_fits_no_order_is_refused_and_leaves_nothing_behind(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.OrderAsync();
        var items = await ImportAsync(shop, "p1,payment,9.99,CNY,2026-03-05," + order.OrderId, "p2,payment,10.00,USD,2026-03-05," + order.OrderId, "p3,payment,10.00,CNY,2026-03-05," + CommerceId.New(DateTimeOffset.UtcNow));
        string[] codes = [CommerceErrors.AmountMismatch, CommerceErrors.CurrencyMismatch, CommerceErrors.UnknownOrder];
        for (var i = 0; i < items.Count; i++)
            Assert.Equal(codes[i], (await TakeOverAsync(shop, items[i])).Error?.Code);
        Assert.Equal((0, 3), (await shop.Commerce.CountAsync("payment_events"), await shop.Commerce.CountAsync("reconciliation_item", "state = 'Open'")));
        Assert.Equal(3, (await shop.Commerce.Get<IReconciliations>().GetAsync(shop.Scope, items[0].ReconciliationId))!.OpenItems);
        Assert.Equal(OrderState.AwaitingPayment, await shop.StateAsync(order));
        await SoundAsync(shop);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite, "refund")]
    [InlineData(CommerceDialect.Sqlite, "chargeback")]
    [InlineData(CommerceDialect.Postgres, "refund")]
    [InlineData(CommerceDialect.Postgres, "chargeback")]
    public async Task A_refund_or_chargeback_that_is_missing_here_is_taken_over_and_counts_once_when_it_is_told_after_all(CommerceDialect dialect, string type)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var items = await ImportAsync(shop, $"{order.OrderId}-pay-1,{type},4.00,CNY,2026-03-05,{order.OrderId}");
        var item = items.Single(i => i.Outcome == ReconciliationOutcome.MissingHere);
        Assert.Equal(new Money(400, "CNY"), (await TakeOverAsync(shop, item)).Value.Posted);
        Assert.Equal((600, 400), await KeptAsync());
        var kind = type == "refund" ? PaymentEventKind.Refunded : PaymentEventKind.DisputeLost;
        foreach (var id in new[] { "told", "told" })
            Assert.Equal(PaymentOutcomeKind.Duplicate, (await shop.ApplyAsync(Shop.Event(order, kind, order.OrderId + id, amount: 400))).Kind);
        Assert.Equal((600, 400), await KeptAsync());
        // another amount, or one more, is another one
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order, kind, order.OrderId + "b", amount: 100))).Kind);
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order, kind, order.OrderId + "c", amount: 400))).Kind);
        Assert.Equal((100, 900), await KeptAsync());
        await HasAsync(shop, (Provider, -99), (Buyers, 0));
        await SoundAsync(shop);

        async Task<(long, long)> KeptAsync() => await shop.ViewAsync(order) is var view ? (view.Captured.Minor, view.Refunded.Minor) : default;
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite, "refund", "", "")]
    [InlineData(CommerceDialect.Postgres, "refund", "", "r1")]
    [InlineData(CommerceDialect.Sqlite, "chargeback", "r1", "r1")]
    [InlineData(CommerceDialect.Postgres, "chargeback", "", "")]
    public async Task What_two_files_have_is_taken_over_out_of_one_of_them_and_another_one_like_it_counts_too(CommerceDialect dialect, string type, string reference, string sameReference)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        string Line(string of, string day = "05") => $"{order.OrderId}-pay-1,{type},4.00,CNY,2026-03-{day},{order.OrderId},{of}";
        // the day's file, and the month's, both before anybody looked
        var (day, month) = (await MissingInAsync(SettlementDesk.Days(5, 6), Line(reference)), await MissingInAsync(SettlementDesk.Days(1, 31), Line(sameReference), ",fee,0.05,CNY,2026-03-09,,"));
        var done = await Task.WhenAll(new[] { day, month }.Select(items => Task.Run(() => TakeOverAsync(shop, Assert.Single(items)))));
        Assert.Equal(CommerceErrors.AlreadyTakenOver, Assert.Single(done, d => !d.Succeeded).Error!.Code);
        Assert.Equal((600, 400), await KeptAsync());
        Assert.Equal((1, 1), (await shop.Commerce.CountAsync("payment_events", "event_id like 'reconciliation:%'"), await shop.Commerce.CountAsync("reconciliation_item", "state = 'Open' and outcome = 'MissingHere'")));

        if (type == "refund")
        {
            // one more of the same amount, which a file has beside the one that is known by now
            var more = Assert.Single(await MissingInAsync(SettlementDesk.Days(5, 6), Line(reference), Line("r2")));
            Assert.True((await TakeOverAsync(shop, more)) is { Succeeded: true });
            Assert.Equal((200, 800), await KeptAsync());
        }

        await SoundAsync(shop);

        async Task<(long, long)> KeptAsync() => await shop.ViewAsync(order) is var view ? (view.Captured.Minor, view.Refunded.Minor) : default;
        async Task<IReadOnlyList<ReconciliationItem>> MissingInAsync(ReconciliationPeriod period, params string[] lines)
        {
            shop.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
            return [.. (await ImportAsync(shop, period, "test", lines)).Where(i => i.Outcome == ReconciliationOutcome.MissingHere)];
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refund_the_provider_was_asked_for_is_taken_over_out_of_its_file_but_not_one_it_told_of_meanwhile(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        var asks = shop.Commerce.Get<LinkShop.Commerce.Refunds.IRefundAsks>();
        Assert.Equal(400, (await asks.NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1"))!.Amount.Minor);
        var line = $"{order.OrderId}-pay-1,refund,4.00,CNY,2026-03-05,{order.OrderId}";
        Assert.True((await TakeOverAsync(shop, (await ImportAsync(shop, line)).Single(i => i.Outcome == ReconciliationOutcome.MissingHere))).Succeeded);
        Assert.Equal((600, 0, 400), await StandsAsync());
        Assert.Null(await asks.NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1"));

        var other = await shop.PaidOrderAsync(Shop.Request(contact: "two@example.com"));
        var item = (await ImportAsync(shop, $"{other.OrderId}-pay-1,refund,4.00,CNY,2026-03-05,{other.OrderId}")).Single(i => i.Outcome == ReconciliationOutcome.MissingHere);
        await shop.ApplyAsync(Shop.Event(other, PaymentEventKind.Refunded, other.OrderId + "told", amount: 400));
        var refused = await TakeOverAsync(shop, item);
        Assert.Equal((CommerceErrors.Conflict, "paymentId"), refused.Error is { } e ? (e.Code, e.Field) : default);
        Assert.Equal(400, (await shop.ViewAsync(other)).Refunded.Minor);
        Assert.Equal(1, await shop.Commerce.CountAsync("reconciliation_item", "state = 'Open' and outcome = 'MissingHere'"));
        await SoundAsync(shop);

        async Task<(long, long, long)> StandsAsync() => await shop.ViewAsync(order) is var view ? (view.Captured.Minor, view.RefundDue.Minor, view.Refunded.Minor) : default;
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refund_that_was_being_stored_while_its_file_was_compared_is_not_taken_over_beside_it(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var item = (await ImportAsync(shop, $"{order.OrderId}-pay-1,refund,4.00,CNY,2026-03-05,{order.OrderId}")).Single(i => i.Outcome == ReconciliationOutcome.MissingHere);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, order.OrderId + "told", amount: 400));
        // its own moment is before the comparison, which hadn't seen it
        await shop.CorruptAsync("update payment_events set received_at = received_at - 60000 where kind = 'Refunded'");
        Assert.Equal(CommerceErrors.Conflict, (await TakeOverAsync(shop, item)).Error?.Code);
        Assert.Equal(400, (await shop.ViewAsync(order)).Refunded.Minor);
        // of one that had long been there when the file was compared, the file has another one
        await shop.CorruptAsync("update payment_events set received_at = received_at - 300000 where kind = 'Refunded'");
        Assert.True((await TakeOverAsync(shop, item)).Succeeded);
        Assert.Equal(800, (await shop.ViewAsync(order)).Refunded.Minor);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_answer_to_our_question_is_none_that_was_taken_over_before_we_asked(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var (order, asks) = (await shop.PaidOrderAsync(), shop.Commerce.Get<LinkShop.Commerce.Refunds.IRefundAsks>());
        var payment = $"{order.OrderId}-pay-1";
        await TakenOverAsync("2026-03-05");
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        var ask = (await asks.NextAsync(shop.Scope, order.OrderId, "test", payment))!;
        Assert.Equal(PaymentOutcomeKind.Applied, await ToldAsync("answer", ask.RefundId));
        Assert.Equal((200, 0, 800), await StandsAsync());
        // the provider tells of the one that was taken over after all
        Assert.Equal(PaymentOutcomeKind.Duplicate, await ToldAsync("at last", null));
        Assert.Equal((200, 0, 800), await StandsAsync());
        await SoundAsync(shop);

        async Task TakenOverAsync(string day)
        {
            var items = await ImportAsync(shop, $"{payment},refund,4.00,CNY,{day},{order.OrderId}");
            Assert.True((await TakeOverAsync(shop, items.Single(i => i.Outcome == ReconciliationOutcome.MissingHere))).Succeeded);
        }

        async Task<PaymentOutcomeKind> ToldAsync(string id, string? refund) => (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, id, amount: 400) with { RefundId = refund })).Kind;
        async Task<(long, long, long)> StandsAsync() => await shop.ViewAsync(order) is var view ? (view.Captured.Minor, view.RefundDue.Minor, view.Refunded.Minor) : default;
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_answer_to_our_question_that_was_taken_over_counts_once(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var (order, asks) = (await shop.PaidOrderAsync(), shop.Commerce.Get<LinkShop.Commerce.Refunds.IRefundAsks>());
        var payment = $"{order.OrderId}-pay-1";
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        var ask = (await asks.NextAsync(shop.Scope, order.OrderId, "test", payment))!;
        var items = await ImportAsync(shop, $"{payment},refund,4.00,CNY,2026-03-05,{order.OrderId}");
        Assert.True((await TakeOverAsync(shop, items.Single(i => i.Outcome == ReconciliationOutcome.MissingHere))).Succeeded);
        var answer = Shop.Event(order, PaymentEventKind.Refunded, "answer", amount: 400) with { RefundId = ask.RefundId };
        Assert.Equal(PaymentOutcomeKind.Duplicate, (await shop.ApplyAsync(answer)).Kind);
        Assert.Equal(PaymentOutcomeKind.Duplicate, (await shop.ApplyAsync(answer)).Kind);
        Assert.Equal((600, 400), await shop.ViewAsync(order) is var view ? (view.Captured.Minor, view.Refunded.Minor) : default);
        // and what somebody gives back at the provider's desk while the next question is open isn't its answer, though it has its amount
        Assert.True((await GrantAsync(shop, order, 200)).Succeeded);
        var next = (await asks.NextAsync(shop.Scope, order.OrderId, "test", payment))!;
        Assert.True((await GrantAsync(shop, order, 100)).Succeeded);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "at its desk", amount: 200) with { RefundId = "desk" });
        Assert.Equal(100, (await shop.ViewAsync(order)).RefundDue.Minor);
        Assert.Null(await asks.NextAsync(shop.Scope, order.OrderId, "test", payment));
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "next", amount: 200) with { RefundId = next.RefundId })).Kind);
        Assert.Equal((200, 800), await shop.ViewAsync(order) is var last ? (last.Captured.Minor, last.Refunded.Minor) : default);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refund_of_another_amount_is_neither_the_one_in_the_file_nor_the_one_that_was_taken_over(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var item = (await ImportAsync(shop, $"{order.OrderId}-pay-1,refund,4.00,CNY,2026-03-05,{order.OrderId}")).Single(i => i.Outcome == ReconciliationOutcome.MissingHere);
        Assert.Equal(PaymentOutcomeKind.Applied, await ToldAsync("small", 100));
        Assert.True((await TakeOverAsync(shop, item)).Succeeded);
        Assert.Equal((500, 500), await KeptAsync());
        Assert.Equal(PaymentOutcomeKind.Applied, await ToldAsync("other", 200));
        Assert.Equal((300, 700), await KeptAsync());
        Assert.Equal(PaymentOutcomeKind.Duplicate, await ToldAsync("same", 400));
        Assert.Equal((300, 700), await KeptAsync());
        await SoundAsync(shop);

        async Task<PaymentOutcomeKind> ToldAsync(string id, long minor) => (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, order.OrderId + id, amount: minor))).Kind;

        async Task<(long, long)> KeptAsync() => await shop.ViewAsync(order) is var view ? (view.Captured.Minor, view.Refunded.Minor) : default;
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_chargeback_out_of_a_file_that_has_no_more_than_the_day_ends_the_dispute(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed, amount: 400) with { OccurredAt = SettlementDesk.Day(5) });
        Assert.Equal(OrderState.Disputed, await shop.StateAsync(order));
        var item = (await ImportAsync(shop, $"{order.OrderId}-pay-1,chargeback,4.00,CNY,2026-03-05,{order.OrderId}")).Single(i => i.Outcome == ReconciliationOutcome.MissingHere);
        Assert.True((await TakeOverAsync(shop, item)).Succeeded);
        Assert.Equal(OrderState.PartiallyRefunded, await shop.StateAsync(order));
        Assert.Single(await shop.KeysAsync(order));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_about_no_order_of_ours_cant_be_taken_over(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var items = await ImportAsync(shop, "p2,payment,10.00,CNY,2026-03-05,", "p3,payment,10.00,CNY,2026-03-05,their-own-id");
        foreach (var item in items)
        {
            Assert.DoesNotContain(ReconciliationActions.TakenOver, ReconciliationActions.For(item));
            Assert.Equal((CommerceErrors.Invalid, "action"), (await TakeOverAsync(shop, item)).Error is { } e ? (e.Code, e.Field) : default);
        }

        Assert.Equal((2, 0), (items.Count, await shop.Commerce.CountAsync("payment_events")));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite, "balance")]
    [InlineData(CommerceDialect.Sqlite, "points")]
    [InlineData(CommerceDialect.Sqlite, "manual")]
    [InlineData(CommerceDialect.Postgres, "balance")]
    [InlineData(CommerceDialect.Postgres, "manual")]
    public async Task A_file_about_our_own_accounts_or_what_staff_confirm_by_hand_pays_no_order(CommerceDialect dialect, string provider)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.OrderAsync();
        var item = Assert.Single(await ImportAsync(shop, SettlementDesk.Days(5, 6), provider, $"p1,payment,10.00,CNY,2026-03-05,{order.OrderId}"));
        Assert.Equal(ReconciliationOutcome.MissingHere, item.Outcome);
        Assert.DoesNotContain(ReconciliationActions.TakenOver, ReconciliationActions.For(item));
        Assert.Equal((CommerceErrors.Invalid, "action"), (await TakeOverAsync(shop, item)).Error is { } e ? (e.Code, e.Field) : default);
        Assert.Equal((OrderState.AwaitingPayment, 0L), (await shop.StateAsync(order), await shop.Commerce.CountAsync("payment_events")));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_an_earlier_file_had_already_isnt_taken_over_a_second_time(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.OrderAsync();
        await shop.ApplyAsync(Shop.Event(order) with { OccurredAt = SettlementDesk.Day(5) });
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, amount: 400) with { OccurredAt = SettlementDesk.Day(5) });
        string[] Lines(int day) => [$"{order.OrderId}-pay-1,payment,10.00,CNY,2026-03-0{day},{order.OrderId}", $"{order.OrderId}-pay-1,refund,4.00,CNY,2026-03-0{day},{order.OrderId}"];
        Assert.Empty(await ImportAsync(shop, Lines(5)));
        var again = await ImportAsync(shop, SettlementDesk.Days(7, 8), "test", Lines(7));
        Assert.Equal(2, again.Count);
        foreach (var item in again)
        {
            Assert.Equal((ReconciliationOutcome.MissingHere, true), (item.Outcome, item.SettledBefore));
            Assert.DoesNotContain(ReconciliationActions.TakenOver, ReconciliationActions.For(item));
            Assert.Equal((CommerceErrors.Invalid, "action"), (await TakeOverAsync(shop, item)).Error is { } e ? (e.Code, e.Field) : default);
        }

        Assert.Equal((600, 400), await shop.ViewAsync(order) is var view ? (view.Captured.Minor, view.Refunded.Minor) : default);
        await HasAsync(shop, (Provider, -594), (Buyers, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Beside_the_fees_of_a_file_is_what_was_booked_as_payment_cost_in_its_days(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        var order = await shop.PaidOrderAsync(Shop.Request(contact: "two@example.com"));
        Assert.True((await GrantAsync(shop, order, 500)).Succeeded);
        var today = shop.Commerce.Clock.GetUtcNow();
        var reconciliations = shop.Commerce.Get<IReconciliations>();
        foreach (var (from, expected) in new[] { (-1, new long[] { 15 }), (5, Array.Empty<long>()) })
        {
            var period = new ReconciliationPeriod(today.AddDays(from), today.AddDays(from + 2));
            var file = (await reconciliations.ImportAsync(shop.Scope, new ReconciliationRequest("test", "a.csv", "ann", period), new MemoryStream(Encoding.UTF8.GetBytes($"payment_id,type,amount,currency,time\n,fee,0.{from + 5:00},CNY,2026-03-05\n")))).Value;
            Assert.Equal(expected, (await reconciliations.PaymentCostsAsync(shop.Scope, file)).Select(m => m.Minor));
        }
    }

    private static Task<CommerceResult<ReconciliationItem>> TakeOverAsync(Shop shop, ReconciliationItem item) =>
        shop.Commerce.Get<IReconciliations>().ResolveAsync(shop.Scope, item.ReconciliationId, item.Id, ReconciliationActions.TakenOver, "asked them", "ann");

    private static async Task<ReconciliationItem> MissingAsync(Shop shop, OrderReceipt order, string payment = "pay-1") =>
        (await ImportAsync(shop, $"{order.OrderId}-{payment},payment,10.00,CNY,2026-03-05T12:00:00Z,{order.OrderId}"))[0];

    private static Task<IReadOnlyList<ReconciliationItem>> ImportAsync(Shop shop, params string[] lines) => ImportAsync(shop, SettlementDesk.Days(5, 6), "test", lines);

    private static async Task<IReadOnlyList<ReconciliationItem>> ImportAsync(Shop shop, ReconciliationPeriod period, string provider, params string[] lines)
    {
        var content = new MemoryStream(Encoding.UTF8.GetBytes($"payment_id,type,amount,currency,time,order_id{(lines[0].Count(c => c == ',') == 6 ? ",reference" : "")}\n" + string.Join('\n', lines) + "\n"));
        var reconciliations = shop.Commerce.Get<IReconciliations>();
        var file = await reconciliations.ImportAsync(shop.Scope, new ReconciliationRequest(provider, "march.csv", "ann", period), content);
        Assert.True(file.Succeeded, file.Error?.Message);
        return (await reconciliations.ItemsAsync(shop.Scope, file.Value.Id)).Items;
    }
}
