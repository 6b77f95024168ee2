using LinkShop.Commerce.Data;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Splits;

/// <summary>What a wallet says is coming is what comes.</summary>
public sealed class ComingTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_said_to_come_is_what_is_available_after_it_came(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect, p => p with { ReserveBasisPoints = 2_000, ReserveDays = 30 });
        Assert.True((await shop.Commerce.Get<IMerchants>().SaveAsync(shop.Scope, new Merchant("mer", "Mer", null, null, default), "boss")).Succeeded);
        var part = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, part, 333)).Succeeded);
        var gone = await shop.PaidOrderAsync(Shop.Request(contact: "two@example.com"));
        Assert.True((await GrantAsync(shop, gone, 1000)).Succeeded);
        shop.Commerce.Clock.Advance(TimeSpan.FromHours(3));
        await shop.PaidOrderAsync(Shop.Request(contact: "three@example.com") with { Reseller = "res", Promoter = "pro" });
        await shop.PaidOrderAsync(Shop.Request(contact: "four@example.com"));
        var finance = shop.Commerce.Get<IFinance>();
        var coming = await finance.ComingAsync(shop.Scope, "mer");
        Assert.Equal((3L, true, 2), (coming.Lines, coming.KeepsBack, coming.Times.Count));
        Assert.Equal(coming.Times.Sum(t => t.Amount.Minor), coming.First.Sum(c => c.Amount.Minor));
        Assert.Equal(part.OrderId, coming.First[0].OrderId);
        Assert.All(coming.Times, t => Assert.Equal(0, t.At.ToUnixTimeMilliseconds() % 900_000));
        await ReleaseAsync(shop);
        await HasAsync(shop, (Available, coming.Times.Sum(t => t.Amount.Minor)), (Pending, 0));
        var after = await finance.ComingAsync(shop.Scope, "mer");
        Assert.Equal((0L, 0, 0), (after.Lines, after.Times.Count, after.First.Count));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_list_that_is_cut_says_how_many_there_are_and_the_times_have_all(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        for (var i = 0; i < 5; i++)
        {
            await shop.PaidOrderAsync(Shop.Request(contact: $"b{i}@example.com"));
            shop.Commerce.Clock.Advance(TimeSpan.FromHours(1));
        }

        var coming = await shop.Commerce.Get<IFinance>().ComingAsync(shop.Scope, "mer", 2);
        Assert.Equal((5L, 2, 5, false), (coming.Lines, coming.First.Count, coming.Times.Count, coming.KeepsBack));
        Assert.Equal(5 * 940, coming.Times.Sum(t => t.Amount.Minor));
        Assert.Equal(0, (await shop.Commerce.Get<IFinance>().ComingAsync(TestCommerce.Other, "mer")).Lines);
        Assert.Equal(0, (await shop.Commerce.Get<IFinance>().ComingAsync(shop.Scope, "else")).Lines);
    }
}
