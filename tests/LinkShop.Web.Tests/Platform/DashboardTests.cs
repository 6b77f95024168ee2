using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Platform;

[Collection("mall")]
public sealed partial class DashboardTests(MallFixture mall)
{
    [Theory]
    [InlineData("", "Admin/Tenants")]
    [InlineData("/" + LinkShopServer.Mall, "Admin/Products")]
    public async Task Every_link_of_a_start_page_of_the_admin_leads_somewhere(string tenant, string expected)
    {
        using var admin = await mall.SignInAsync(tenant.TrimStart('/'));
        var page = await admin.GetStringAsync(new Uri(tenant + "/Admin", UriKind.Relative));
        var links = Links().Matches(page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).Where(a => a.StartsWith('/')).Distinct().ToList();
        Assert.Contains(tenant + "/" + expected, links);
        foreach (var link in links)
        {
            using var seen = await admin.GetAsync(new Uri(link, UriKind.Relative));
            Assert.True(seen.StatusCode == HttpStatusCode.OK, $"{link}: {seen.StatusCode}");
        }
    }

    [Fact]
    public async Task The_platforms_operator_sees_every_mall_and_no_shops_figures()
    {
        using var admin = await mall.SignInAsync("");
        var page = await admin.GetStringAsync(new Uri("/Admin?culture=en", UriKind.Relative));
        Assert.Contains($"/{LinkShopServer.Mall}/Admin\"", page, StringComparison.Ordinal);
        Assert.Contains($"/{MallFixture.OtherMall}/Admin\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Revenue today", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("<a\\b[^>]*href=\"([^\"#?][^\"]*)\"")]
    private static partial Regex Links();
}
