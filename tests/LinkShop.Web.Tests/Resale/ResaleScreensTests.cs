using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Commerce;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Resale;

/// <summary>The demo mall offers goods for resale; the other one sells them on.</summary>
[Collection("mall")]
public sealed class ResaleScreensTests(MallFixture mall)
{
    private const string Shop = MallFixture.OtherMall;
    private const string Goods = "/Admin/Resale/Goods";

    [Fact]
    public async Task A_shop_finds_goods_sells_them_at_its_price_and_both_desks_show_the_sale()
    {
        using var shop = await ResellerAsync();
        var listed = await ListAsync(shop, "XY-100", "My points card", "9.90");
        var found = await shop.ReadAsync(Goods, Shop);
        Assert.Contains("My points card", found, StringComparison.Ordinal);
        var product = await shop.ReadAsync($"/goods/{listed.ToLowerInvariant()}", Shop);
        Assert.Contains("My points card", product, StringComparison.Ordinal);

        var order = await OrderAsync(listed);
        var before = await GoodsLeftAsync();
        Assert.Equal(HttpStatusCode.OK, await PayAsync(order));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{Shop}/api/v1/orders/{order.OrderId}");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + order.Token);
        using var response = await mall.Server.Client.SendAsync(request);
        var read = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("fulfilled", read.GetProperty("state").GetString());
        Assert.Equal("supplied", read.GetProperty("lines")[0].GetProperty("delivery").GetString());
        var key = read.GetProperty("lines")[0].GetProperty("deliveries")[0].GetString()!;
        Assert.True(key.Length > 5);
        Assert.Equal(before, await GoodsLeftAsync());

        // the shop's desk: whose goods, at what price, and why it earns what it does
        var desk = await shop.ReadAsync($"/Admin/Orders/Detail/{order.OrderId}", Shop);
        var number = Regex.Match(desk, @"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?=[^<]*8\.50)").Value;
        Assert.NotEmpty(number);
        Assert.DoesNotContain(key, desk, StringComparison.Ordinal);
        // the supplier's: the shop, and nobody else
        using var supplier = await mall.SignInAsync(LinkShopServer.Mall);
        var list = await supplier.ReadAsync($"/Admin/Orders/Index?Q={number}");
        var supply = Regex.Match(list, "Orders/Detail/([0-9A-Z]{26})").Groups[1].Value;
        var there = await supplier.ReadAsync($"/Admin/Orders/Detail/{supply}");
        Assert.Contains("Other", there, StringComparison.Ordinal);
        Assert.DoesNotContain(order.Contact, there, StringComparison.Ordinal);
        Assert.DoesNotContain(order.OrderId, there, StringComparison.Ordinal);
        var offers = await supplier.ReadAsync("/Admin/Resale/Offers/Edit?sku=XY-100");
        Assert.Contains("<strong>Other</strong> ×1", offers, StringComparison.Ordinal);
        // what the shop owes is on both desks, and the supplier is shown where to have it paid out
        var owed = new Money(mall.Stored("select sum(balance) from ledger_account where tenant = 'Other' and purpose = 'SupplyPayable'"), "CNY").Format(CultureInfo.GetCultureInfo("zh-CN"));
        Assert.Matches($"来自代卖店铺的货款(.|\n)*Other(.|\n)*{Regex.Escape(owed)}(.|\n)*Admin/Finance/Wallet", await supplier.ReadAsync("/Admin/Resale/Offers"));
        Assert.Matches($"应付供货商的货款(.|\n)*{Regex.Escape(owed)}", await shop.ReadAsync(Goods, Shop));
        Assert.Equal(1, mall.Stored($"select count(*) from deliveries where tenant = 'Other' and order_id = '{order.OrderId}' and key_id is null and text is null"));
    }

