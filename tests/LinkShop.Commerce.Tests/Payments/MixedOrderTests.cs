using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Payments;

/// <summary>Orders of which one line is delivered at once and another by a person.</summary>
public sealed class MixedOrderTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_second_payment_after_the_first_went_back_is_booked_and_delivers_only_what_is_missing(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 3, change: o => o with { Price = new Money(700, "CNY"), Merchant = "ann" });
        var order = await shop.PaidOrderAsync(Mixed());
        Assert.Equal((OrderState.Fulfilling, 1), (await shop.StateAsync(order), (await TasksAsync(shop, order)).Count));
        Assert.True((await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded))).Accepted);
        Assert.Equal((OrderState.Refunded, 0), (await shop.StateAsync(order), (await TasksAsync(shop, order)).Count));

        var again = await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"));
        Assert.Equal((true, OrderState.Fulfilling), (again.Accepted, again.State));
        Assert.Equal([2], await TasksAsync(shop, order));
        Assert.Single(await shop.KeysAsync(order));
        Assert.Equal(2, (await shop.StockAsync(pool)).Available);
        Assert.Equal(OrderState.Fulfilled, (await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 2, "done", "ann")).Value);
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_answer_about_one_line_is_booked_after_the_other_was_refunded_too_and_the_rest_is_asked_for(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var pool = await shop.CardsAsync(keys: 3, change: o => o with { Price = new Money(700, "CNY"), Merchant = "ann" });
        var order = await shop.PaidOrderAsync(Mixed());
        Assert.True((await GrantAsync(shop, order, 2, 300)).Succeeded);
        var first = (await AskAsync(shop, order))!;
        Assert.Equal(300, first.Amount.Minor);
        Assert.True((await GrantAsync(shop, order, 1, 700)).Succeeded);

        Assert.True((await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, first.RefundId, amount: 300))).Accepted);
        var rest = (await AskAsync(shop, order))!;
        Assert.Equal(700, rest.Amount.Minor);
        Assert.True((await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, rest.RefundId, amount: 700))).Accepted);
        Assert.Equal((OrderState.Refunded, 1L, 2L), (await shop.StateAsync(order), await shop.Commerce.CountAsync("deliveries"), (await shop.StockAsync(pool)).Available));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_person_delivered_already_is_no_task_again(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.ManualAsync("other");
        var order = await shop.PaidOrderAsync(Request("by-hand", "other"));
        Assert.True((await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 1, "done", "ann")).Succeeded);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded));

        Assert.Equal(OrderState.Fulfilling, (await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"))).State);
        Assert.Equal([2], await TasksAsync(shop, order));
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 1, "again", "ann")).Error?.Code);
        Assert.Equal(1, await shop.Commerce.CountAsync("deliveries"));
        Assert.Equal(OrderState.Fulfilled, (await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 2, "done", "ann")).Value);
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refunded_line_is_nobodys_task_and_keeps_nobody_elses_money(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.CardsAsync(change: o => o with { Price = new Money(700, "CNY"), Merchant = "ann" });
        var order = await shop.PaidOrderAsync(Mixed());
        Assert.True((await GrantAsync(shop, order, 2, 100)).Succeeded);
        Assert.Equal([2], await TasksAsync(shop, order));
        Assert.True((await GrantAsync(shop, order, 2, 200)).Succeeded);

        Assert.Empty(await shop.Desk.OpenTasksAsync(shop.Scope));
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 2, "too late", "ben")).Error?.Code);
        Assert.Equal(1, await shop.Commerce.CountAsync("deliveries"));
        Assert.Equal(1, await shop.MessagesAsync(OrderEvents.Fulfilled));
        await ReleaseAsync(shop);
        Assert.Equal((700L, 0L), (await AvailableAsync(shop, "ann"), await AvailableAsync(shop, "ben")));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_last_delivery_by_hand_releases_what_is_kept_and_not_the_refunded_line(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.CardsAsync(change: o => o with { Price = new Money(700, "CNY"), Merchant = "ann" });
        var order = await shop.PaidOrderAsync(Mixed());
        Assert.True((await GrantAsync(shop, order, 1, 700)).Succeeded);
        Assert.True((await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 2, "done", "ben")).Succeeded);
        Assert.Equal(1, await shop.Commerce.CountAsync("order_split", "release_at is not null"));
        await ReleaseAsync(shop);
        Assert.Equal((0L, 300L), (await AvailableAsync(shop, "ann"), await AvailableAsync(shop, "ben")));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_line_of_which_something_is_kept_again_waits_for_a_person_again(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.CardsAsync(change: o => o with { Merchant = "ann" });
        await shop.ManualAsync(change: o => o with { Price = new Money(2, "CNY"), Merchant = "ben" });
        var order = await shop.PaidOrderAsync(Request("card", "manual"));
        Assert.True((await GrantAsync(shop, order, 2, 1)).Succeeded);
        // of the other half nothing is left by rounding
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, amount: 991));
        Assert.Empty(await TasksAsync(shop, order));
        Assert.Equal(Fulfilment.Done, await FulfilmentAsync(shop, order));
        await shop.AssertSoundAsync();

        Assert.True((await shop.ApplyAsync(Shop.Event(order, payment: "pay-2"))).Accepted);
        Assert.Equal([2], await TasksAsync(shop, order));
        Assert.Equal(Fulfilment.Open, await FulfilmentAsync(shop, order));
        await ReleaseAsync(shop);
        Assert.Equal(0, await AvailableAsync(shop, "ann"));
        Assert.True((await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 2, "done", "ben")).Succeeded);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_order_that_waited_for_a_refunded_line_goes_on_after_the_upgrade(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.CardsAsync(change: o => o with { Price = new Money(700, "CNY"), Merchant = "ann" });
        var order = await shop.PaidOrderAsync(Mixed());
        var waiting = await shop.PaidOrderAsync(Mixed() with { Contact = "other@example.com" });
        Assert.True((await GrantAsync(shop, order, 2, 300)).Succeeded);
        // as it was stored before
        await shop.CorruptAsync($"insert into order_tasks (tenant, order_id, line, since) values ('{shop.Scope.Tenant}', '{order.OrderId}', 2, 1)");
        await shop.CorruptAsync($"update orders set fulfilment = 'Open', fulfilled_at = null where id = '{order.OrderId}'");
        await shop.CorruptAsync("update order_split set release_at = null");
        Assert.Equal("task_of_line_given_back", Assert.Single((await shop.VerifyAsync()).Breaches).Code);

        foreach (var statement in MigrationScripts.For(dialect).Single(s => s.Number == 52).Sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            await shop.CorruptAsync(statement);
        Assert.Equal([(waiting.OrderId, 2)], (await shop.Desk.OpenTasksAsync(shop.Scope)).Select(t => (t.OrderId, t.Line)));
        await shop.AssertSoundAsync();
        await ReleaseAsync(shop);
        Assert.Equal((700L, 0L), (await AvailableAsync(shop, "ann"), await AvailableAsync(shop, "ben")));
        await SoundAsync(shop);
    }

    private static async Task<Shop> OpenAsync(CommerceDialect dialect)
    {
        var shop = await Shop.OpenAsync(dialect);
        await shop.ManualAsync("by-hand", o => o with { Price = new Money(300, "CNY"), Merchant = "ben" });
        Assert.True((await shop.Commerce.Get<IFeePolicies>().SaveAsync(shop.Scope, new FeePolicy(), "ann")).Succeeded);
        return shop;
    }

    private static OrderRequest Mixed() => Request("card", "by-hand");

    private static OrderRequest Request(string first, string second) =>
        Shop.Request() with { Lines = [new OrderLineRequest { SkuId = first, Quantity = 1 }, new OrderLineRequest { SkuId = second, Quantity = 1 }] };

    private static Task<CommerceResult<RefundView>> GrantAsync(Shop shop, OrderReceipt order, int line, long minor) => shop.Commerce.Get<IRefunds>().GrantAsync(
        shop.Scope, new RefundDraft { Id = Guid.NewGuid().ToString("n"), OrderId = order.OrderId, Lines = [new RefundLine(line, minor)], Reason = RefundReason.NotDelivered }, "ann", forPlatform: false);

    private static Task<RefundRequest?> AskAsync(Shop shop, OrderReceipt order) =>
        shop.Commerce.Get<IRefundAsks>().NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1");

    private static async Task<IReadOnlyList<int>> TasksAsync(Shop shop, OrderReceipt order) => (await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.OpenTasks;

    private static async Task<Fulfilment> FulfilmentAsync(Shop shop, OrderReceipt order) => await shop.Commerce.Database.ReadAsync(
        shop.Scope, c => c.QuerySingleOrDefaultAsync<Fulfilment>("select fulfilment from orders where tenant = @tenant and id = @id", new { id = order.OrderId }));

    private static async Task<long> AvailableAsync(Shop shop, string owner) => (await shop.Commerce.Get<IFinance>().WalletsAsync(shop.Scope, owner)).Sum(w => w.Available.Minor);

    private static Task ReleaseAsync(Shop shop) => Splits.MoneyShop.ReleaseAsync(shop);

    private static Task SoundAsync(Shop shop) => Splits.MoneyShop.SoundAsync(shop);
}
