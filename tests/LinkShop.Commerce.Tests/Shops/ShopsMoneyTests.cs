using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Shops;
using LinkShop.Commerce.Tests.Payouts;

namespace LinkShop.Commerce.Tests.Shops;

[Collection("alone")]
public sealed class ShopsMoneyTests
{
    private static readonly TenantScope Platform = new("Default");

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_platform_sees_what_all_books_have_together_and_which_shops_owe(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var (shops, money) = (commerce.Get<IShops>(), commerce.Get<IShopsMoney>());
        var (ann, bob) = (await ShopRegisterTests.OpenAsync(shops, "anns-cards"), await ShopRegisterTests.OpenAsync(shops, "bobs-games"));
        Assert.Empty(await money.SumAsync(Platform));
        Assert.Empty(await money.OwingAsync(Platform));

        // a mall's staff merchant and a shop's own earnings
        await new Desk(commerce, TestCommerce.Mall).FundAsync(Desk.Ann, 70_00);
        await new Desk(commerce, new TenantScope(ann.Shop)).FundAsync("", 30_00);
        await OweAsync(commerce, ann.Shop, "", 4_00);
        await OweAsync(commerce, bob.Shop, "", 5_00);
        await OweAsync(commerce, bob.Shop, "", -5_00);
        await OweAsync(commerce, TestCommerce.Mall.Tenant, Desk.Ann, 9_00);
        var sum = Assert.Single(await money.SumAsync(Platform));
        Assert.Equal(("CNY", 3, 0L), (sum.Currency, sum.Tenants, sum.Difference.Minor));
        Assert.Equal((100_00L, -13_00L), (sum.Accounts[LedgerPurpose.MerchantAvailable].Minor, sum.Accounts[LedgerPurpose.Debt].Minor));
        Assert.Equal(("psp", 87_00L), Assert.Single(sum.Providers) is var (provider, holds) ? (provider, holds.Minor) : default);
        // not whoever has paid it off, and not a mall, which is no shop
        var owing = Assert.Single(await money.OwingAsync(Platform));
        Assert.Equal((ann.Shop, "anns-cards", 4_00L), (owing.Shop, owing.Slug, owing.Owes.Minor));

        // a shop that is moved is in two places, and counts where it still is
        await MovingAsync("Leaving");
        Assert.Equal(100_00, Assert.Single(await money.SumAsync(Platform)).Accounts[LedgerPurpose.MerchantAvailable].Minor);
        Assert.Single(await money.OwingAsync(Platform));
        await MovingAsync("Gone");
        Assert.Equal((2, 70_00L), Assert.Single(await money.SumAsync(Platform)) is var left ? (left.Tenants, left.Accounts[LedgerPurpose.MerchantAvailable].Minor) : default);
        Assert.Empty(await money.OwingAsync(Platform));

        Task MovingAsync(string role) => commerce.Database.WriteSystemAsync(c => c.ExecuteAsync(
            "insert into tenant_move (tenant, role) values (@shop, @role) on conflict (tenant) do update set role = excluded.role", new { shop = ann.Shop, role }));
    }

    private static Task OweAsync(TestCommerce commerce, string tenant, string owner, long fen) => commerce.Database.WriteAsync(new TenantScope(tenant), async c =>
    {
        var (bank, debt) = (new LedgerAccount("psp", LedgerPurpose.ProviderClearing), new LedgerAccount(owner, LedgerPurpose.Debt));
        var (from, to) = fen > 0 ? (debt, bank) : (bank, debt);
        Assert.True((await commerce.Get<ILedger>().PostAsync(c, [LedgerTransfer.Move(Guid.NewGuid().ToString("n"), from, to, Desk.Yuan(Math.Abs(fen)), "taken_back")])).Succeeded);
    });
}
