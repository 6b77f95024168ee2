using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Shops;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Splits;

namespace LinkShop.Commerce.Tests.Shops;

[Collection("alone")]
public sealed class ShopUsageTests
{
    private static readonly TenantScope Platform = new("Default");

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_report_says_of_each_shop_what_its_own_books_say_and_follows_refunds(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var (shops, usages) = (commerce.Get<IShops>(), commerce.Get<IShopUsages>());
        var ann = await SellerAsync(commerce, "anns-cards");
        var bob = await SellerAsync(commerce, "bobs-games");
        await ShopRegisterTests.OpenAsync(shops, "idle-shop");
        var order = await ann.PaidOrderAsync();
        await ann.PaidOrderAsync(Shop.Request(quantity: 2));
        await ann.OrderAsync();
        var only = await bob.PaidOrderAsync();
        // an order of somebody who is no shop of this platform counts nowhere
        var mall = new Shop(commerce, TestCommerce.Mall);
        await mall.CardsAsync();
        await mall.PaidOrderAsync();
        await BuyPlanAsync(commerce, "anns-cards");

        // the idle one has nothing new
        Assert.Equal(2, await usages.CountAsync(Platform));
        var page = await usages.ListAsync(Platform, new ShopUsageQuery("CNY"));
        Assert.Equal(["anns-cards", "bobs-games", "idle-shop"], page.Shops.Select(s => s.Slug));
        // 5 % of 30 yuan, and a plan of 50; 3 orders with a line each, 3 keys delivered, 10 stored
        Assert.Equal((3000L, 150L, 5000L, 2L, 1L, 19L), Figures(page.Shops[0]));
        Assert.Equal((1000L, 50L, 0L, 1L, 1L, 13L), Figures(page.Shops[1]));
        Assert.Equal((0L, 0L, 0L, 0L, 0L, 0L), Figures(page.Shops[2]));
        var sum = await usages.SumAsync(Platform, "CNY");
        Assert.Equal((3L, 3L, 4000L, 5200L), (sum.Shops, sum.Orders, sum.Turnover, sum.Earned));
        Assert.Equal(0, (await usages.SumAsync(Platform, "USD")).Turnover);
        Assert.Equal(["CNY"], await usages.CurrenciesAsync(Platform));

        foreach (var (seller, back) in new[] { (ann, order), (bob, only) })
        {
            Assert.True((await MoneyShop.GrantAsync(seller, back, 1000)).Succeeded);
            await MoneyShop.GiveBackAsync(seller, back);
        }

        Assert.Null(await usages.CountAsync(Platform));
        Assert.Equal((3000L, 150L), (await usages.ListAsync(Platform, new ShopUsageQuery("CNY"))).Shops[0] is var before ? (before.Turnover, before.Commission) : default);
        commerce.Clock.Advance(TimeSpan.FromHours(1.01));
        Assert.Equal(2, await usages.CountAsync(Platform));
        page = await usages.ListAsync(Platform, new ShopUsageQuery("CNY"));
        Assert.Equal((2000L, 100L, 5000L, 2L, 1L, 19L), Figures(page.Shops[0]));
        Assert.Equal((0L, 0L, 0L, 1L, 1L, 13L), Figures(page.Shops.Single(s => s.Slug == "bobs-games")));
        // nothing new: nothing is written
        commerce.Clock.Advance(TimeSpan.FromHours(1.01));
        Assert.Equal(0, await usages.CountAsync(Platform));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_shop_on_another_database_is_counted_there_with_its_plan_paid_here(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect, two: true);
        var usages = commerce.Get<IShopUsages>();
        var far = await SellerAsync(commerce, "anns-cards", TestCommerce.Second);
        var near = await SellerAsync(commerce, "bobs-games");
        var order = await far.PaidOrderAsync(Shop.Request(quantity: 3));
        await near.PaidOrderAsync();
        await BuyPlanAsync(commerce, "anns-cards");
        for (var hours = 0; hours < 3; hours++)
        {
            Assert.NotNull(await usages.CountAsync(Platform));
            var page = await usages.ListAsync(Platform, new ShopUsageQuery("CNY"));
            Assert.Equal((3000L, 150L, 5000L, 1L, 1L, 15L), Figures(page.Shops[0]));
            Assert.Equal((1000L, 50L, 0L, 1L, 1L, 13L), Figures(page.Shops[1]));
            commerce.Clock.Advance(TimeSpan.FromHours(1.01));
        }

        Assert.True((await MoneyShop.GrantAsync(far, order, 1000)).Succeeded);
        await MoneyShop.GiveBackAsync(far, order);
        await usages.CountAsync(Platform);
        Assert.Equal((2000L, 100L, 5000L, 1L, 1L, 15L), Figures((await usages.ListAsync(Platform, new ShopUsageQuery("CNY"))).Shops[0]));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_processes_that_count_at_once_one_counts(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        await SellerAsync(commerce, "anns-cards");
        var counted = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? commerce : second).Get<IShopUsages>().CountAsync(Platform)));
        Assert.Single(counted, c => c is not null);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Requests_of_all_processes_are_added_up_and_none_of_them_is_counted_twice(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        var shop = (await ShopRegisterTests.OpenAsync(commerce.Get<IShops>(), "anns-cards")).Shop;
        var (here, there) = (commerce.Get<IShopVisits>(), second.Get<IShopVisits>());
        Assert.Equal(0, await here.FlushAsync());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 5000; n++)
                (i % 2 == 0 ? here : there).Count(Platform, shop);
            await (i % 2 == 0 ? here : there).FlushAsync();
        })));
        here.Count(Platform, "Shop99");
        Assert.Equal(1, await here.FlushAsync());
        await there.FlushAsync();
        Assert.Equal(0, await here.FlushAsync());
        Assert.Equal(20_000, Assert.Single((await commerce.Get<IShopUsages>().ListAsync(Platform, new ShopUsageQuery("CNY"))).Shops).Requests);
        // a count of the books leaves them
        await commerce.Get<IShopUsages>().CountAsync(Platform);
        Assert.Equal(20_000, (await commerce.Get<IShopUsages>().SumAsync(Platform, "CNY")).Requests);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Ten_thousand_shops_are_sorted_by_anything_paged_and_searched_in_a_tenth_of_a_second(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var usages = commerce.Get<IShopUsages>();
        await FillAsync(commerce, 10_000);
        // what the server does by itself within a minute, and a count does at once
        if (dialect == CommerceDialect.Postgres)
            await commerce.Database.WriteSystemAsync(c => c.ExecuteAsync("analyze shop, shop_usage, shop_earning"));
        foreach (var query in Enum.GetValues<ShopMeasure>().Select(m => new ShopUsageQuery("CNY", m)).Append(new("CNY", Text: "owner77")).Append(new("CNY", ShopMeasure.Requests, Least: true, After: new(500, 5000))))
        {
            var times = new List<double>();
            for (var i = 0; i < 7; i++)
            {
                var start = TimeProvider.System.GetTimestamp();
                await usages.ListAsync(Platform, query);
                times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            }

            Assert.True(times.Order().ElementAt(3) <= 100, $"{query}: {string.Join(' ', times.Select(t => t.ToString("0.0", null)))} ms");
        }

        // many shops have the same figure: all pages together are all shops, each once, in order
        foreach (var least in new[] { false, true })
        {
            var seen = new List<ShopUsage>();
            for (ShopUsagePage? page = null; page?.Next is not null || page is null;)
            {
                page = await usages.ListAsync(Platform, new ShopUsageQuery("CNY", ShopMeasure.Orders, least, After: page?.Next, Take: 500));
                seen.AddRange(page.Shops);
            }

            Assert.Equal(10_000, seen.Select(s => s.Number).Distinct().Count());
            Assert.Equal(10_000, seen.Count);
            Assert.Equal(least ? seen.Select(s => s.Orders).Order() : seen.Select(s => s.Orders).OrderDescending(), seen.Select(s => s.Orders));
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_file_has_every_shop_once_with_harmless_texts(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        await FillAsync(commerce, 1_203);
        await commerce.Database.WriteAsync(Platform, c => c.ExecuteAsync("update shop set title = '=1+1, \"x\"' where tenant = @tenant and number = 7"));
        using var file = new MemoryStream();
        Assert.Equal(1_203, await commerce.Get<IShopUsages>().WriteCsvAsync(Platform, "CNY", null, file));
        var lines = Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(ShopUsages.Header, lines[0]);
        Assert.Equal(1_204, lines.Distinct().Count());
        Assert.Equal("Shop7,\"'=1+1, \"\"x\"\"\",slug7,owner7,free,Open,0,7,0,7,0,CNY,0.00,0.07,0.00,0.07", lines[7]);
        using var some = new MemoryStream();
        Assert.Equal(5, await commerce.Get<IShopUsages>().WriteCsvAsync(Platform, "CNY", "OWNER120", some));
    }

    private static (long Turnover, long Commission, long Plans, long Orders, long Products, long Records) Figures(ShopUsage s) => (s.Turnover, s.Commission, s.Plans, s.Orders, s.Products, s.Records);

    private static async Task<Shop> SellerAsync(TestCommerce commerce, string slug, string database = "")
    {
        var seller = new Shop(commerce, new TenantScope((await ShopRegisterTests.OpenAsync(commerce.Get<IShops>(), slug)).Shop));
        if (database.Length > 0)
            commerce.Placement.Places[seller.Scope.Tenant] = new CommercePlace(database, false);
        await seller.CardsAsync(change: o => o with { Merchant = "mer" });
        var policies = commerce.Get<IFeePolicies>();
        var policy = await policies.CurrentAsync(seller.Scope) with { Rules = [new FeeRule { Id = "commission", Share = ShareKind.Platform, BasisPoints = 500 }] };
        Assert.True((await policies.SaveAsync(seller.Scope, policy, "ann")).Succeeded);
        return seller;
    }

    private static async Task BuyPlanAsync(TestCommerce commerce, string slug)
    {
        var platform = new Shop(commerce, Platform);
        await platform.ManualAsync("pro-month");
        await commerce.Get<IShopPlans>().SaveAsync(Platform, new ShopPlan("pro", 1, 1000, 10, 5000, 1, 300, "pro-month", null));
        await platform.ManualAsync("advice");
        var order = await platform.PaidOrderAsync(Shop.Request() with { Lines = [new() { SkuId = "pro-month" }, new() { SkuId = "advice" }] });
        // of what was bought beside it: the plan stays paid whole
        Assert.True((await commerce.Get<IRefunds>().GrantAsync(Platform, MoneyShop.Draft(order, 1) with { Lines = [new RefundLine(2, 2000)] }, "ann", forPlatform: true)).Succeeded);
        Assert.True((await commerce.Get<IShopPlans>().ApplyAsync(Platform, new PlanPurchase(order.OrderId, 1, slug, "pro-month", 1, commerce.Clock.GetUtcNow(), 5000, 5000))).Succeeded);
    }

    private static Task FillAsync(TestCommerce commerce, int count) => commerce.Database.WriteAsync(Platform, async c =>
    {
        const string numbers = "with recursive n (i) as (select 1 union all select i + 1 from n where i < @count)";
        await c.ExecuteAsync($"""
            {numbers} insert into shop (tenant, shop, number, slug, title, category, owner_user, owner_name, plan, state, words, created_at, updated_at)
            select @tenant, 'Shop' || i, i, 'slug' || i, '点卡 ' || i, '', 'owner' || i, 'owner' || i, 'free', 'Open', '点卡 ' || i || ' slug' || i || ' owner' || i, 1, 1 from n
            """, new { count });
        await c.ExecuteAsync($"{numbers} insert into shop_usage (tenant, shop, orders, requests) select @tenant, 'Shop' || i, i % 40, i from n where i % 3 <> 0", new { count });
        await c.ExecuteAsync($"{numbers} insert into shop_earning (tenant, shop, currency, turnover, commission, plans) select @tenant, 'Shop' || i, 'CNY', 0, i, 0 from n", new { count });
    });
}
