using System.Globalization;
using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Tests.Customers;

namespace LinkShop.Commerce.Tests.Ordering;

public sealed class OrderExportTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_line_per_order_line_without_keys_and_harmless_in_a_spreadsheet(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(change: o => o with { Title = "=cmd|'/c calc'!A1", Variant = "月卡, \"大\"", Fields = [new BuyerField { Name = "password", Secret = true }] });
        await shop.ManualAsync(change: o => o with { Title = "@sum" });
        var fields = new Dictionary<string, string> { ["password"] = "hunter-22" };
        var two = Shop.Request(contact: "+447700900123") with { Lines = [new() { SkuId = "card", Quantity = 2, Fields = fields }, new() { SkuId = "manual", Quantity = 1 }] };
        var order = await shop.PaidOrderAsync(two);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, amount: 500));
        var (bytes, lines) = await ExportAsync(shop, new() { Local = at => at.ToOffset(TimeSpan.FromHours(8)) });

        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.Equal(OrderExport.Header, lines[0]);
        var view = await shop.ViewAsync(order);
        string Local(DateTimeOffset? at) => at!.Value.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        Assert.StartsWith($"{order.Number},{order.OrderId},partially_refunded,{Local(view.CreatedAt)},{Local(view.PaidAt)},,'+447700900123,,,1,card,'=cmd|'/c calc'!A1,\"月卡, \"\"大\"\"\",2,10.00,0.00,0.00,20.00,CNY,70.00,65.00,5.00", lines[1], StringComparison.Ordinal);
        Assert.Contains(",2,manual,'@sum,,1,50.00,0.00,0.00,50.00,CNY,,,", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Count);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.DoesNotContain("KEY-card-", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", text, StringComparison.Ordinal);
        Assert.Single((await ExportAsync(shop.As(TestCommerce.Other), new())).Lines);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Dates_and_state_choose_and_pages_neither_lose_nor_repeat_an_order(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var paid = await shop.PaidOrderAsync();
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(10));
        var middle = shop.Commerce.Clock.GetUtcNow();
        var unpaid = await shop.OrderAsync();
        async Task<List<string>> IdsAsync(OrderExportRequest request) => [.. (await ExportAsync(shop, request)).Lines.Skip(1).Select(l => l.Split(',')[1])];
        Assert.Equal([paid.OrderId, unpaid.OrderId], await IdsAsync(new()));
        Assert.Equal([paid.OrderId], await IdsAsync(new() { To = middle }));
        Assert.Equal([unpaid.OrderId], await IdsAsync(new() { From = middle }));
        Assert.Equal([unpaid.OrderId], await IdsAsync(new() { State = OrderState.AwaitingPayment }));
        Assert.Equal([paid.OrderId], await IdsAsync(new() { State = OrderState.Fulfilled }));
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Empty(await IdsAsync(new() { State = OrderState.Fulfilled }));
        Assert.Equal([paid.OrderId], await IdsAsync(new() { State = OrderState.Completed }));

        await ManyOrders.AddAsync(shop, paid, orders: 2501, customers: 100, lines: 2);
        var (_, lines) = await ExportAsync(shop, new() { State = OrderState.Completed });
        Assert.Equal((2501 * 2) + 1, lines.Count - 1);
        Assert.Equal(lines.Count - 1, lines.Skip(1).Select(l => (l.Split(',')[1], l.Split(',')[9])).Distinct().Count());
    }

    private static async Task<(byte[] Bytes, List<string> Lines)> ExportAsync(Shop shop, OrderExportRequest request)
    {
        using var file = new MemoryStream();
        var written = await shop.Commerce.Get<IOrderExport>().WriteAsync(shop.Scope, request, file);
        var bytes = file.ToArray();
        List<string> lines = [.. Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(written, lines.Count - 1);
        return (bytes, lines);
    }
}
