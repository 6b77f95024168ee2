using System.Net;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Shops;

/// <summary>A shop's own pages and its menu.</summary>
[Collection("shops")]
public sealed class PagesTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task An_owner_writes_changes_and_deletes_pages_and_what_is_refused_is_not_stored(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        await ann.OpenAndEnterAsync(slug, "Ann");
        using var visitor = new Person(server, "");
        var edit = $"/{slug}/Admin/Pages/Edit";
        Assert.Contains("name=\"BodyZh\"", (await ann.GetAsync(edit)).Html, StringComparison.Ordinal);
        (string, string)[] page = [("TitleZh", "退款政策"), ("TitleEn", "Refund policy"), ("Path", "refund-policy"), ("BodyZh", "七天内可退 <script>alert(1)</script> [x](javascript:alert(1))"), ("BodyEn", "Within **seven** days"), ("InFooter", "true")];
        foreach (var path in new[] { "orders", "checkout", "search", "account", "media", "help", "a/b", "Refund", "x", "../x", "brand.css", "" })
            Assert.Equal((path, HttpStatusCode.UnprocessableEntity), (path, (await ann.SubmitAsync(edit, edit, [.. page, ("Path", path)])).Status));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ann.SubmitAsync(edit, edit, [.. page, ("TitleZh", " ")])).Status);
        Assert.DoesNotContain("退款政策", (await ann.GetAsync($"/{slug}/Admin/Pages/Index")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/{slug}/refund-policy")).Status);

        Assert.EndsWith("/Admin/Pages/Index", (await ann.SubmitAsync(edit, edit, page)).Path, StringComparison.Ordinal);
        var shown = await visitor.GetAsync($"/{slug}/refund-policy?culture=zh-CN");
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.Contains("七天内可退", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", shown.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", shown.Html, StringComparison.Ordinal);
        var english = await visitor.GetAsync($"/{slug}/refund-policy?culture=en");
        Assert.Contains("<strong>seven</strong>", english.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/{slug}/refund-policy\">Refund policy</a>", FooterOf((await visitor.GetAsync($"/{slug}/search?culture=en")).Html), StringComparison.Ordinal);
        Assert.Contains(">退款政策</a>", FooterOf((await visitor.GetAsync($"/{slug}/search?culture=zh-CN")).Html), StringComparison.Ordinal);

        var id = System.Text.RegularExpressions.Regex.Match((await ann.GetAsync($"/{slug}/Admin/Pages/Index")).Html, "Pages/Edit/([a-z0-9]{26})").Groups[1].Value;
        // taken by another page: nothing of the change is stored
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ann.SubmitAsync(edit + "/" + id, edit + "/" + id, ("TitleZh", "新标题"), ("Path", "about"))).Status);
        Assert.Contains("退款政策", (await visitor.GetAsync($"/{slug}/refund-policy?culture=zh-CN")).Text, StringComparison.Ordinal);
        await ann.SubmitAsync(edit + "/" + id, edit + "/" + id, ("TitleZh", "新标题"), ("Path", "money-back"), ("InFooter", "false"));
        Assert.Contains("新标题", (await visitor.GetAsync($"/{slug}/money-back?culture=zh-CN")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("money-back", FooterOf((await visitor.GetAsync($"/{slug}/search?culture=zh-CN&q=1")).Html), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await ann.SubmitAsync($"/{slug}/Admin/Pages/Index", $"/{slug}/Admin/Pages/Delete/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/{slug}/money-back?culture=en")).Status);
        // goods and categories are no pages
        Assert.Equal(HttpStatusCode.NotFound, (await ann.SubmitAsync($"/{slug}/Admin/Pages/Index", $"/{slug}/Admin/Pages/Delete/cat-all")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/{slug}/c/all")).Status);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task The_menu_is_as_its_owner_ordered_it_leads_nowhere_unsafe_and_drops_what_is_deleted(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        await ann.OpenAndEnterAsync(slug, "Ann");
        using var visitor = new Person(server, "");
        Assert.Equal(["全部商品"], await MenuAsync("zh-CN"));
        Assert.Equal(HttpStatusCode.OK, (await SaveAsync(("link", "https://example.com/群", "粉丝群", "Fans", 1), ("page-about", "", "", "Who I am", 3), ("cat-all", "", "", "", 2), ("page-gone", "", "", "", 4), ("", "", "x", "", 5))).Status);
        Assert.Equal(["粉丝群", "全部商品", "关于小店"], await MenuAsync("zh-CN"));
        Assert.Equal(["Fans", "All goods", "Who I am"], await MenuAsync("en"));
        var html = (await visitor.GetAsync($"/{slug}/search?culture=en&q=2")).Html;
        Assert.Contains("href=\"https://example.com/%E7%BE%A4\" rel=\"noopener nofollow\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/{slug}/about\"", html, StringComparison.Ordinal);

        foreach (var wrong in new[] { "http://example.com/", "javascript:alert(1)", "//example.com", "https://user@example.com/", "https://localhost/", "https://127.0.0.1/", "data:text/html,x", "" })
            Assert.Equal((wrong, HttpStatusCode.UnprocessableEntity), (wrong, (await SaveAsync(("link", wrong, "坏", "", 1))).Status));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SaveAsync(("link", "https://example.com/", "", "", 1))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SaveAsync([.. Enumerable.Range(1, 13).Select(i => ("cat-all", "", "", "", i))])).Status);
        Assert.Equal(["Fans", "All goods", "Who I am"], await MenuAsync("en"));

        await ann.SubmitAsync($"/{slug}/Admin/Pages/Index", $"/{slug}/Admin/Pages/Delete/page-about");
        Assert.Equal(["Fans", "All goods"], await MenuAsync("en"));
        Assert.Equal(HttpStatusCode.OK, (await SaveAsync()).Status);
        Assert.Equal(["All goods"], await MenuAsync("en"));

        Task<Page> SaveAsync(params (string Target, string Url, string Zh, string En, int Position)[] rows) => ann.SubmitAsync($"/{slug}/Admin/Pages/Index", $"/{slug}/Admin/Pages/Menu",
        [
            // what the form has of its own is emptied
            .. Enumerable.Range(rows.Length, 14 - rows.Length).Select(i => ($"rows[{i}].Target", "")),
            .. rows.SelectMany((r, i) => new[] { ($"rows[{i}].Target", r.Target), ($"rows[{i}].Url", r.Url), ($"rows[{i}].TextZh", r.Zh), ($"rows[{i}].TextEn", r.En), ($"rows[{i}].Position", $"{r.Position}") }),
        ]);

        async Task<string[]> MenuAsync(string culture)
        {
            var page = (await visitor.GetAsync($"/{slug}/search?culture={culture}&q={ShopPlatforms.Word()}")).Html;
            var menu = page[page.IndexOf("<nav class=\"ls-cats\"", StringComparison.Ordinal)..];
            return [.. System.Text.RegularExpressions.Regex.Matches(menu[..menu.IndexOf("</nav>", StringComparison.Ordinal)], "<a [^>]*>([^<]*)").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value).Trim())];
        }
    }

    private static string FooterOf(string html) => html[html.IndexOf("<footer", StringComparison.Ordinal)..];
}
