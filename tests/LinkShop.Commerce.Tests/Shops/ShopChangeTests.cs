using LinkShop.Commerce.Data;
using LinkShop.Commerce.Shops;

namespace LinkShop.Commerce.Tests.Shops;

public sealed class ShopChangeTests
{
    private static readonly TenantScope Platform = new("Default");

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Every_move_but_those_of_the_table_is_refused_and_changes_nothing(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var shops = commerce.Get<IShops>();
        foreach (var from in Enum.GetValues<ShopState>())
        {
            foreach (var to in Enum.GetValues<ShopState>())
            {
                var shop = await InStateAsync(shops, from, $"x{(char)('a' + (int)from)}y{(char)('a' + (int)to)}");
                var messages = await commerce.CountAsync("outbox");
                var moved = await shops.MoveAsync(Platform, shop, to, "because", "boss");
                Assert.Equal(from != ShopState.Opening && ShopTransitions.Allows(from, to), moved.Succeeded);
                Assert.Equal(moved.Succeeded ? to : from, (await shops.FindAsync(Platform, shop))!.State);
                Assert.Equal(messages + (moved.Succeeded ? 1 : 0), await commerce.CountAsync("outbox"));
            }
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_owner_pauses_and_resumes_and_cannot_undo_a_suspension(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var shops = commerce.Get<IShops>();
        var shop = (await ShopRegisterTests.OpenAsync(shops, "anns-cards")).Shop;
        Assert.Equal((ShopState.Paused, "On holiday"), await MoveAsync(ShopState.Paused, " On holiday "));
        Assert.Equal((ShopState.Open, null), await MoveAsync(ShopState.Open, null));
        Assert.Equal(CommerceErrors.IllegalTransition, (await shops.MoveAsync(Platform, shop, ShopState.Closed, "The end", "ann", byOwner: true)).Error!.Code);

        Assert.Equal("reason", (await shops.MoveAsync(Platform, shop, ShopState.Suspended, "  ", "boss")).Error!.Field);
        Assert.True((await shops.MoveAsync(Platform, shop, ShopState.Suspended, "Complaints", "boss")).Succeeded);
        Assert.Equal(CommerceErrors.IllegalTransition, (await shops.MoveAsync(Platform, shop, ShopState.Open, null, "ann", byOwner: true)).Error!.Code);
        Assert.Equal(ShopState.Suspended, (await shops.FindAsync(Platform, shop))!.State);
        Assert.Equal(["suspended", "resumed", "paused", "opened", "claimed"], (await shops.LogAsync(Platform, shop)).Select(e => e.What));

        async Task<(ShopState, string?)> MoveAsync(ShopState to, string? reason)
        {
            var moved = (await shops.MoveAsync(Platform, shop, to, reason, "ann", byOwner: true)).Value;
            return (moved.State, moved.Reason);
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_former_address_stays_the_shops_own_also_after_its_end(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var shops = commerce.Get<IShops>();
        var shop = (await ShopRegisterTests.OpenAsync(shops, "anns-cards")).Shop;
        var other = (await ShopRegisterTests.OpenAsync(shops, "bobs-cards")).Shop;
        Assert.Equal("annies", (await shops.RenameAsync(Platform, shop, "annies", "ann")).Value.Slug);
        foreach (var wish in new[] { "anns-cards", "anns-card5", "annies", "ann1es", "www", "a" })
        {
            Assert.False((await shops.RenameAsync(Platform, other, wish, "bob")).Succeeded, wish);
            Assert.NotNull(await shops.CheckSlugAsync(Platform, wish));
        }

        Assert.Equal("bobs-cards", (await shops.FindAsync(Platform, other))!.Slug);
        // its own look-alike, and back again
        Assert.Equal("ann-ies", (await shops.RenameAsync(Platform, shop, "ann-ies", "ann")).Value.Slug);
        Assert.Equal("anns-cards", (await shops.RenameAsync(Platform, shop, "anns-cards", "ann")).Value.Slug);
        Assert.Equal(2, await commerce.CountAsync("shop_slug", $"shop = '{shop}'"));
        await shops.MoveAsync(Platform, shop, ShopState.Closed, "The end", "ann");
        Assert.Equal(ShopErrors.SlugTaken, (await shops.RenameAsync(Platform, other, "anns-cards", "bob")).Error!.Code);
        Assert.Equal(["anns-cards"], (await shops.SearchAsync(Platform, new ShopQuery(Text: "anns-"))).Shops.Select(s => s.Slug));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_left_address_leads_to_the_present_one_and_is_free_after_ninety_days_for_one_of_those_who_want_it(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var shops = commerce.Get<IShops>();
        var shop = (await ShopRegisterTests.OpenAsync(shops, "anns-cards")).Shop;
        var bob = (await ShopRegisterTests.OpenAsync(shops, "bobs-cards")).Shop;
        foreach (var slug in new[] { "annies", "ann-games" })
            Assert.True((await shops.RenameAsync(Platform, shop, slug, "ann")).Succeeded);
        Assert.Equal(("ann-games", "ann-games"), (await Follow("anns-cards"), await Follow("annies")));
        foreach (var slug in new[] { "ann-games", "bobs-cards", "ann5-cards", "" })
            Assert.Null(await Follow(slug));
        // it had it before, and goes back: the address leads to itself
        Assert.True((await shops.RenameAsync(Platform, shop, "annies", "ann")).Succeeded);
        Assert.Equal((null, "annies"), (await Follow("annies"), await Follow("ann-games")));

        commerce.Clock.Advance(ShopSlugs.KeptAfterLeaving - TimeSpan.FromMinutes(1));
        Assert.Equal(ShopErrors.SlugTaken, (await shops.RenameAsync(Platform, bob, "anns-card5", "bob")).Error!.Code);
        Assert.NotNull(await shops.CheckSlugAsync(Platform, "anns-cards"));
        commerce.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await shops.CheckSlugAsync(Platform, "anns-cards"));
        // the present one is never free
        Assert.NotNull(await shops.CheckSlugAsync(Platform, "annies"));
        Assert.Equal("annies", await Follow("anns-cards"));
        var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => shops.ClaimAsync(Platform, new ShopClaim("anns-cards", "Another", "other", new ShopOwner("u" + i, "u" + i, null)))));
        Assert.Single(claims, c => c.Succeeded);
        Assert.Null(await Follow("anns-cards"));
        Assert.Equal(ShopErrors.SlugTaken, (await shops.RenameAsync(Platform, shop, "anns-cards", "ann")).Error!.Code);
        await shops.MoveAsync(Platform, shop, ShopState.Closed, "The end", "ann");
        commerce.Clock.Advance(ShopSlugs.KeptAfterLeaving * 2);
        Assert.NotNull(await shops.CheckSlugAsync(Platform, "annies"));

        Task<string?> Follow(string slug) => shops.FollowAsync(Platform, slug);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_shop_is_given_to_somebody_else_and_both_are_told(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var shops = commerce.Get<IShops>();
        var shop = (await ShopRegisterTests.OpenAsync(shops, "anns-cards")).Shop;
        var given = (await shops.TransferAsync(Platform, shop, new ShopOwner("u-bob", "bob", "bob@test.example"), "boss")).Value;
        Assert.Equal(("u-bob", "bob"), (given.OwnerUser, given.OwnerName));
        Assert.Equal(1, await commerce.CountAsync("outbox", "payload like '%u-ann%'"));
        Assert.Empty((await shops.SearchAsync(Platform, new ShopQuery(OwnerUser: "u-ann"))).Shops);
        Assert.Single((await shops.SearchAsync(Platform, new ShopQuery(Text: "bob"))).Shops);
        await shops.MoveAsync(Platform, shop, ShopState.Closed, "The end", "bob");
        Assert.Equal(CommerceErrors.IllegalTransition, (await shops.TransferAsync(Platform, shop, new ShopOwner("u-eve", "eve", null), "boss")).Error!.Code);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Nobody_ends_a_shop_without_a_reason_and_those_who_have_and_had_it_hear_of_what_was_done(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var shops = commerce.Get<IShops>();
        var shop = (await ShopRegisterTests.OpenAsync(shops, "anns-cards", new ShopOwner("u-ann", "ann", "ann@test.example"))).Shop;
        await shops.MoveAsync(Platform, shop, ShopState.Paused, null, "ann", byOwner: true);
        Assert.Equal((CommerceErrors.Required, "reason"), (await shops.MoveAsync(Platform, shop, ShopState.Closed, " ", "boss")).Error is { } wrong ? (wrong.Code, wrong.Field) : default);
        Assert.Equal(0, await commerce.CountAsync("outbox", "type = 'ShopNews'"));
        await shops.MoveAsync(Platform, shop, ShopState.Suspended, "Complaints", "boss");
        Assert.Equal(1, await NewsAsync("ann@test.example", "Complaints"));
        await shops.TransferAsync(Platform, shop, new ShopOwner("u-bob", "bob", "bob@test.example"), "boss");
        Assert.Equal((2, 1), (await NewsAsync("ann@test.example"), await NewsAsync("bob@test.example")));
        await shops.TransferAsync(Platform, shop, new ShopOwner("u-eve", "eve", null), "boss");
        await shops.MoveAsync(Platform, shop, ShopState.Closed, "The end", "boss");
        // nobody can write to her
        Assert.Equal(4, await commerce.CountAsync("outbox", "type = 'ShopNews'"));

        Task<long> NewsAsync(params string[] words) => commerce.CountAsync("outbox", "type = 'ShopNews'" + string.Concat(words.Select(word => $" and payload like '%{word}%'")));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_shop_that_somebody_else_opens_says_so_in_its_record(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var shops = commerce.Get<IShops>();
        var shop = (await shops.ClaimAsync(Platform, new ShopClaim("anns-cards", "A shop", "", new ShopOwner("u-ann", "ann", null), Actor: "boss"))).Value.Shop;
        await shops.OpenedAsync(Platform, shop, "boss");
        Assert.Equal([("boss", "opened"), ("boss", "claimed")], (await shops.LogAsync(Platform, shop)).Select(e => (e.Actor, e.What)));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_register_follows_its_owners_account_and_nobody_elses(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var shops = commerce.Get<IShops>();
        var shop = (await ShopRegisterTests.OpenAsync(shops, "anns-cards")).Shop;
        var bobs = (await ShopRegisterTests.OpenAsync(shops, "bobs-cards", new ShopOwner("u-bob", "bob", "bob@test.example"))).Shop;
        var messages = await commerce.CountAsync("outbox");
        Assert.Empty(await shops.FollowOwnerAsync(Platform, new ShopOwner("u-ann", "ann", "ann@test.example")));
        Assert.Empty(await shops.FollowOwnerAsync(Platform, new ShopOwner("u-eve", "eve", "eve@test.example")));
        Assert.Equal(messages, await commerce.CountAsync("outbox"));
        Assert.Equal([shop], await shops.FollowOwnerAsync(Platform, new ShopOwner("u-ann", "anna", null)));
        Assert.Equal(("anna", null), (await shops.FindAsync(Platform, shop))! is var found ? (found.OwnerName, found.OwnerEmail) : default);
        Assert.Equal([shop], await shops.FollowOwnerAsync(Platform, new ShopOwner("u-ann", "anna", "anna@new.example")));
        Assert.Equal("anna@new.example", (await shops.FindAsync(Platform, shop))!.OwnerEmail);
        Assert.Equal([shop], (await shops.SearchAsync(Platform, new ShopQuery(Text: "anna"))).Shops.Select(s => s.Shop));
        Assert.Equal("bob@test.example", (await shops.FindAsync(Platform, bobs))!.OwnerEmail);
        Assert.Equal(messages + 2, await commerce.CountAsync("outbox", "type = 'ShopChanged'"));
    }

    private static async Task<string> InStateAsync(IShops shops, ShopState state, string slug)
    {
        var shop = (await shops.ClaimAsync(Platform, new ShopClaim(slug, "A shop", "", new ShopOwner("u-ann", "ann", null)))).Value.Shop;
        if (state == ShopState.Opening)
            return shop;
        await shops.OpenedAsync(Platform, shop);
        if (state != ShopState.Open)
            await shops.MoveAsync(Platform, shop, state, "before", "boss");
        return shop;
    }
}
