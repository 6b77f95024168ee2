using System.Net;
using LinkShop.Shops.Models;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Shops;

[Collection("shops")]
public sealed class LookTests(ShopPlatforms platforms)
{
    [Fact]
    public void Every_text_is_read_on_its_ground_whatever_colour_an_owner_chose()
    {
        var random = new Random(4);
        var brands = BrandPresets.All.Select(p => new ShopBrand { Preset = p.Id })
            .Concat(new[] { "#000000", "#ffffff", "#808080", "#ffff00", "#0000ff", "#777777", "#767676" }.Select(c => new ShopBrand { Primary = c }))
            .Concat(Enumerable.Range(0, 3000).Select(_ => new ShopBrand { Primary = $"#{random.Next(0x1000000):x6}" }));
        foreach (var brand in brands)
        {
            foreach (var (colours, grounds) in new[] { (BrandColors.Light(brand), BrandColors.LightGrounds), (BrandColors.Dark(brand), BrandColors.DarkGrounds) })
            {
                Reads(colours.OnFill, colours.Fill);
                Reads(colours.OnFill, colours.FillStrong);
                Reads(colours.OnText, colours.Text);
                Reads(colours.Text, colours.Soft);
                Reads(colours.TextStrong, colours.Soft);
                foreach (var ground in grounds)
                    Reads(colours.Text, ground);
            }

            void Reads(Rgb text, Rgb ground) => Assert.True(Rgb.Contrast(text, ground) >= Rgb.Readable, $"{brand.Preset} {brand.Primary}: {text} on {ground} is {Rgb.Contrast(text, ground):0.00}");
        }
    }

    // a Chinese font's apostrophe is as wide as a character: "Mia’s Keys" would have a gap
    [Fact]
    public void Every_font_stack_has_a_Latin_font_that_all_systems_have_before_its_first_Chinese_one()
    {
        string[] latin = ["system-ui", "Arial", "\"Times New Roman\"", "\"Courier New\""];
        string[] chinese = ["PingFang", "YaHei", "CJK", "Noto Sans SC", "Noto Serif SC", "Songti", "SimSun", "Kai", "Yuan", "Hiragino"];
        var tokens = File.ReadAllText(Path.Combine(LinkShop.Testing.Repository.Root, "src/Themes/LinkShop.Theme.Mall/wwwroot/css/tokens.css"));
        var stacks = BrandFonts.All.Values.Concat(System.Text.RegularExpressions.Regex.Matches(tokens, "--ls-(?:font|mono): ([^;]+);").Select(m => m.Groups[1].Value)).ToList();
        Assert.True(stacks.Count >= 7, $"found only {stacks.Count} stacks");
        foreach (var stack in stacks)
        {
            var fonts = stack.Split(',', StringSplitOptions.TrimEntries).ToList();
            Assert.True(fonts.FindIndex(latin.Contains) is >= 0 and var at && at < fonts.FindIndex(font => chinese.Any(font.Contains)), stack);
        }
    }

