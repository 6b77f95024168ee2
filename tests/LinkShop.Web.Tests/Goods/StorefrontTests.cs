using System.Net;
using LinkShop.Testing;
using LinkShop.VirtualGoods.Services;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Goods;

[Collection("mall")]
public sealed class StorefrontTests(MallFixture mall)
{
    [Theory]
    [InlineData("玄野", "玄野 OL 点卡", "萤火音乐")]
    [InlineData("音乐会员", "萤火音乐 黑胶会员", "玄野 OL 点卡")]
    [InlineData("ｇｌｏｗｗｏｒｍ", "萤火音乐 黑胶会员", "玄野 OL 点卡")]
    [InlineData("xuanye points", "玄野 OL 点卡", "萤火音乐")]
    public async Task Search_finds_Chinese_and_English_words(string words, string found, string other)
    {
        var page = MainOf(await GetAsync("/search?q=" + Uri.EscapeDataString(words)));
        Assert.Contains(found, page, StringComparison.Ordinal);
        Assert.DoesNotContain(other, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/search?q=%27%3B%20drop%20table")]
    [InlineData("/search?page=-3&min=abc&max=99999999999999999999&sort=nonsense")]
    [InlineData("/c/topup?page=99999999999999999999")]
    public async Task Nonsense_in_the_address_is_answered_with_a_page(string path) => Assert.Contains("</html>", await GetAsync(path), StringComparison.Ordinal);

    [Theory]
    [InlineData("en", "Buy now", "Xuanye Online points card")]
    [InlineData("zh-CN", "立即购买", "玄野 OL 点卡")]
    public async Task A_product_is_shown_in_the_visitors_language(string culture, string button, string title)
    {
        var page = await GetAsync("/goods/xuanye?culture=" + culture);
        Assert.Contains(button, page, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", page, StringComparison.Ordinal);
        Assert.Contains($"lang=\"{culture}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Categories_filter_by_price_and_sort()
    {
        var page = MainOf(await GetAsync("/c/giftcards?min=40&max=60"));
        Assert.Contains("鲸通平台礼品卡", page, StringComparison.Ordinal);
        Assert.DoesNotContain("极光商店代金券", page, StringComparison.Ordinal);
        var dearest = MainOf(await GetAsync("/c/giftcards?sort=PriceDown"));
        Assert.True(dearest.IndexOf("鲸通平台礼品卡", StringComparison.Ordinal) < dearest.IndexOf("极光商店代金券", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("?pageSize=1000")]
    [InlineData("?page=0")]
    [InlineData("?sort=best")]
    public async Task The_product_list_refuses_wrong_parameters_with_problem_details(string query)
    {
        using var response = await mall.Server.Client.GetAsync($"/{LinkShopServer.Mall}/api/v1/products{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task An_unknown_product_is_a_problem_with_status_404()
    {
        using var response = await mall.Server.Client.GetAsync($"/{LinkShopServer.Mall}/api/v1/products/nothing");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"code\":\"not_found\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2")]
    public async Task An_unknown_address_of_the_api_is_a_problem_with_a_code(string path)
    {
        using var response = await mall.Server.Client.GetAsync($"/{LinkShopServer.Mall}{path}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("\"code\":\"not_found\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_split_and_folded_and_Chinese_becomes_pairs()
    {
        Assert.Equal(["abc", "点卡"], SearchTexts.Terms("  ＡＢＣ　点卡！ "));
        Assert.Equal(["音乐", "乐会", "会员"], SearchTexts.Bigrams(["音乐会员", "xy"]));
    }

    private Task<string> GetAsync(string path) => mall.Server.Client.GetStringAsync($"/{LinkShopServer.Mall}{path}");

    private static string MainOf(string page) => WebUtility.HtmlDecode(page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)]);
}