    [Fact]
    public async Task What_a_shop_took_off_is_not_shown_as_on_sale_and_can_be_put_on_sale_again_at_another_price()
    {
        using var supplier = await mall.SignInAsync(LinkShopServer.Mall);
        var form = await supplier.ReadAsync("/Admin/Resale/Offers/Edit?sku=XY-3000");
        await supplier.PostAsync("/Admin/Resale/Offers/Edit", form, ("Sku", "XY-3000"), ("Floor", "280.00"), ("Suggested", "290.00"), ("By", "cost"), ("Cost", "250.00"), ("Supplier", "Mall"));
        using var shop = await ResellerAsync();
        var listed = await ListAsync(shop, "XY-3000", "Many points", "288.00");
        var product = mall.Text($"select product_id from offers where tenant = 'Other' and sku_id = '{listed}'");
        // an order has as many as at the supplier's
        Assert.Equal(await MostAsync(LinkShopServer.Mall, mall.Text("select product_id from offers where tenant <> 'Other' and sku_id = 'XY-3000'"), "XY-3000"), await MostAsync(Shop, product, listed));

        await shop.PostAsync($"/Admin/Contents/ContentItems/{product}/Unpublish", await shop.ReadAsync(Goods, Shop), Shop);
        var goods = await shop.ReadAsync(Goods, Shop);
        Assert.Contains("未在本店上架", goods, StringComparison.Ordinal);
        Assert.DoesNotContain(product + "/Edit", goods, StringComparison.Ordinal);
        var (upstream, id) = await OfferAsync("XY-3000");
        var again = await shop.PostAsync(Goods + "/Add", await shop.ReadAsync($"{Goods}/Add?upstream={upstream}&offer={id}", Shop), Shop, ("Upstream", upstream), ("Offer", id), ("Price", "299.00"), ("GoodsTitle", "Many points"));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Contains(product + "/Edit", again.Html, StringComparison.Ordinal);
        Assert.Equal(29_900, (await OrderAsync(listed)).Total);
    }

    [Theory]
    [InlineData("CS-Q", "方格田园 社区服务器通行码", "Gridfarm community server pass", "季度通行", "One quarter", "communityserver")]
    [InlineData("GD-MIST", "My own guide", "My own guide", "电子版", "E-book", "guide")]
    public async Task Goods_of_others_come_with_their_texts_in_both_languages_and_their_picture_and_a_title_of_the_shops_own_stays(
        string sku, string title, string english, string variant, string variantEnglish, string supplierPath)
    {
        using var shop = await ResellerAsync();
        var listed = (await ListAsync(shop, sku, title, "19.00")).ToLowerInvariant();
        foreach (var (culture, name, kind) in ((string, string, string)[])[("zh-CN", title, variant), ("en", english, variantEnglish)])
        {
            var page = await shop.ReadAsync($"/goods/{listed}?culture={culture}", Shop);
            var there = await shop.ReadAsync($"/goods/{supplierPath}?culture={culture}");
            Assert.Contains($">{name}<", page, StringComparison.Ordinal);
            Assert.Contains(kind, page, StringComparison.Ordinal);
            // what the supplier's own page says of them
            Assert.Equal(Section(there, "ls-buy__summary\">([^<]+)<"), Section(page, "ls-buy__summary\">([^<]+)<"));
            Assert.Equal(Section(there, "ls-prose\">((.|\n)+?)</section>"), Section(page, "ls-prose\">((.|\n)+?)</section>"));
            // the picture is the shop's own file, the same as the supplier's
            var own = Section(page, $"(/{Shop}/media/goods/[^\"? ]+)");
            Assert.Equal(await shop.GetByteArrayAsync(new Uri(Section(there, $"(/{LinkShopServer.Mall}/media/goods/[^\"? ]+)"), UriKind.Relative)), await shop.GetByteArrayAsync(new Uri(own, UriKind.Relative)));
        }

        static string Section(string html, string pattern) => Regex.Match(html, pattern) is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException($"{pattern} isn't in {html}");
    }

