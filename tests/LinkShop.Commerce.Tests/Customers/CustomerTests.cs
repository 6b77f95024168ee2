using System.Diagnostics;
using LinkShop.Commerce.Customers;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Support;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Customers;

[Collection("alone")]
public sealed class CustomerTests(ITestOutputHelper output)
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_customer_is_a_contact_with_all_its_orders_or_the_account_of_those_without_one(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 20);
        await shop.CardsAsync("usd", keys: 20, change: o => o with { Price = new Money(300, "USD") });
        await shop.PaidOrderAsync(Shop.Request(contact: "Ann@Example.com"));
        await shop.PaidOrderAsync(Shop.Request("usd", contact: "ann@example.com"));
        var refunded = await shop.PaidOrderAsync(Shop.Request(contact: "ann@example.com"));
        await shop.ApplyAsync(Shop.Event(refunded, PaymentEventKind.Refunded, amount: 400));
        var unpaid = await shop.OrderAsync(Shop.Request(contact: "ann@example.com"));
        await shop.PaidOrderAsync(Shop.Request() with { Contact = null, LookupPassword = null, UserId = "u-1" });
        var last = await shop.PaidOrderAsync(Shop.Request() with { Contact = null, LookupPassword = null, UserId = "u-1" });

        var customers = shop.Commerce.Get<ICustomers>();
        var page = await customers.ListAsync(shop.Scope, null);
        Assert.Equal([("u-1", null), (null, "ann@example.com")], page.Customers.Select(c => (c.UserId, c.Contact)));
        var (account, ann) = (page.Customers[0], page.Customers[1]);
        Assert.Equal((last.OrderId, 2, 2, "20.00 CNY"), (account.LastOrderId, account.Orders, account.PaidOrders, string.Join(",", account.Paid)));
        Assert.Equal((unpaid.OrderId, 4, 3), (ann.LastOrderId, ann.Orders, ann.PaidOrders));
        Assert.Equal([new Money(1600, "CNY"), new Money(300, "USD")], ann.Paid);
        Assert.Equal([new Money(400, "CNY")], ann.Refunded);

        // by any of their orders, and by contact
        Assert.Equal(ann.LastOrderId, Assert.Single((await customers.ListAsync(shop.Scope, refunded.Number)).Customers).LastOrderId);
        Assert.Equal(ann.LastOrderId, Assert.Single((await customers.ListAsync(shop.Scope, " ANN@example.com")).Customers).LastOrderId);
        Assert.Empty((await customers.ListAsync(shop.Scope, "ann")).Customers);
        await shop.Commerce.Get<ITickets>().OpenAsync(shop.Scope, new() { OrderId = refunded.OrderId, Message = new() { Id = "m", Text = "Hm" }, Category = TicketCategory.Refund, Culture = "en" });
        var detail = (await customers.DetailAsync(shop.Scope, refunded.OrderId))!;
        Assert.Equal((4, 1, "ann@example.com"), (detail.Orders.Orders.Count, detail.Tickets.Count, detail.Customer.Contact));
        Assert.Equal(2, (await customers.DetailAsync(shop.Scope, last.OrderId))!.Orders.Orders.Count);

        Assert.Empty((await customers.ListAsync(TestCommerce.Other, null)).Customers);
        Assert.Empty((await customers.ListAsync(TestCommerce.Other, "ann@example.com")).Customers);
        Assert.Null(await customers.DetailAsync(TestCommerce.Other, last.OrderId));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Among_a_hundred_thousand_orders_each_page_takes_less_than_a_tenth_of_a_second(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        await ManyOrders.AddAsync(shop, await shop.PaidOrderAsync(), orders: 100_000, customers: 30_000);
        var customers = shop.Commerce.Get<ICustomers>();
        async Task<TimeSpan> BestAsync(string what, Func<Task> read)
        {
            var best = TimeSpan.MaxValue;
            // the machine does other things meanwhile
            for (var i = 0; i < 5; i++)
            {
                var watch = Stopwatch.StartNew();
                await read();
                best = watch.Elapsed < best ? watch.Elapsed : best;
            }

            output.WriteLine($"{dialect} {what}: {best.TotalMilliseconds:0.0} ms");
            return best;
        }

        var seen = new HashSet<string>();
        string? next = null;
        var deep = default(string);
        for (var pages = 0; pages == 0 || next is not null; pages++)
        {
            var page = await customers.ListAsync(shop.Scope, null, next, take: 200);
            Assert.All(page.Customers, c => Assert.True(seen.Add(c.LastOrderId)));
            next = page.Next;
            deep = pages == 100 ? next : deep;
        }

        Assert.Equal(30_001, seen.Count);
        Assert.NotNull(deep);
        Assert.True(await BestAsync("first page", () => customers.ListAsync(shop.Scope, null)) < TimeSpan.FromMilliseconds(100));
        Assert.True(await BestAsync("deep page", () => customers.ListAsync(shop.Scope, null, deep)) < TimeSpan.FromMilliseconds(100));
        Assert.True(await BestAsync("search", () => customers.ListAsync(shop.Scope, "buyer@example.com")) < TimeSpan.FromMilliseconds(100));
        Assert.True(await BestAsync("detail", () => customers.DetailAsync(shop.Scope, "00000000000000000000099999")) < TimeSpan.FromMilliseconds(100));
    }
}
