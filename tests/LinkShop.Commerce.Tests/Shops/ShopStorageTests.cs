using LinkShop.Commerce.Data;
using LinkShop.Commerce.Shops;

namespace LinkShop.Commerce.Tests.Shops;

public sealed class ShopStorageTests
{
    private static readonly TenantScope Platform = new("Default");

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_many_files_at_once_as_many_are_let_in_as_there_is_room_for_and_deleted_ones_make_room(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        var shop = (await ShopRegisterTests.OpenAsync(commerce.Get<IShops>(), "anns-cards")).Shop;
        var storage = commerce.Get<IShopStorage>();
        Assert.Equal(StorageAnswer.Uncounted, await storage.TakeAsync(Platform, shop, 10, 100));
        Assert.Null(await storage.BytesAsync(Platform, shop));
        Assert.True(await storage.SetAsync(Platform, shop, 35, again: false));
        // somebody else counted at the same time
        Assert.False(await storage.SetAsync(Platform, shop, 0, again: false));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? commerce : second).Get<IShopStorage>().TakeAsync(Platform, shop, 10, 100)));
        Assert.Equal(6, answers.Count(a => a == StorageAnswer.Taken));
        Assert.All(answers, a => Assert.NotEqual(StorageAnswer.Uncounted, a));
        Assert.Equal(95, await storage.BytesAsync(Platform, shop));

        Assert.Equal(StorageAnswer.Taken, await storage.TakeAsync(Platform, shop, -10, 0));
        Assert.Equal(StorageAnswer.Taken, await storage.TakeAsync(Platform, shop, 15, 100));
        Assert.Equal(StorageAnswer.Full, await storage.TakeAsync(Platform, shop, 1, 100));
        Assert.Equal(StorageAnswer.Taken, await storage.TakeAsync(Platform, shop, -1000, null));
        Assert.Equal(0, await storage.BytesAsync(Platform, shop));

        // what was counted while a file was perhaps being written counts nothing
        await storage.TakeAsync(Platform, shop, 100, 100);
        Assert.False(await storage.SetAsync(Platform, shop, 5, again: true));
        commerce.Clock.Advance(ShopStorage.Quiet + TimeSpan.FromSeconds(1));
        Assert.True(await storage.SetAsync(Platform, shop, 5, again: true));
        Assert.Equal((5L, 5L), (await storage.BytesAsync(Platform, shop), (await commerce.Get<IShopUsages>().SumAsync(Platform, "CNY")).MediaBytes));
        Assert.Equal(StorageAnswer.Uncounted, await storage.TakeAsync(Platform, "Shop99", 1, 100));
        Assert.False(await storage.SetAsync(Platform, "Shop99", 1, again: false));
    }
}
