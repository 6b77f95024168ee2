using LinkShop.Commerce.Data;
using LinkShop.Commerce.Settlement;

namespace LinkShop.Commerce.Tests.Splits;

public sealed class MerchantTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_merchant_keeps_the_day_they_joined_and_is_seen_by_their_own_tenant_only(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var merchants = commerce.Get<IMerchants>();
        var joined = (await merchants.SaveAsync(TestCommerce.Mall, new Merchant("user-ann", " Ann ", " ", null, default), "boss")).Value;
        Assert.Equal(("Ann", null, null), (joined.Name, joined.Tier, joined.ShopPlan));
        commerce.Clock.Advance(TimeSpan.FromDays(30));
        var promoted = (await merchants.SaveAsync(TestCommerce.Mall, joined with { Tier = "gold", JoinedAt = DateTimeOffset.MaxValue }, "boss")).Value;
        Assert.Equal(("gold", joined.JoinedAt), (promoted.Tier, promoted.JoinedAt));
        Assert.Equal([promoted], await merchants.ListAsync(TestCommerce.Mall));
        Assert.Empty(await merchants.ListAsync(TestCommerce.Other));
        Assert.Null(await merchants.FindAsync(TestCommerce.Other, "user-ann"));
        Assert.Equal(1, await commerce.CountAsync("merchant", "updated_by = 'boss'"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_a_merchant_cannot_be_is_refused_by_field_and_nothing_is_stored(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var merchants = commerce.Get<IMerchants>();
        var good = new Merchant("user-ann", "Ann", null, null, default);
        foreach (var (merchant, actor, field) in new[]
        {
            (good with { Name = " " }, "boss", "name"), (good with { Name = new string('n', 101) }, "boss", "name"), (good with { Tier = new string('t', 61) }, "boss", "tier"),
            (good with { ShopPlan = new string('p', 61) }, "boss", "shopPlan"), (good with { Owner = new string('o', 101) }, "boss", "owner"), (good, " ", "actor"),
        })
        {
            Assert.Equal(field, (await merchants.SaveAsync(TestCommerce.Mall, merchant, actor)).Error!.Field);
        }

        Assert.Equal(0, await commerce.CountAsync("merchant"));
    }
}
