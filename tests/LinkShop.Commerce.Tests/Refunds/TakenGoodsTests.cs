using LinkShop.Commerce.Data;
using LinkShop.Commerce.Evidence;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Resale;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

/// <summary>A refund that takes the goods back takes them whatever they are.</summary>
public sealed class TakenGoodsTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_text_a_shared_key_and_what_was_delivered_by_hand_are_gone_from_the_order_and_marked_for_staff(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await MixedAsync(shop);
        Assert.Equal(["The link", "SHARED-1", "by hand"], await shop.KeysAsync(order));
        // money back alone leaves the goods
        Assert.True((await BackAsync(1, 10, revoke: false)).Succeeded);
        Assert.Equal(3, (await shop.KeysAsync(order)).Length);
        for (var line = 1; line <= 3; line++)
        {
            Assert.True((await BackAsync(line, 10, revoke: true)).Succeeded);
            var left = (await shop.ViewAsync(order)).Lines;
            Assert.Equal(Enumerable.Range(1, 3).Select(l => l <= line), left.Select(l => l.TakenBack));
            Assert.Equal(Enumerable.Range(1, 3).Select(l => l <= line ? 0 : 1), left.Select(l => l.Deliveries.Count));
        }

        var staff = await shop.Commerce.Get<IReplacements>().OfOrderAsync(shop.Scope, order.OrderId);
        Assert.Equal((3, 3, 0), (staff.Units.Count, staff.Units.Count(u => u.TakenBack), staff.Units.Count(u => u.Correctable)));
        Assert.All((await shop.Commerce.Get<IEvidence>().BuildAsync(shop.Scope, order.OrderId, "ann")).Value.Pack.Deliveries, d => Assert.Equal(KeyState.Revoked, d.State));
        await SoundAsync(shop);

        Task<CommerceResult<RefundView>> BackAsync(int line, long minor, bool revoke) => shop.Commerce.Get<IRefunds>().GrantAsync(
            shop.Scope, Draft(order, minor) with { Lines = [new RefundLine(line, minor)], RevokeKeys = revoke }, "ann", forPlatform: false);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_delivered_after_the_decision_is_the_buyers_and_a_request_takes_nothing_yet(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.ManualAsync(change: o => o with { Merchant = "mer" });
        var (refunds, order) = (shop.Commerce.Get<IRefunds>(), await shop.PaidOrderAsync(Shop.Request("manual")));
        Assert.True((await refunds.GrantAsync(shop.Scope, Draft(order, 100) with { RevokeKeys = true }, "ann", forPlatform: false)).Succeeded);
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 1, "by hand", "ann")).Succeeded);
        Assert.Equal(["by hand"], await shop.KeysAsync(order));
        var asked = (await refunds.RequestAsync(shop.Scope, Draft(order, 50))).Value;
        Assert.Equal(["by hand"], await shop.KeysAsync(order));
        Assert.True((await refunds.AnswerAsync(shop.Scope, asked.Id, approve: true, RefundPayer.Merchant, revokeKeys: true, "ann", null, forPlatform: false)).Succeeded);
        Assert.Empty(await shop.KeysAsync(order));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_suppliers_text_is_gone_from_the_shops_order_and_stays_with_other_buyers(CommerceDialect dialect)
    {
        await using var world = await ResaleWorld.OpenAsync(dialect, sku: o => o with { Delivery = DeliveryKind.Text, DeliveryText = "The link", PoolId = null, PerUnit = true });
        var (order, other) = (await world.PaidAsync(world.A), await world.PaidAsync(world.A, contact: "other@example.com"));
        Assert.True((await world.Supplier.Commerce.Get<IRefunds>().GrantAsync(ResaleWorld.ShopA, Draft(order, 300) with { RevokeKeys = true }, "sam", forPlatform: false)).Succeeded);
        Assert.Empty(await world.A.KeysAsync(order));
        Assert.Equal(["The link"], await world.A.KeysAsync(other));
        Assert.True(Assert.Single((await world.A.Commerce.Get<IReplacements>().OfOrderAsync(ResaleWorld.ShopA, order.OrderId)).Units).TakenBack);
    }

    private static async Task<OrderReceipt> MixedAsync(Shop shop)
    {
        var pool = await shop.Commerce.Pools.CreateAsync(shop.Scope, new KeyPoolSettings("shared", ReusableSecret: "SHARED-1"));
        await shop.OfferAsync(new Offer { SkuId = "text", ProductId = "p1", Title = "Text", Price = new Money(100, "CNY"), Delivery = DeliveryKind.Text, DeliveryText = "The link" });
        await shop.OfferAsync(new Offer { SkuId = "shared", ProductId = "p2", Title = "Shared", Price = new Money(100, "CNY"), Delivery = DeliveryKind.ReusableKey, PoolId = pool.Id });
        await shop.ManualAsync();
        var order = await shop.PaidOrderAsync(Shop.Request() with { Lines = [new() { SkuId = "text" }, new() { SkuId = "shared" }, new() { SkuId = "manual" }] });
        Assert.True((await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 3, "by hand", "ann")).Succeeded);
        return order;
    }
}
