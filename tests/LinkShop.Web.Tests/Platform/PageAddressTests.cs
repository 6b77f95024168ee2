using System.Net;
using LinkShop.Http;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;
using LinkShop.Web.Tests.Goods;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Web.Tests.Platform;

/// <summary>Links that lead back to a page: the same in another language, or after signing in.</summary>
[Collection("mall")]
public sealed class PageAddressTests(MallFixture mall)
{
    [Theory]
    [InlineData("GET", "/cards", "/checkout", "?sku=A%26B&quantity=2&culture=en", null, "/cards/checkout?sku=A%26B&quantity=2")]
    [InlineData("POST", "", "/Admin/Arrivals/Record", "", "http://shop.test/Admin/Arrivals?from=1&culture=en", "/Admin/Arrivals?from=1")]
    [InlineData("POST", "", "/checkout", "?x=1", "http://elsewhere.test/evil", "/checkout?x=1")]
    [InlineData("POST", "", "/checkout", "", null, "/checkout")]
    [InlineData("GET", "", "//elsewhere.test/evil", "", null, "/elsewhere.test/evil")]
    [InlineData("POST", "", "/checkout", "", "http://shop.test//elsewhere.test/evil", "/elsewhere.test/evil")]
    public void The_page_is_the_one_with_the_form_and_never_elsewhere(string method, string root, string path, string query, string? referer, string expected)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host, request.PathBase, request.Path, request.QueryString, request.Headers.Referer) = (method, new HostString("shop.test"), root, path, new QueryString(query), referer);
        Assert.Equal(expected, PageAddress.Of(request));
    }

    [Fact]
    public async Task Who_signs_in_at_the_checkout_comes_back_to_what_they_wanted_to_buy()
    {
        var checkout = $"/{LinkShopServer.Mall}/checkout?sku={mall.Card.SkuId}&quantity=2";
        var page = await mall.Server.Client.GetStringAsync(new Uri(checkout, UriKind.Relative));
        Assert.Contains($"/Login?returnUrl={Uri.EscapeDataString(checkout)}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_a_form_does_not_take_the_other_language_away()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        const string form = "/Admin/Arrivals/Index";
        var page = await admin.ReadAsync(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, MallPages.At("/Admin/Arrivals/Record")) { Content = new FormUrlEncodedContent(ShopAdmin.FieldsOf(page)) };
        request.Headers.Referrer = new Uri(mall.Server.Address, MallPages.At(form).OriginalString);
        using var answer = await admin.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains($"/{LinkShopServer.Mall}{form}?culture=en\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
