using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;

namespace LinkShop.Commerce.Tests.Credits;

public sealed class CreditRefundTests
{
    public static MatrixTheoryData<CommerceDialect, CreditKind> BothKinds => new([CommerceDialect.Sqlite, CommerceDialect.Postgres], [CreditKind.Balance, CreditKind.Points]);

    [Theory, MemberData(nameof(BothKinds))]
    public async Task A_refund_goes_back_to_where_it_came_from_once_however_often_it_is_asked(CommerceDialect dialect, CreditKind kind)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await shop.GiveAsync(1000, kind);
        var order = await shop.OrderAsync();
        Assert.True((await shop.PayAsync(order, kind)).Succeeded);
        await shop.RefundAsync(order, 400);
        Assert.Equal(400, (await shop.Shop.ViewAsync(order)).RefundDue.Minor);
        await shop.GiveBackAsync(order, kind, times: 3);
        Assert.Equal((400, 400, 0), (await HasAsync(shop, kind), (await shop.Shop.ViewAsync(order)).Refunded.Minor, (await shop.Shop.ViewAsync(order)).RefundDue.Minor));
        Assert.Equal(OrderState.PartiallyRefunded, await shop.Shop.StateAsync(order));
        Assert.Null(await shop.Commerce.Get<IRefundAsks>().NextAsync(shop.Shop.Scope, order.OrderId, kind == CreditKind.Points ? "points" : "balance", order.OrderId));

        await shop.RefundAsync(order, 600);
        await shop.GiveBackAsync(order, kind);
        Assert.Equal(OrderState.Refunded, await shop.Shop.StateAsync(order));
        Assert.Equal(1000, await HasAsync(shop, kind));
        foreach (var account in (LedgerAccount[])[new("mer", LedgerPurpose.MerchantPending), new("", LedgerPurpose.BuyerClearing)])
            Assert.Equal(0, await shop.HasAsync(account));
        await shop.Shop.CorruptAsync("delete from outbox");
        await shop.SoundAsync();
        // and can be spent again
        Assert.True((await shop.PayAsync(await shop.OrderAsync(), kind)).Succeeded);
        Assert.Equal(0, await HasAsync(shop, kind));
        await shop.SoundAsync();
    }

    [Theory, MemberData(nameof(BothKinds))]
    public async Task Goods_that_staff_give_back_by_hand_go_to_the_same_account_and_are_not_given_twice(CommerceDialect dialect, CreditKind kind)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await shop.GiveAsync(1000, kind);
        var order = await shop.OrderAsync();
        Assert.True((await shop.PayAsync(order, kind)).Succeeded);
        await shop.RefundAsync(order, 1000);
        var (name, asks) = (kind == CreditKind.Points ? "points" : "balance", shop.Commerce.Get<IRefundAsks>());
        Assert.True((await shop.Shop.Desk.MarkGivenBackAsync(shop.Shop.Scope, order.OrderId, name, order.OrderId, "staff", "now")).Succeeded);
        Assert.Null(await asks.NextAsync(shop.Shop.Scope, order.OrderId, name, order.OrderId));
        Assert.Equal(1000, await HasAsync(shop, kind));
        await shop.Shop.CorruptAsync("delete from outbox");
        await shop.SoundAsync();
    }

    private static Task<long> HasAsync(CreditShop shop, CreditKind kind) => kind == CreditKind.Points ? shop.PointsAsync() : shop.BalanceAsync();
}
