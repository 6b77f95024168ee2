using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;

namespace LinkShop.Commerce.Tests.Ordering;

/// <summary>What a buyer and the shop still have to settle.</summary>
public sealed class BuyerMattersTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Only_what_is_under_way_for_this_buyer_is_open(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 30);
        var mine = Shop.Request() with { UserId = "u-1" };
        // over: delivered, given back whole, called off; and somebody else's
        await shop.PaidOrderAsync(mine);
        await shop.ApplyAsync(Shop.Event(await shop.PaidOrderAsync(mine), PaymentEventKind.Refunded, amount: 1000));
        var cancelled = await shop.OrderAsync(mine);
        Assert.True((await shop.Ordering.CancelAsync(shop.Scope, cancelled.OrderId, OrderAccess.ByUser("u-1"))).Succeeded);
        await shop.OrderAsync(mine with { UserId = "u-2" });
        Assert.Empty(await OpenAsync());

        var unpaid = await shop.OrderAsync(mine);
        var disputed = await shop.PaidOrderAsync(mine);
        await shop.ApplyAsync(Shop.Event(disputed, PaymentEventKind.Disputed));
        var twice = await shop.PaidOrderAsync(mine);
        await shop.ApplyAsync(Shop.Event(twice, payment: "a second one"));
        var asked = await shop.PaidOrderAsync(mine);
        Assert.True((await shop.Commerce.Get<IRefunds>().RequestAsync(shop.Scope, new RefundDraft { Id = "r", OrderId = asked.OrderId, Lines = [new RefundLine(1, 100)], Reason = RefundReason.Other })).Succeeded);
        Assert.Equal(
            [(BuyerMatterKind.Unpaid, unpaid.OrderId), (BuyerMatterKind.Disputed, disputed.OrderId), (BuyerMatterKind.RefundDue, twice.OrderId), (BuyerMatterKind.RefundAsked, asked.OrderId)],
            (await OpenAsync()).Select(m => (m.Kind, m.OrderId)));
        Assert.Empty(await shop.Commerce.Get<IBuyerMatters>().OpenAsync(TestCommerce.Other, "u-1"));

        Task<IReadOnlyList<BuyerMatter>> OpenAsync() => shop.Commerce.Get<IBuyerMatters>().OpenAsync(shop.Scope, "u-1");
    }
}
