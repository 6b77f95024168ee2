using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Checkout;

[Collection("mall")]
public sealed class AccountTests(MallFixture mall)
{
    [Fact]
    public async Task A_visitor_finds_the_sign_in_makes_an_account_orders_and_sees_the_order_among_theirs()
    {
        using var visitor = mall.Server.NewClient();
        var home = await visitor.GetStringAsync(new Uri("/cards/?culture=en", UriKind.Relative));
        Assert.Contains("/cards/Login?returnUrl=", home, StringComparison.Ordinal);
        var login = await visitor.GetStringAsync(new Uri("/cards/Login?returnUrl=%2Fcards%2Fsearch", UriKind.Relative));
        Assert.Contains("/cards/Register?returnUrl=%2Fcards%2Fsearch", login, StringComparison.Ordinal);

        var path = new Uri("/cards/Register?returnUrl=%2Fcards%2Fsearch", UriKind.Relative);
        var form = ShopAdmin.FieldsOf(await visitor.GetStringAsync(path));
        var name = "buyer" + Guid.NewGuid().ToString("n")[..8];
        (form["UserName"], form["Email"], form["Password"], form["PasswordConfirmation"]) = (name, name + "@test.example", "Long enough 1", "Long enough 1");
        using var made = await visitor.PostAsync(path, new FormUrlEncodedContent(form));
        Assert.Equal("/cards/search", made.RequestMessage!.RequestUri!.AbsolutePath);

        var checkout = new Uri($"/cards/checkout?sku={mall.Card.SkuId}&quantity=1", UriKind.Relative);
        var order = ShopAdmin.FieldsOf(await visitor.GetStringAsync(checkout));
        (order["Contact"], order["Password"]) = (name + "@test.example", "sesame");
        order.Remove("act");
        using var placed = await visitor.PostAsync(new Uri("/cards/checkout", UriKind.Relative), new FormUrlEncodedContent(order));
        Assert.Contains("/pay", placed.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);

        var mine = await visitor.GetStringAsync(new Uri("/cards/account/orders", UriKind.Relative));
        Assert.Contains(placed.RequestMessage.RequestUri.Segments[^2].TrimEnd('/'), mine, StringComparison.Ordinal);
        Assert.Contains("/cards/account/orders", await visitor.GetStringAsync(new Uri("/cards/", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync(new Uri("/cards/Admin", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Somebody_from_elsewhere_is_not_a_return_address()
    {
        using var visitor = mall.Server.NewClient(followRedirects: false);
        var path = new Uri("/cards/Register?returnUrl=https%3A%2F%2Fevil.example", UriKind.Relative);
        var form = ShopAdmin.FieldsOf(await visitor.GetStringAsync(path));
        var name = "buyer" + Guid.NewGuid().ToString("n")[..8];
        (form["UserName"], form["Email"], form["Password"], form["PasswordConfirmation"]) = (name, name + "@test.example", "Long enough 1", "Long enough 1");
        using var made = await visitor.PostAsync(path, new FormUrlEncodedContent(form));
        Assert.Equal("/cards/", made.Headers.Location!.ToString());
    }
}