    [Theory]
    [InlineData("en", "Xuanye Online points card · 100 points", "玄野 OL 点卡")]
    [InlineData("zh-CN", "玄野 OL 点卡 · 100 点", "Xuanye Online")]
    public async Task What_is_offered_for_resale_is_named_in_the_readers_language_on_both_sides(string culture, string name, string other)
    {
        using var shop = await ResellerAsync();
        using var supplier = await mall.SignInAsync(LinkShopServer.Mall);
        var (upstream, id) = await OfferAsync("XY-100");
        foreach (var page in (string[])
        [
            await shop.ReadAsync($"{Goods}?culture={culture}", Shop), await shop.ReadAsync($"{Goods}/Add?upstream={upstream}&offer={id}&culture={culture}", Shop),
            await supplier.ReadAsync("/Admin/Resale/Offers?culture=" + culture), await supplier.ReadAsync("/Admin/Resale/Offers/Edit?sku=XY-100&culture=" + culture),
        ])
        {
            Assert.Contains(name, page, StringComparison.Ordinal);
            // the form begins with the supplier's own title, which is the product's base text
            Assert.DoesNotContain(other, Regex.Replace(page, "<input[^>]*>", ""), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Changed_terms_goods_off_sale_and_a_stop_are_seen_at_the_shops_desk_and_by_its_next_order_and_what_was_seen_stops_asking()
    {
        using var shop = await ResellerAsync();
        var listed = await ListAsync(shop, "MP-60", "Mist pack", "5.60");
        using var supplier = await mall.SignInAsync(LinkShopServer.Mall);
        var form = await supplier.ReadAsync("/Admin/Resale/Offers/Edit?sku=MP-60");
        var dearer = await supplier.PostAsync("/Admin/Resale/Offers/Edit", form, ("Sku", "MP-60"), ("Floor", "5.70"), ("Suggested", "6.00"), ("By", "cost"), ("Cost", "5.10"), ("Supplier", "Mall"));
        Assert.Equal(HttpStatusCode.OK, dearer.Status);

        Assert.Equal("not_on_sale", await RefusalAsync(listed));
        Assert.Contains("id=\"supplier-news\"", await shop.ReadAsync("/Admin", Shop), StringComparison.Ordinal);
        var goods = await shop.ReadAsync(Goods, Shop);
        var listing = MallFixture.Hidden(goods[goods.IndexOf("alert-warning", StringComparison.Ordinal)..], "listing");
        await shop.PostAsync(Goods + "/Accept", goods, Shop, ("listing", listing), ("version", "2"));
        Assert.DoesNotContain($"value=\"{listing}\"", await shop.ReadAsync(Goods, Shop), StringComparison.Ordinal);

        // the supplier takes the product down: the shop is told that too, until somebody has seen it
        var product = mall.Text("select product_id from offers where sku_id = 'MP-60'");
        await supplier.PostAsync($"/Admin/Contents/ContentItems/{product}/Unpublish", form);
        goods = await shop.ReadAsync(Goods, Shop);
        Assert.Contains("已下架“", goods, StringComparison.Ordinal);
        Assert.Contains("id=\"supplier-news\"", await shop.ReadAsync("/Admin", Shop), StringComparison.Ordinal);
        await shop.PostAsync(Goods + "/Seen", goods, Shop, ("notice", "offsale-" + listing));
        Assert.DoesNotContain("offsale-" + listing, await shop.ReadAsync(Goods, Shop), StringComparison.Ordinal);
        await supplier.PostAsync($"/Admin/Contents/ContentItems/{product}/Publish", form);

        var offer = MallFixture.Hidden(await supplier.ReadAsync("/Admin/Resale/Offers/Edit?sku=MP-60"), "offer");
        await supplier.PostAsync("/Admin/Resale/Offers/Stop", form, ("offer", offer), ("note", "maker stopped it"));
        Assert.Contains("maker stopped it", await shop.ReadAsync(Goods, Shop), StringComparison.Ordinal);
        Assert.Equal("not_on_sale", await RefusalAsync(listed));
        // a page may be a second old
        for (var until = DateTime.UtcNow.AddSeconds(10); !(await shop.ReadAsync($"/goods/{listed.ToLowerInvariant()}", Shop)).Contains("disabled", StringComparison.Ordinal) && DateTime.UtcNow < until;)
            await Task.Yield();
        Assert.Contains("disabled", await shop.ReadAsync($"/goods/{listed.ToLowerInvariant()}", Shop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_named_and_nothing_is_stored()
    {
        using var shop = await ResellerAsync();
        var offer = mall.Stored("select count(*) from resale_listing");
        var (upstream, id) = await OfferAsync("GD-MIST");
        var form = await shop.ReadAsync($"{Goods}/Add?upstream={upstream}&offer={id}", Shop);
        foreach (var price in (string[])["9.79", "free", "-1"])
        {
            var refused = await shop.PostAsync(Goods + "/Add", form, Shop, ("Upstream", upstream), ("Offer", id), ("Price", price), ("GoodsTitle", "x"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("alert-danger", refused.Html, StringComparison.Ordinal);
        }

        Assert.Equal(offer, mall.Stored("select count(*) from resale_listing"));
        using var supplier = await mall.SignInAsync(LinkShopServer.Mall);
        var edit = await supplier.ReadAsync("/Admin/Resale/Offers/Edit");
        // by hand: nobody could deliver it at once
        var manual = await supplier.PostAsync("/Admin/Resale/Offers/Edit", edit, ("Sku", "CO-1H"), ("Floor", "1"), ("Suggested", "2"), ("By", "cost"), ("Cost", "1"), ("Supplier", "Mall"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, manual.Status);
        var noCost = await supplier.PostAsync("/Admin/Resale/Offers/Edit", edit, ("Sku", "DM-50"), ("Floor", "30"), ("Suggested", "30"), ("By", "cost"), ("Cost", "31"), ("Supplier", "Mall"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, noCost.Status);
        Assert.Equal(0, mall.Stored("select count(*) from resale_offer where sku_id in ('CO-1H', 'DM-50')"));
    }

    [Fact]
    public async Task Neither_screen_opens_or_acts_without_its_permission_or_a_token()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (support, _) = await mall.UserAsync(admin, "Support");
        using var staff = support;
        using var refused = await staff.GetAsync(MallPages.At("/Admin/Resale/Offers"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var forged = await admin.PostAsync(MallPages.At("/Admin/Resale/Offers/Stop"), new FormUrlEncodedContent([new("offer", "x")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        // the supplier's mall doesn't resell: the other feature's screen isn't there
        using var missing = await admin.GetAsync(MallPages.At(Goods));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);

        using var shop = await ResellerAsync();
        using var other = await shop.PostAsync(MallPages.At(Goods + "/Add", Shop), new FormUrlEncodedContent([new("Upstream", "x")]));
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        using var visitor = mall.Server.NewClient();
        using var signIn = await visitor.GetAsync(MallPages.At(Goods, Shop));
        Assert.Contains("/Login", signIn.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    /// <summary>The other mall's administrator, with the feature switched on.</summary>
    private async Task<HttpClient> ResellerAsync()
    {
        var client = await mall.SignInAsync(Shop);
        using var there = await client.GetAsync(MallPages.At(Goods, Shop));
        if (there.StatusCode == HttpStatusCode.NotFound)
            await client.PostAsync("/Admin/Features/Enable/LinkShop.Resale", await client.ReadAsync("/Admin/Features", Shop), Shop);
        return client;
    }

    private async Task<(string Upstream, string Id)> OfferAsync(string sku)
    {
        using var supplier = await mall.SignInAsync(LinkShopServer.Mall);
        var page = await supplier.ReadAsync($"/Admin/Resale/Offers/Edit?sku={sku}");
        return (mall.Text($"select tenant from resale_offer where sku_id = '{sku}' and tenant <> 'Other'"), MallFixture.Hidden(page, "offer"));
    }

    private async Task<int> MostAsync(string tenant, string product, string sku) =>
        (await mall.Server.Client.GetFromJsonAsync<JsonElement>(new Uri($"/{tenant}/api/v1/products/{product}", UriKind.Relative))).GetProperty("skus").EnumerateArray()
            .Single(s => s.GetProperty("id").GetString() == sku).GetProperty("maxPerOrder").GetInt32();

    /// <summary>Adds an offer as the screen does; gives the shop's variant.</summary>
    private async Task<string> ListAsync(HttpClient shop, string sku, string title, string price)
    {
        var (upstream, id) = await OfferAsync(sku);
        Assert.Contains($"offer={id}", await shop.ReadAsync(Goods, Shop), StringComparison.Ordinal);
        var form = await shop.ReadAsync($"{Goods}/Add?upstream={upstream}&offer={id}", Shop);
        var added = await shop.PostAsync(Goods + "/Add", form, Shop, ("Upstream", upstream), ("Offer", id), ("Price", price), ("GoodsTitle", title));
        Assert.Equal(HttpStatusCode.OK, added.Status);
        Assert.Contains(title, added.Html, StringComparison.Ordinal);
        return mall.Text($"select sku_id from resale_listing where tenant = 'Other' and offer_id = '{id}'");
    }

    private async Task<Placed> OrderAsync(string sku)
    {
        var contact = MallFixture.Unique("buyer") + "@test.example";
        using var response = await SendAsync(sku, contact);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return new Placed(body.GetProperty("orderId").GetString()!, body.GetProperty("accessToken").GetString()!, body.GetProperty("total").GetProperty("minor").GetInt64(), contact);
    }

    private async Task<string?> RefusalAsync(string sku)
    {
        using var response = await SendAsync(sku, "b@test.example");
        Assert.False(response.IsSuccessStatusCode);
        return Regex.Match(await response.Content.ReadAsStringAsync(), "not_on_sale").Value;
    }

    private async Task<HttpResponseMessage> SendAsync(string sku, string contact) => await mall.Server.Client.PostAsJsonAsync(
        $"/{Shop}/api/v1/orders", new { lines = new[] { new { skuId = sku, quantity = 1 } }, contact, lookupPassword = "a password" });

    private async Task<HttpStatusCode> PayAsync(Placed order)
    {
        var body = JsonSerializer.Serialize(new { eventId = MallFixture.Unique("e"), type = "paid", orderId = order.OrderId, paymentId = MallFixture.Unique("p"), amount = order.Total, currency = "CNY" });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{Shop}/payments/sandbox/callback") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(SandboxGateway.SignatureHeader, SandboxGateway.Sign(Encoding.UTF8.GetBytes(body)));
        using var response = await mall.Server.Client.SendAsync(request);
        return response.StatusCode;
    }

    private Task<long> GoodsLeftAsync() => Task.FromResult(mall.Stored("select count(*) from card_key where tenant = 'Other' and state = 'Available'"));

    private sealed record Placed(string OrderId, string Token, long Total, string Contact);
}
