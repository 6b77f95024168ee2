using System.Net;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Shops;

/// <summary>The first page of a shop's administration.</summary>
[Collection("shops")]
public sealed class StartPageTests(ShopPlatforms platforms)
{
    private const string Waiting = "waiting-buyers", Money = "shop-money", Sales = "今日订单", Chart = "sales-chart", ToDeliver = "等待人工发货";

    [Fact]
    public async Task Everybody_of_a_shop_sees_of_the_start_page_what_their_role_is_for_and_nothing_else()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var admin = await Person.AdministratorAsync(server);
        await admin.SubmitAsync("/Admin/Shops/Plan/" + shop, "/Admin/Shops/Plan/" + shop, ("plan", "pro"), ("reason", "More than two of them"));
        var (order, token, total) = await RunningTests.OrderAsync(server, slug, await RunningTests.SellAsync(ann, slug, "Manual"));
        await RunningTests.PayAsync(server, slug, order, token, total);
        using var buyer = new Person(server, "");
        Assert.Equal(HttpStatusCode.OK, (await buyer.GetAsync($"/{slug}/orders/{order}?token={token}")).Status);
        await buyer.SubmitAsync($"/{slug}/support?order={order}", $"/{slug}/support", ("Order", order), ("Category", "KeyInvalid"), ("Text", "When does it come?"));

        foreach (var (role, sees) in new[]
        {
            ("Manager", new[] { Waiting, Sales, Chart, ToDeliver }),
            ("CustomerService", [Waiting, ToDeliver]),
            ("Finance", [Money, Sales, Chart, ToDeliver]),
        })
        {
            var name = ShopPlatforms.Word();
            var form = ShopAdmin.FieldsOf((await ann.GetAsync($"/{slug}/Admin/Users/Create")).Html);
            (form["UserName"], form["Email"], form["Password"], form["RoleNames"], form["IsEnabled"]) = (name, name + "@test.example", "Long enough 1", role, "true");
            await ann.PostAsync($"/{slug}/Admin/Users/Create", form);
            using var staff = new Person(server, name);
            await staff.SubmitAsync($"/{slug}/Login", $"/{slug}/Login", ("UserName", name), ("Password", "Long enough 1"));
            var page = await staff.GetAsync($"/{slug}/Admin");
            Assert.Equal((role, HttpStatusCode.OK), (role, page.Status));
            foreach (var part in new[] { Waiting, Money, Sales, Chart, ToDeliver })
                Assert.Equal((role, part, sees.Contains(part)), (role, part, WebUtility.HtmlDecode(page.Html).Contains(part, StringComparison.Ordinal)));
            // no link leads to a screen that isn't theirs
            foreach (System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(page.Html, $"<a\\b[^>]*href=\"(/{slug}/Admin[^\"#]*)\""))
                Assert.Equal((role, link.Groups[1].Value, HttpStatusCode.OK), (role, link.Groups[1].Value, (await staff.GetAsync(WebUtility.HtmlDecode(link.Groups[1].Value))).Status));
        }
    }
}
