using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;

namespace LinkShop.Commerce.Tests.Ordering;

/// <summary>Whose a variant's id is.</summary>
public sealed class OfferCodeTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_id_of_a_variant_that_is_gone_can_be_taken_over_and_old_orders_keep_what_they_were_made_of(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var pool = await shop.CardsAsync();
        var before = await shop.PaidOrderAsync();
        var unpaid = await shop.OrderAsync();
        var successor = new Offer { SkuId = "card", ProductId = "p-new", Title = "New card", Price = new Money(2000, "CNY"), Delivery = DeliveryKind.CardKey, PoolId = pool };

        // while it is sold it isn't free
        Assert.Equal("offers[0].skuId", Assert.Single(await shop.Catalog.CheckAsync(shop.Scope, "p-new", [successor])).Field);
        Assert.Equal(CommerceErrors.Conflict, (await shop.Catalog.UpsertProductAsync(shop.Scope, "p-new", [successor])).Error!.Code);
        Assert.Equal("Game card", (await shop.Catalog.GetAsync(shop.Scope, "card"))!.Title);

        await shop.Catalog.UpsertProductAsync(shop.Scope, "p-card", []);
        Assert.Empty(await shop.Catalog.CheckAsync(shop.Scope, "p-new", [successor]));
        await shop.OfferAsync(successor);
        Assert.Equal("card", Assert.Single(await shop.Catalog.GetProductAsync(shop.Scope, "p-new")).SkuId);
        Assert.Empty(await shop.Catalog.GetProductAsync(shop.Scope, "p-card"));
        Assert.Equal(("Game card", "p-card"), ((await shop.ViewAsync(before)).Lines[0].Title, (await shop.ViewAsync(before)).Lines[0].ProductId));
        await shop.ApplyAsync(Shop.Event(unpaid));
        Assert.Equal("Game card", (await shop.ViewAsync(unpaid)).Lines[0].Title);
        Assert.Equal(("New card", new Money(2000, "CNY")), ((await shop.ViewAsync(await shop.PaidOrderAsync())).Lines[0].Title, (await shop.ViewAsync(await shop.PaidOrderAsync())).Total));

        // the former one comes back too late
        Assert.Equal(CommerceErrors.Conflict, (await shop.Catalog.UpsertProductAsync(shop.Scope, "p-card", [successor with { ProductId = "p-card" }])).Error!.Code);
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_another_product_delivered_under_the_id_is_not_delivered_for_its_successor(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var text = new Offer { SkuId = "link", ProductId = "p-old", Title = "Link", Price = new Money(100, "CNY"), Delivery = DeliveryKind.Text, DeliveryText = "the old link" };
        await shop.OfferAsync(text);
        await shop.Catalog.UpsertProductAsync(shop.Scope, "p-old", []);
        Assert.Equal(CommerceErrors.Required, (await shop.Catalog.UpsertProductAsync(shop.Scope, "p-new", [text with { ProductId = "p-new", DeliveryText = null }])).Error!.Code);
        await shop.OfferAsync(text with { ProductId = "p-new", DeliveryText = "the new link" });
        Assert.Equal("the new link", await shop.Catalog.GetDeliveryTextAsync(shop.Scope, "link"));
    }
}
