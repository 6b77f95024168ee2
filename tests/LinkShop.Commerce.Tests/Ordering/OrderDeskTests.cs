using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Tests.Ordering;

public sealed class OrderDeskTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Orders_are_found_by_number_contact_state_and_date_page_by_page(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 20);
        var paid = await shop.PaidOrderAsync(Shop.Request(contact: "paid@example.com"));
        for (var i = 0; i < 5; i++)
        {
            shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));
            await shop.OrderAsync();
        }

        async Task<OrderPage> FindAsync(OrderSearch search) => await shop.Desk.SearchAsync(shop.Scope, search);
        Assert.Equal(paid.OrderId, Assert.Single((await FindAsync(new() { Number = paid.Number.ToLowerInvariant() })).Orders).OrderId);
        Assert.Equal(paid.OrderId, Assert.Single((await FindAsync(new() { Contact = "PAID@example.com", State = OrderState.Fulfilled })).Orders).OrderId);
        Assert.Equal(5, (await FindAsync(new() { State = OrderState.AwaitingPayment })).Orders.Count);
        Assert.Equal(5, (await FindAsync(new() { From = shop.Commerce.Clock.GetUtcNow().AddMinutes(-4.5) })).Orders.Count);
        Assert.Single((await FindAsync(new() { To = shop.Commerce.Clock.GetUtcNow().AddMinutes(-4.5) })).Orders);
        Assert.Empty((await FindAsync(new() { Number = "nonsense" })).Orders);

        var first = await FindAsync(new() { Take = 4 });
        var next = await FindAsync(new() { Take = 4, After = first.Next });
        Assert.Equal((4, 2, null), (first.Orders.Count, next.Orders.Count, next.Next));
        Assert.Equal(6, first.Orders.Concat(next.Orders).Select(o => o.OrderId).Distinct().Count());

        shop.Commerce.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(OrderState.Completed, Assert.Single((await FindAsync(new() { State = OrderState.Completed })).Orders).State);
        Assert.Empty((await FindAsync(new() { State = OrderState.Fulfilled })).Orders);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_dashboard_counts_orders_and_revenue_by_local_day(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        await shop.ManualAsync();
        await shop.PaidOrderAsync();
        var partly = await shop.PaidOrderAsync(Shop.Request("manual"));
        await shop.ApplyAsync(Shop.Event(partly, PaymentEventKind.Refunded, amount: 2000));
        await shop.OrderAsync();
        var now = shop.Commerce.Clock.GetUtcNow();
        var board = await shop.Desk.DashboardAsync(shop.Scope, now.AddDays(-2), now.AddMinutes(1), TimeSpan.FromHours(8));

        Assert.Equal((3, 2, 1, 1, 0), (board.Orders, board.PaidOrders, board.AwaitingPayment, board.OpenTasks, board.RefundsDue));
        Assert.Equal([new Money(4000, "CNY")], board.Revenue);
        Assert.InRange(board.Days.Count, 3, 4);
        Assert.Equal(DateOnly.FromDateTime(now.ToOffset(TimeSpan.FromHours(8)).DateTime), board.Days.Single(d => d.Orders > 0).Day);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Staff_cancel_unpaid_orders_and_redeliver_delivered_ones(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync();
        var unpaid = await shop.OrderAsync();
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.Desk.RedeliverAsync(shop.Scope, unpaid.OrderId, "anna")).Error!.Code);
        Assert.Equal(OrderState.Cancelled, (await shop.Desk.CancelAsync(shop.Scope, unpaid.OrderId, "anna", "asked to")).Value);
        Assert.Equal(10, (await shop.StockAsync(pool)).Available);
        var paid = await shop.PaidOrderAsync();
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.Desk.CancelAsync(shop.Scope, paid.OrderId, "anna", "")).Error!.Code);
        Assert.Equal(OrderState.Fulfilled, (await shop.Desk.RedeliverAsync(shop.Scope, paid.OrderId, "anna")).Value);

        Assert.Equal(2, await shop.MessagesAsync(OrderEvents.Fulfilled));
        Assert.Equal(1, await shop.Commerce.CountAsync("deliveries"));
        Assert.Contains((await shop.Desk.DetailAsync(shop.Scope, unpaid.OrderId))!.Events, e => e is { Kind: "cancelled", Actor: "anna", Note: "asked to" });
        Assert.Equal(CommerceErrors.NotFound, (await shop.Desk.CancelAsync(shop.Scope, "nobody", "anna", "")).Error!.Code);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_a_buyer_told_in_confidence_is_shown_to_the_one_who_asks_and_the_history_says_to_whom(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.ManualAsync(change: o => o with { Fields = [new BuyerField { Name = "account", Required = true }, new BuyerField { Name = "password", Required = true, Secret = true }] });
        await shop.ManualAsync("plain");
        var request = Shop.Request("manual") with
        {
            Lines = [new OrderLineRequest { SkuId = "manual", Fields = new Dictionary<string, string> { ["account"] = "momo", ["password"] = "hunter-2" } }, new OrderLineRequest { SkuId = "plain" }],
        };
        var order = await shop.PaidOrderAsync(request);
        var line = (await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Order.Lines[0];
        Assert.Equal("•••", line.Fields["password"]);
        Assert.Equal(["password"], line.SecretFields);

        Assert.Equal(CommerceErrors.NotFound, (await shop.Desk.RevealFieldsAsync(shop.Scope, order.OrderId, 2, "anna")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await shop.Desk.RevealFieldsAsync(shop.Scope, order.OrderId, 3, "anna")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await shop.Desk.RevealFieldsAsync(TestCommerce.Other, order.OrderId, 1, "anna")).Error!.Code);
        Assert.Equal(0, await shop.Commerce.CountAsync("order_log", "kind = 'fields_revealed'"));

        var revealed = (await shop.Desk.RevealFieldsAsync(shop.Scope, order.OrderId, 1, "anna")).Value;
        Assert.Equal([KeyValuePair.Create("password", "hunter-2")], revealed);
        Assert.Contains((await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events, e => e is { Kind: "fields_revealed", Actor: "anna", Note: "password" });
        Assert.Equal("•••", (await shop.ViewAsync(order)).Lines[0].Fields["password"]);
    }
}
