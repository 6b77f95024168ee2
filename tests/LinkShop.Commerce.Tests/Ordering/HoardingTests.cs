using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Tests.Ordering;

public sealed class HoardingTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_limit_per_buyer_holds_for_orders_at_once_in_two_processes(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        await shop.CardsAsync(keys: 100, change: o => o with { Limits = new PurchaseLimits { MaxPerBuyer = 3, MaxPerAddress = 5, WindowMinutes = 60 } });
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).TryOrderAsync(Shop.Request()))));
        Assert.Equal(3, results.Count(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.BuyerLimit, r.Error!.Code));

        var others = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).TryOrderAsync(Shop.Request(contact: $"b{i}@example.com")))));
        Assert.Equal(2, others.Count(r => r.Succeeded));
        Assert.All(others.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.AddressLimit, r.Error!.Code));

        // unpaid ones count until they expire, paid ones until the window has passed
        var paid = others.First(r => r.Succeeded).Value;
        await shop.ApplyAsync(Shop.Event(paid));
        Assert.Equal(4, await shop.ExpireAsync());
        Assert.Equal(4, (await Task.WhenAll(Enumerable.Range(0, 6).Select(i => shop.TryOrderAsync(Shop.Request(contact: $"c{i}@example.com"))))).Count(r => r.Succeeded));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Unpaid_orders_are_limited_per_contact_and_address(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, o => (o.MaxUnpaidPerContact, o.MaxUnpaidPerAddress) = (2, 3));
        await shop.CardsAsync(keys: 100);
        var first = await shop.OrderAsync();
        await shop.OrderAsync();
        Assert.Equal(CommerceErrors.BuyerLimit, (await shop.TryOrderAsync(Shop.Request())).Error!.Code);
        await shop.OrderAsync(Shop.Request(contact: "b@example.com"));
        Assert.Equal(CommerceErrors.AddressLimit, (await shop.TryOrderAsync(Shop.Request(contact: "c@example.com"))).Error!.Code);
        await shop.ApplyAsync(Shop.Event(first));
        await shop.OrderAsync();
        Assert.Equal(CommerceErrors.BuyerLimit, (await shop.TryOrderAsync(Shop.Request() with { ClientAddress = "198.51.100.7" })).Error!.Code);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Free_orders_of_a_contact_are_limited_within_an_hour_also_at_once_in_two_processes(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, o => (o.MaxUnpaidPerContact, o.MaxUnpaidPerAddress) = (3, 100));
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        await shop.CardsAsync("free", keys: 50, change: o => o with { Price = new Money(0, "CNY") });
        await shop.CardsAsync(keys: 20);
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).TryOrderAsync(Shop.Request("free")))));
        Assert.Equal(3, results.Count(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal((CommerceErrors.FreeLimit, "contact"), (r.Error!.Code, r.Error.Field)));
        Assert.Equal((3L, 3L), (await shop.Commerce.CountAsync("orders"), await shop.MessagesAsync(OrderEvents.Fulfilled)));

        // others, and what is paid for, aren't concerned
        Assert.True((await shop.TryOrderAsync(Shop.Request("free", contact: "b@example.com"))).Succeeded);
        Assert.True((await shop.TryOrderAsync(Shop.Request())).Succeeded);
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.True((await shop.TryOrderAsync(Shop.Request("free"))).Succeeded);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_limits_of_unpaid_orders_hold_for_orders_at_once_in_two_processes(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, o => (o.MaxUnpaidPerContact, o.MaxUnpaidPerAddress) = (5, 7));
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        var pool = await shop.CardsAsync(keys: 100);
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).TryOrderAsync(Shop.Request()))));
        Assert.Equal(5, results.Count(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.BuyerLimit, r.Error!.Code));

        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).TryOrderAsync(Shop.Request(contact: $"b{i}@example.com")))));
        Assert.Equal(2, others.Count(r => r.Succeeded));
        Assert.All(others.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.AddressLimit, r.Error!.Code));

        // a limit beyond what is counted is none, and another tenant's buyers aren't these
        var unlimited = new OrderPolicy { MaxUnpaidPerContact = int.MaxValue, MaxUnpaidPerAddress = int.MaxValue };
        Assert.True((await shop.TryOrderAsync(Shop.Request() with { Policy = unlimited })).Succeeded);
        Assert.Equal(8, (await shop.StockAsync(pool)).Reserved);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Whoever_has_a_whole_network_of_addresses_counts_as_one(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, o => o.MaxUnpaidPerAddress = 2);
        await shop.CardsAsync(keys: 100);
        Task<CommerceResult<OrderReceipt>> FromAsync(string address) => shop.TryOrderAsync(Shop.Request() with { ClientAddress = address });
        Assert.True((await FromAsync("2001:db8:1:2::1")).Succeeded);
        Assert.True((await FromAsync("2001:db8:1:2:ffff:ffff:ffff:ffff")).Succeeded);
        Assert.Equal(CommerceErrors.AddressLimit, (await FromAsync("2001:db8:1:2:abcd::7")).Error!.Code);
        Assert.True((await FromAsync("2001:db8:1:3::1")).Succeeded);

        Assert.True((await FromAsync("198.51.100.7")).Succeeded);
        Assert.True((await FromAsync("::ffff:198.51.100.7")).Succeeded);
        Assert.Equal(CommerceErrors.AddressLimit, (await FromAsync("198.51.100.7")).Error!.Code);
        Assert.True((await FromAsync("::ffff:198.51.100.8")).Succeeded);
        Assert.Equal(6, await shop.Commerce.CountAsync("orders"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Expiry_gives_everything_back_once_and_never_touches_a_paid_order(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        var pool = await shop.CardsAsync(keys: 600);
        await shop.PaidOrderAsync();
        for (var i = 0; i < 450; i++)
            await shop.OrderAsync(Shop.Request(contact: $"b{i}@example.com"));
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(16));
        var swept = await Task.WhenAll(Task.Run(() => shop.ExpireAsync(TimeSpan.Zero)), Task.Run(() => second.ExpireAsync(TimeSpan.FromMinutes(16))));

        Assert.Equal(450, swept.Sum());
        var stats = await shop.StockAsync(pool);
        Assert.Equal((599L, 0L, 1L), (stats.Available, stats.Reserved, stats.Delivered));
        Assert.Equal(450, await shop.MessagesAsync(OrderEvents.Expired));
        await shop.AssertSoundAsync();
    }
}
