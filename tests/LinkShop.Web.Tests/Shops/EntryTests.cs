using System.Net;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Shops;

[Collection("shops")]
public sealed class EntryTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_way_in_works_once_and_only_into_its_own_shop(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var (slug, other) = (ShopPlatforms.Word(), ShopPlatforms.Word());
        var shop = (await ann.OpenAsync(slug, "Ann")).Path.Split('/')[2];
        await ann.OpenAsync(other, "Ann too");
        var entry = await IssueAsync(ann, shop);

        using var thief = new Person(server, "");
        var refused = await thief.GetAsync(entry.Replace("/" + slug, "/" + other, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("/Login", (await thief.GetAsync($"/{other}/Admin")).Path, StringComparison.Ordinal);
        foreach (var made in new[] { "", "?code=", "?code=" + new string('a', 24), "?code=" + new string('a', 48) })
            Assert.Equal(HttpStatusCode.Forbidden, (await thief.GetAsync($"/{slug}/shop-entry{made}")).Status);

        // the address alone lets nobody in, and signs nobody in as somebody else
        Assert.Equal(HttpStatusCode.Forbidden, (await thief.GetAsync(entry)).Status);
        Assert.Contains("/Login", (await thief.GetAsync($"/{slug}/Admin")).Path, StringComparison.Ordinal);
        Assert.Equal($"/{slug}/Admin", (await ann.GetAsync(entry)).Path);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync(entry)).Status);
        Assert.Contains("/Login", (await thief.GetAsync($"/{slug}/Admin")).Path, StringComparison.Ordinal);
        // being in one shop is being in no other
        Assert.Contains("/Login", (await ann.GetAsync($"/{other}/Admin")).Path, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_way_in_that_was_made_before_the_shop_was_given_away_gives_its_former_owner_nothing_back(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = (await ann.OpenAsync(slug, "Ann")).Path.Split('/')[2];
        var entry = await IssueAsync(ann, shop);
        using var admin = await Person.AdministratorAsync(server);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Transfer/" + shop, ("owner", bob.Name));
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync(entry)).Status);
        Assert.Contains("/Login", (await ann.GetAsync($"/{slug}/Admin")).Path, StringComparison.Ordinal);
        Assert.Equal($"/{slug}/Admin", (await bob.EnterAsync(shop)).Path);
        // her account there is a buyer's
        var users = (await bob.GetAsync($"/{slug}/Admin/Users?q={ann.Name}")).Html;
        var edit = $"/{slug}/Admin/Users/Edit/" + System.Text.RegularExpressions.Regex.Match(users, "/Admin/Users/Edit/([0-9a-z]+)").Groups[1].Value;
        Assert.DoesNotContain("value=\"Owner\" checked", (await bob.GetAsync(edit)).Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Only_the_owner_gets_in_from_the_sign_in_page_and_nobody_by_the_owners_name(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = (await ann.OpenAsync(slug, "Ann")).Path.Split('/')[2];
        Assert.Contains("/my-shops/enter?slug=" + slug, (await bob.GetAsync($"/{slug}/Login")).Html, StringComparison.Ordinal);
        Assert.Equal($"/{slug}/Admin", (await ann.GetAsync("/my-shops/enter?slug=" + slug)).Path);
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.GetAsync("/my-shops/enter?slug=" + slug)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync("/my-shops/" + shop)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.SubmitAsync("/my-shops", $"/my-shops/{shop}/enter")).Status);
        Assert.Contains("/Login", (await bob.GetAsync($"/{slug}/Admin")).Path, StringComparison.Ordinal);
        using var guest = new Person(server, "");
        Assert.Contains("/Login", (await guest.GetAsync("/my-shops/enter?slug=" + slug)).Path, StringComparison.Ordinal);
        // an owner has no password in the shop
        foreach (var password in new[] { "Long enough 1", " " })
            Assert.DoesNotContain("/Admin", (await guest.SubmitAsync($"/{slug}/Login", $"/{slug}/Login", ("UserName", ann.Name), ("Password", password))).Path, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task The_platforms_people_enter_under_an_account_of_their_own_whatever_names_buyers_took_and_it_is_written_down(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = (await ann.OpenAsync(slug, "Ann")).Path.Split('/')[2];
        using var buyer = await Person.SignUpAsync(server, "platform-admin", "/" + slug);
        using var admin = await Person.AdministratorAsync(server);
        Assert.Equal($"/{slug}/Admin", (await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop)).Path);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/{slug}/Admin/Features")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await buyer.GetAsync($"/{slug}/Admin")).Status);
        Assert.Contains("平台人员进入", (await admin.GetAsync("/Admin/Shops/Detail/" + shop)).Text, StringComparison.Ordinal);
        Assert.Contains($"admin of the platform enters the shop {shop}", server.Output, StringComparison.Ordinal);
        // the owner isn't an administrator, and isn't sent where only the platform may go
        Assert.Equal($"/{slug}/Admin", (await ann.EnterAsync(shop)).Path);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync($"/{slug}/Admin/Features")).Status);
        Assert.DoesNotContain("/Admin/Settings/email", (await ann.GetAsync($"/{slug}/Admin")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_look_after_shops_sees_and_changes_none()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = (await ann.OpenAsync(slug, "Ann")).Path.Split('/')[2];
        var token = Goods.ShopAdmin.FieldsOf((await ann.GetAsync("/my-shops")).Html);
        using var guest = new Person(server, "");
        foreach (var path in new[] { "Index", "Create", "Detail/" + shop })
        {
            Assert.Contains("/Login", (await guest.GetAsync("/Admin/Shops/" + path)).Path, StringComparison.Ordinal);
            Assert.NotEqual(HttpStatusCode.OK, (await ann.GetAsync("/Admin/Shops/" + path)).Status);
        }

        token["reason"] = "because";
        token["owner"] = token["slug"] = token["hosts"] = "x.example";
        foreach (var action in new[] { "Suspend", "Resume", "Close", "Transfer", "Rename", "Look", "Domains", "Enter" })
            Assert.NotEqual(HttpStatusCode.OK, (await ann.PostAsync($"/Admin/Shops/{action}/{shop}", token)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await ann.PostAsync("/Admin/Shops/Create", token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync("/" + slug)).Status);
    }

    private static async Task<string> IssueAsync(Person owner, string shop)
    {
        var form = Goods.ShopAdmin.FieldsOf((await owner.GetAsync("/my-shops/" + shop)).Html);
        // the same person with the same cookies, who doesn't follow where it leads
        return await owner.LocationAsync($"/my-shops/{shop}/enter", form);
    }
}
