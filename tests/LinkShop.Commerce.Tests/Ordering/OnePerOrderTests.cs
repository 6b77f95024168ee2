using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Tests.Resale;

namespace LinkShop.Commerce.Tests.Ordering;

/// <summary>What every buyer gets the same of is one thing, however often it is bought.</summary>
public sealed class OnePerOrderTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Of_a_text_or_a_shared_key_an_order_has_one(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.Commerce.Pools.CreateAsync(shop.Scope, new KeyPoolSettings("shared", ReusableSecret: "KEY"));
        await shop.OfferAsync(Text);
        await shop.OfferAsync(Text with { SkuId = "shared", ProductId = "p-shared", Delivery = DeliveryKind.ReusableKey, DeliveryText = null, PoolId = pool.Id });
        foreach (var sku in new[] { "text", "shared" })
        {
            var refused = (await shop.TryOrderAsync(Shop.Request(sku, quantity: 3))).Error!;
            Assert.Equal((CommerceErrors.OnePerOrder, "lines[0].quantity"), (refused.Code, refused.Field));
            Assert.Equal(0, await shop.Commerce.CountAsync("orders", $"exists (select 1 from order_lines l where l.order_id = orders.id and l.sku_id = '{sku}')"));
            Assert.Single(await shop.KeysAsync(await shop.PaidOrderAsync(Shop.Request(sku))));
        }

        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Where_each_unit_counts_there_are_as_many_as_the_limits_allow(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.OfferAsync(Text, o => o with { PerUnit = true, Limits = new PurchaseLimits { MaxPerOrder = 12 } });
        Assert.True((await shop.Catalog.GetAsync(shop.Scope, "text"))!.PerUnit);
        Assert.Equal(6000, (await shop.OrderAsync(Shop.Request("text", quantity: 3))).Total.Minor);
        var many = (await shop.TryOrderAsync(Shop.Request("text", quantity: 13))).Error!;
        Assert.Equal(CommerceErrors.QuantityOutOfRange, many.Code);
        Assert.Equal([1, 12], many.Facts);
        Assert.Equal("offers[0].perUnit", (await shop.Catalog.UpsertProductAsync(shop.Scope, "p", [Text with { ProductId = "p", SkuId = "x", DeliveryText = null, Delivery = DeliveryKind.Manual, PerUnit = true }])).Error?.Field);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_resold_text_is_one_too(CommerceDialect dialect)
    {
        await using var world = await ResaleWorld.OpenAsync(dialect, sku: o => o with { Delivery = DeliveryKind.Text, PoolId = null, DeliveryText = "https://example.com/file" });
        var refused = (await world.A.TryOrderAsync(await world.RequestAsync(world.A, 2))).Error!;
        Assert.Equal((CommerceErrors.OnePerOrder, "lines[0].quantity"), (refused.Code, refused.Field));
        Assert.Single(await world.A.KeysAsync(await world.A.PaidOrderAsync(await world.RequestAsync(world.A))));
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Plans_that_were_on_sale_before_are_sold_by_the_month_still(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.OfferAsync(Text);
        await shop.OfferAsync(Text with { SkuId = "month", ProductId = "p-month" });
        await shop.CorruptAsync($"insert into shop_plan (tenant, code, rank, products, staff, storage_mb, domains, fee_basis_points, month_sku) values ('{shop.Scope.Tenant}', 'pro', 1, 1, 1, 1, 1, 1, 'month')");
        await shop.CorruptAsync(MigrationScripts.For(dialect).Single(s => s.Number == 53).Sql.Split(';')[0]);

        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        Assert.Equal(6000, (await second.OrderAsync(Shop.Request("month", quantity: 3))).Total.Minor);
        Assert.Equal(CommerceErrors.OnePerOrder, (await second.TryOrderAsync(Shop.Request("text", quantity: 3))).Error?.Code);
    }

    private static Offer Text => new() { SkuId = "text", ProductId = "p-text", Title = "Course", Price = new Money(2000, "CNY"), Delivery = DeliveryKind.Text, DeliveryText = "https://example.com/file" };
}
