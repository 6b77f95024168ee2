using System.Globalization;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Tests.Support;

/// <summary>The export of a shop's orders, at a size at which reading them first would be seen.</summary>
public sealed class OrderExportTests(ITestOutputHelper output)
{
    private const int Orders = 100_000;

    [Fact]
    public async Task Two_hundred_thousand_lines_come_as_a_stream_with_the_right_sums_and_flat_memory()
    {
        var mall = new MallFixture();
        await mall.InitializeAsync();
        await using var disposing = mall;
        var order = await mall.OrderAsync();
        using (await mall.CallbackAsync(order)) { }
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var list = await admin.ReadAsync("/Admin/Orders/Index");
        Assert.Contains("/Admin/Orders/Export", list, StringComparison.Ordinal);
        Assert.Equal(1, (await ReadAsync(admin)).Lines);
        // a tenth first: what the server needs for any export isn't growth
        Copy(mall.Server.DataPath, order.OrderId, 1, Orders / 10);
        Assert.Equal((Orders / 5) + 1, (await ReadAsync(admin)).Lines);
        Copy(mall.Server.DataPath, order.OrderId, (Orders / 10) + 1, Orders);

        var before = mall.Server.PeakMegabytes;
        var (lines, total, orderTotal) = await ReadAsync(admin);
        var grown = mall.Server.PeakMegabytes - before;
        output.WriteLine($"{lines} lines, peak {before:0} MB + {grown:0.0} MB");
        Assert.Equal((2L * Orders) + 1, lines);
        Assert.Equal(((2L * Orders) + 1) * order.Total, total);
        Assert.Equal((Orders + 1L) * order.Total, orderTotal);
        Assert.True(grown < 24, $"the server's peak grew by {grown:0} MB");
    }

    private static async Task<(long Lines, long Total, long OrderTotal)> ReadAsync(HttpClient admin)
    {
        using var response = await admin.GetAsync(MallPages.At("/Admin/Orders/Export"), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(("text/csv; charset=utf-8", "attachment; filename=\"orders.csv\""), (response.Content.Headers.ContentType!.ToString(), response.Content.Headers.GetValues("Content-Disposition").Single()));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var header = (await reader.ReadLineAsync())!.Split(',');
        var (amount, ofOrder) = (Array.IndexOf(header, "line_total"), Array.IndexOf(header, "order_total"));
        var (lines, total, orderTotal) = (0L, 0L, 0L);
        static long Minor(string text) => text.Length == 0 ? 0 : (long)(decimal.Parse(text, CultureInfo.InvariantCulture) * 100);
        while (await reader.ReadLineAsync() is { } line)
        {
            var cells = line.Split(',');
            Assert.Equal(header.Length, cells.Length);
            (lines, total, orderTotal) = (lines + 1, total + Minor(cells[amount]), orderTotal + Minor(cells[ofOrder]));
        }

        return (lines, total, orderTotal);
    }

    // copies of a real order, so that its contact can be decrypted
    private static void Copy(string dataPath, string orderId, int first, int last)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(dataPath, "commerce.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandTimeout = 120;
        command.CommandText = $"""
            pragma busy_timeout = 60000;
            create temp table numbers as with recursive s(n) as (select {first} union all select n + 1 from s where n < {last}) select n, printf('%026d', n) as id from s;
            begin immediate;
            insert into orders (tenant, id, state, fulfilment, currency, subtotal, discount, total, captured, refunded, refund_due, captured_payment, undeliverable, contact_hash, contact, culture, created_at, reserved_until, paid_at, fulfilled_at)
              select o.tenant, s.id, o.state, o.fulfilment, o.currency, o.subtotal, o.discount, o.total, o.captured, o.refunded, o.refund_due, o.captured_payment, o.undeliverable, o.contact_hash, o.contact, o.culture, o.created_at, o.reserved_until, o.paid_at, o.fulfilled_at
              from numbers s cross join orders o where o.tenant = 'GameCards' and o.id = '{orderId}';
            insert into order_lines (tenant, order_id, line, sku_id, version, quantity, unit_price, surcharge, discount, total)
              select l.tenant, s.id, n.line, l.sku_id, l.version, l.quantity, l.unit_price, l.surcharge, l.discount, l.total
              from numbers s cross join (select 1 as line union all select 2) n cross join order_lines l where l.tenant = 'GameCards' and l.order_id = '{orderId}';
            commit;
            """;
        command.ExecuteNonQuery();
    }
}