    [Fact]
    public void The_themes_grounds_are_those_that_colours_are_made_for()
    {
        var tokens = File.ReadAllText(Path.Combine(LinkShop.Testing.Repository.Root, "src/Themes/LinkShop.Theme.Mall/wwwroot/css/tokens.css")) + File.ReadAllText(Path.Combine(LinkShop.Testing.Repository.Root, "src/Themes/LinkShop.Theme.Shop/wwwroot/css/shop.css"));
        string[] names = ["page", "card", "sunken"];
        foreach (var grounds in new[] { BrandColors.LightGrounds, BrandColors.DarkGrounds })
        {
            for (var i = 0; i < names.Length; i++)
                Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(tokens, $"--ls-{names[i]}: (?:{grounds[i]}|{(grounds[i] == Rgb.White ? "#fff" : "-")});"));
        }
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_changed_look_is_seen_at_once_and_what_is_no_look_changes_nothing(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        await ann.OpenAndEnterAsync(slug, "Ann");
        using var visitor = new Person(server, "");
        var before = (await visitor.GetAsync($"/{slug}/brand.css")).Html;
        var look = $"/{slug}/Admin/ShopDesk/Look";
        var form = ShopAdmin.FieldsOf((await ann.GetAsync(look)).Html);
        form["Preset"] = "sunset";
        form["SloganZh"] = "</h1><script>x</script>";
        foreach (var (field, value) in new[] { ("Primary", "red;}body{display:none"), ("Preset", "../x"), ("Font", "x;}"), ("Mode", "x"), ("title", "官方"), ("title", ""), ("SloganEn", new string('x', 61)) })
        {
            var wrong = new Dictionary<string, string>(form) { ["OwnColours"] = "true", [field] = value };
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ann.PostAsync(look, wrong)).Status);
        }

        foreach (var file in new[] { "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "GIF", new string('x', 600_000) })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ann.PostAsync(look, form, "Logo", System.Text.Encoding.UTF8.GetBytes(file))).Status);
        Assert.Equal(before, (await visitor.GetAsync($"/{slug}/brand.css")).Html);
        Assert.Contains("ls-preset-forest", (await visitor.GetAsync("/" + slug)).Html, StringComparison.Ordinal);

        form["title"] = "Ann's new shop";
        (form["OwnColours"], form["Primary"], form["Accent"]) = ("true", "#ffe100", "#00ff00");
        Assert.Equal(HttpStatusCode.OK, (await ann.PostAsync(look, form)).Status);
        var home = await visitor.GetAsync("/" + slug);
        Assert.Contains("ls-preset-sunset", home.Html, StringComparison.Ordinal);
        Assert.Contains("<h1>Ann&#x27;s new shop</h1>", home.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", home.Html, StringComparison.Ordinal);
        Assert.Contains("--ls-fill:#ffe100;--ls-on-fill:#000000", (await visitor.GetAsync($"/{slug}/brand.css")).Html, StringComparison.Ordinal);
        Assert.Contains("Ann&#x27;s new shop", (await ann.GetAsync("/my-shops")).Html, StringComparison.Ordinal);
        Assert.Contains("<svg", (await ann.GetAsync($"/{slug}/Admin/ShopDesk/Poster.svg")).Html, StringComparison.Ordinal);
        // the same style sheet isn't sent twice
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{slug}/brand.css");
        using var first = await server.Client.GetAsync($"/{slug}/brand.css");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Staff_have_the_desk_by_their_role()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var admin = await Person.AdministratorAsync(server);
        await admin.SubmitAsync("/Admin/Shops/Plan/" + shop, "/Admin/Shops/Plan/" + shop, ("plan", "pro"), ("reason", "More than two of them"));
        string[] desk = ["ShopDesk/Look", "ShopDesk/Opening", "ShopDesk/Share", "ShopDesk/Plan", "ShopDomains/Index", "Pages/Index", "Pages/Edit", "ShopDesk/Poster.svg", "ShopDesk/Qr.svg"];
        foreach (var (role, may, mayNot) in new[]
        {
            ("Manager", (string[])[.. desk, "Orders/Index", "Products", "KeyPools/Index", "Coupons/Index"], new[] { "Users", "Roles", "Features", "Payouts/Create" }),
            ("CustomerService", ["Orders/Index"], [.. desk, "Users", "KeyPools/Index"]),
            ("Finance", ["Orders/Index", "Finance/Wallet", "Payouts/Create", "Payees/Edit"], [.. desk, "Users", "KeyPools/Index", "Payees/Index", "Finance/Index"]),
        })
        {
            var name = ShopPlatforms.Word();
            var form = ShopAdmin.FieldsOf((await ann.GetAsync($"/{slug}/Admin/Users/Create")).Html);
            (form["UserName"], form["Email"], form["Password"], form["RoleNames"], form["IsEnabled"]) = (name, name + "@test.example", "Long enough 1", role, "true");
            Assert.EndsWith("/Admin/Users", (await ann.PostAsync($"/{slug}/Admin/Users/Create", form)).Path, StringComparison.Ordinal);
            using var staff = new Person(server, name);
            await staff.SubmitAsync($"/{slug}/Login", $"/{slug}/Login", ("UserName", name), ("Password", "Long enough 1"));
            foreach (var path in may)
                Assert.Equal((path, HttpStatusCode.OK), (path, (await staff.GetAsync($"/{slug}/Admin/{path}")).Status));
            foreach (var path in mayNot)
                Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await staff.GetAsync($"/{slug}/Admin/{path}")).Status));
        }
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_look_without_room_for_its_picture_leaves_the_shops_name_as_it_was_everywhere(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var (slug, title, wanted) = (ShopPlatforms.Word(), "Title " + ShopPlatforms.Word(), "Wanted " + ShopPlatforms.Word());
        var shop = await ann.OpenAndEnterAsync(slug, title);
        using var admin = await Person.AdministratorAsync(server);
        const string Create = "/Admin/Contents/ContentTypes/ShopPlan/Create";
        var plan = "bare-" + ShopPlatforms.Word();
        await admin.SubmitAsync(Create, Create, ("TitlePart.Title", "Bare"), ("ShopPlanPart.Code", plan), ("ShopPlanPart.Products", "1"), ("ShopPlanPart.Staff", "1"),
            ("ShopPlanPart.StorageMb", "0"), ("ShopPlanPart.FeePercent", "4"), ("submit.Publish", "submit.Publish"));
        await admin.SubmitAsync("/Admin/Shops/Plan/" + shop, "/Admin/Shops/Plan/" + shop, ("plan", plan), ("reason", "A test"));

        var look = $"/{slug}/Admin/ShopDesk/Look";
        var form = ShopAdmin.FieldsOf((await ann.GetAsync(look)).Html);
        form["title"] = wanted;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ann.PostAsync(look, form, "Logo", ShopPlatforms.Png)).Status);
        foreach (var (who, page) in new[] { (ann, "/my-shops"), (admin, "/Admin/Shops/Detail/" + shop), (ann, $"/{slug}") })
        {
            var text = (await who.GetAsync(page)).Text;
            Assert.DoesNotContain(wanted, text, StringComparison.Ordinal);
            Assert.Contains(title, text, StringComparison.Ordinal);
        }

        // without the picture it is renamed
        await ann.PostAsync(look, form);
        Assert.Contains(wanted, (await ann.GetAsync("/my-shops")).Text, StringComparison.Ordinal);
    }
}
