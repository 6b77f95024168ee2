using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Shops;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Payouts;
using LinkShop.Commerce.Tests.Splits;

namespace LinkShop.Commerce.Tests.Shops;

[Collection("alone")]
public sealed class ShopWaitingTests
{
    private static readonly TenantScope Platform = new("Default");

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_platform_sees_which_shops_wait_for_it_and_for_what_until_it_is_done(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var (shops, waiting) = (commerce.Get<IShops>(), commerce.Get<IShopWaiting>());
        var ann = await ShopRegisterTests.OpenAsync(shops, "anns-cards");
        var bob = await ShopRegisterTests.OpenAsync(shops, "bobs-games");
        await ShopRegisterTests.OpenAsync(shops, "idle-shop");
        Assert.Empty(await waiting.ListAsync(Platform));

        // the shop's own money, asked for by its owner; somebody of a mall, who has people of its own, asks too
        var desk = new Desk(commerce, new TenantScope(ann.Shop));
        var bank = Desk.Profile(owner: "", provider: "manual", kind: PayoutDestinationKind.Bank);
        foreach (var each in new[] { desk, new Desk(commerce, TestCommerce.Mall) })
        {
            await each.FundAsync("", Desk.Funds);
            Assert.True((await each.Payees.SaveAsync(each.Scope, bank, Desk.Ann)).Succeeded);
        }

        var asked = Assert.Single(await waiting.ListAsync(Platform));
        Assert.Equal((ann.Shop, "anns-cards", ShopWait.Payee, 1), (asked.Shop, asked.Slug, asked.What, asked.Count));
        await desk.VerifiedAsync(bank);
        Assert.Empty(await waiting.ListAsync(Platform));
        commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        var payout = (await desk.Payouts.RequestAsync(desk.Scope, Desk.Request(100_00, owner: ""))).Value;
        Assert.Equal((ShopWait.Payout, payout.RequestedAt), Assert.Single(await waiting.ListAsync(Platform)) is var w ? (w.What, w.Since) : default);
        Assert.True((await desk.Payouts.ApproveAsync(desk.Scope, payout.Id, Desk.Clerk)).Succeeded);
        // on its way nobody waits for a person; paid by hand they do
        Assert.Empty(await waiting.ListAsync(Platform));
        Assert.Equal(PayoutState.Sending, (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Value.State);
        Assert.Equal(ShopWait.Payout, Assert.Single(await waiting.ListAsync(Platform)).What);
        Assert.True((await desk.Payouts.ConfirmPaidAsync(desk.Scope, payout.Id, "bank 7", Desk.Boss)).Succeeded);
        Assert.Empty(await waiting.ListAsync(Platform));

        var seller = new Shop(commerce, new TenantScope(bob.Shop));
        await seller.CardsAsync();
        var order = await seller.PaidOrderAsync();
        var refunds = commerce.Get<IRefunds>();
        Assert.True((await refunds.RequestAsync(seller.Scope, MoneyShop.Draft(order, 1000))).Succeeded);
        // the shop's own to answer, for now
        Assert.Empty(await waiting.ListAsync(Platform));
        commerce.Clock.Advance(TimeSpan.FromHours(49));
        await refunds.EscalateAsync();
        Assert.Equal((bob.Shop, ShopWait.Refund), Assert.Single(await waiting.ListAsync(Platform)) is var late ? (late.Shop, late.What) : default);
        Assert.Empty(await waiting.ListAsync(new TenantScope("Elsewhere")));
    }
}
