using System.Net;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Shops;

[Collection("shops")]
public sealed class OpeningTests(ShopPlatforms platforms)
{
    private static readonly byte[] s_png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_person_signs_up_opens_a_branded_shop_and_enters_it(string database)
    {
        using var ann = await Person.SignUpAsync(await platforms.OnAsync(database), ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var form = Goods.ShopAdmin.FieldsOf((await ann.GetAsync("/open-a-shop")).Html);
        foreach (var (name, value) in new[] { ("Slug", slug), ("Title", " 小安  的店 "), ("Preset", "ink"), ("OwnColours", "true"), ("Primary", "#0a7d33"), ("Accent", "#123456"), ("SloganZh", "秒发"), ("Mode", "dark") })
            form[name] = value;
        var live = await ann.PostAsync("/open-a-shop", form, "Logo", s_png);
        Assert.StartsWith("/my-shops/Shop", live.Path, StringComparison.Ordinal);
        Assert.Contains($"/{slug}\"", live.Html, StringComparison.Ordinal);
        Assert.Contains($"http://{slug}.shops.test", live.Html, StringComparison.Ordinal);
        Assert.Contains("<svg", (await ann.GetAsync(live.Path + "/qr.svg")).Html, StringComparison.Ordinal);

        using var visitor = new Person(ann.Server, "");
        var home = await visitor.GetAsync("/" + slug);
        Assert.Equal(HttpStatusCode.OK, home.Status);
        Assert.Contains("<h1>小安 的店</h1>", WebUtility.HtmlDecode(home.Html), StringComparison.Ordinal);
        Assert.Contains("秒发", home.Text, StringComparison.Ordinal);
        Assert.Contains("class=\"ls-preset-ink ls-mode-dark\"", home.Html, StringComparison.Ordinal);
        var css = await visitor.GetAsync(WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(home.Html, "href=\"([^\"]*brand\\.css[^\"]*)\"").Groups[1].Value));
        Assert.Contains("--ls-fill:#0a7d33;--ls-on-fill:#ffffff", css.Html, StringComparison.Ordinal);
        Assert.Contains("immutable", css.Response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var logo = System.Text.RegularExpressions.Regex.Match(css.Html, "url\\(\"(media/brand/logo-[0-9a-f]+\\.png)\"\\)").Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/{slug}/{logo}")).Status);

        var desk = await ann.EnterAsync(live.Path.Split('/')[2]);
        Assert.Equal((HttpStatusCode.OK, $"/{slug}/Admin"), (desk.Status, desk.Path));
        Assert.Contains("/Admin/ShopDesk/Look", desk.Html, StringComparison.Ordinal);
        Assert.Contains(slug, (await ann.GetAsync("/my-shops")).Html, StringComparison.Ordinal);

        // from the shop there is a way back, and only for who may go it
        Assert.Contains($"href=\"/{slug}/Admin\"", (await ann.GetAsync("/" + slug)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"/{slug}/Admin\"", home.Html, StringComparison.Ordinal);
        // who comes in from the platform has no password here, and can't make one that outlives their shop
        var password = await ann.GetAsync($"/{slug}/ChangePassword");
        Assert.Contains("没有密码", password.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("CurrentPassword", password.Html, StringComparison.Ordinal);
        // what is done is ticked off, and the rest leads on
        Assert.Contains($"href=\"/{slug}/Admin/Products\">发布一个有价格的商品", desk.Html, StringComparison.Ordinal);
        await RunningTests.SellAsync(ann, slug);
        var begun = (await ann.GetAsync($"/{slug}/Admin")).Text;
        Assert.Contains("已有商品在售", begun, StringComparison.Ordinal);
        Assert.Contains("可以发货", begun, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task What_cannot_be_had_is_refused_in_words_and_nothing_is_made(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var (mine, other) = (ShopPlatforms.Word() + "1", ShopPlatforms.Word());
        await ann.OpenAndEnterAsync(mine, "Ann");
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        foreach (var (slug, title) in new[]
        {
            (mine, "Bob"), (mine[..^1] + "l", "Bob"), (mine.Insert(3, "-"), "Bob"), ("cards", "Bob"), ("c-ards", "Bob"), ("adm1n", "Bob"), ("xn--fiq", "Bob"), ("AB", "Bob"), ("", "Bob"), ("a/../b", "Bob"),
            (other, ""), (other, "官方旗舰店"), (other, "L1nkSh0p"), (other, "Bob\u202e"),
        })
        {
            var refused = await bob.OpenAsync(slug, title);
            Assert.True((int)refused.Status is 409 or 422, $"{slug} {title}: {refused.Status}");
            Assert.Contains("alert-danger", refused.Html, StringComparison.Ordinal);
            // what was typed comes back
            Assert.Equal(slug, Goods.ShopAdmin.FieldsOf(refused.Html)["Slug"]);
            if (slug.Length > 2 && title == "Bob")
                Assert.Contains("\"ok\":false", (await bob.GetAsync("/open-a-shop/check?slug=" + Uri.EscapeDataString(slug))).Html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("/my-shops/Shop", (await bob.GetAsync("/my-shops")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync("/" + other)).Status);
        Assert.Contains("\"ok\":true", (await bob.GetAsync("/open-a-shop/check?slug=" + other)).Html, StringComparison.Ordinal);
        using var visitor = new Person(server, "");
        Assert.Contains("/Login", (await visitor.GetAsync("/open-a-shop/check?slug=" + other)).Path, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Two_people_who_open_look_alikes_at_once_end_with_one_shop(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var word = ShopPlatforms.Word();
        var opened = await Task.WhenAll(ann.OpenAsync(word + "0", "Ann"), bob.OpenAsync(word + "o", "Bob"), ann.OpenAsync(word + "0", "Ann"));
        Assert.Single(opened, page => page.Path.StartsWith("/my-shops/Shop", StringComparison.Ordinal));
        var answers = await Task.WhenAll(new[] { "0", "o" }.Select(async end => (await ann.GetAsync($"/{word}{end}")).Status));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound], answers.Order());
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_set_up_that_fails_leaves_nothing_and_the_address_can_be_had_by_somebody_else(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var last = int.Parse((await ann.OpenAsync(ShopPlatforms.Word(), "Before")).Path.Split('/')[2]["Shop".Length..], System.Globalization.CultureInfo.InvariantCulture);
        // files where the next shops' folders have to be: their logos can't be stored
        var obstacles = Enumerable.Range(last + 1, 30).Select(n => Path.Combine(server.DataPath, "Sites", $"Shop{n}")).Where(path => !Path.Exists(path)).ToList();
        Directory.CreateDirectory(Path.Combine(server.DataPath, "Sites"));
        var slug = ShopPlatforms.Word();
        foreach (var path in obstacles)
            await File.WriteAllTextAsync(path, "");
        try
        {
            var form = Goods.ShopAdmin.FieldsOf((await ann.GetAsync("/open-a-shop")).Html);
            (form["Slug"], form["Title"]) = (slug, "Ann");
            var failed = await ann.PostAsync("/open-a-shop", form, "Logo", s_png);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, failed.Status);
            Assert.Contains("开店失败", failed.Text, StringComparison.Ordinal);
        }
        finally
        {
            obstacles.ForEach(File.Delete);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync("/" + slug)).Status);
        Assert.DoesNotContain(slug, (await ann.GetAsync("/my-shops")).Html, StringComparison.Ordinal);
        using var admin = await Person.AdministratorAsync(server);
        Assert.DoesNotMatch("Shop[0-9]", (await admin.GetAsync("/Admin/Tenants?q=" + slug)).Html);
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        await bob.OpenAndEnterAsync(slug, "Bob");
    }

    [Fact]
    public async Task Nobody_has_more_shops_than_allowed_but_the_platform_gives_one_more()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        for (var i = 0; i < 3; i++)
            Assert.StartsWith("/my-shops/Shop", (await ann.OpenAsync(ShopPlatforms.Word(), "Shop")).Path, StringComparison.Ordinal);
        var slug = ShopPlatforms.Word();
        Assert.Contains("已达上限", (await ann.OpenAsync(slug, "Shop")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync("/" + slug)).Status);
        using var admin = await Person.AdministratorAsync(server);
        var made = await admin.SubmitAsync("/Admin/Shops/Create", "/Admin/Shops/Create", ("Slug", slug), ("Title", "One more"), ("Owner", ann.Mail), ("Preset", "candy"));
        Assert.StartsWith("/Admin/Shops/Detail/Shop", made.Path, StringComparison.Ordinal);
        Assert.Equal($"/{slug}/Admin", (await ann.EnterAsync(made.Path.Split('/')[^1])).Path);
        Assert.Contains("没有这个用户名", (await admin.SubmitAsync("/Admin/Shops/Create", "/Admin/Shops/Create", ("Slug", ShopPlatforms.Word()), ("Title", "X"), ("Owner", "nobody"))).Text, StringComparison.Ordinal);
    }
}
