using System.Net;
using System.Net.Http.Headers;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Goods;

/// <summary>Pictures of goods are chosen in the product's form.</summary>
[Collection("mall")]
public sealed class ProductPictureTests(MallFixture mall)
{
    private const string Part = "VirtualGoodsPart.";
    private const string Edit = "/Admin/Contents/ContentItems/goods-galewheel/Edit";

    private static readonly byte[] s_png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_picture_is_uploaded_made_the_main_one_and_taken_off_again()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var form = ShopAdmin.FieldsOf(await admin.GetAsync(Edit));
        var before = form[Part + "Pictures[0].Path"];
        Assert.Equal(before, form[Part + "MainPicture"]);

        var added = ShopAdmin.FieldsOf(await SendAsync(admin, form, HttpStatusCode.OK, ("new.gif", s_png)));
        var path = added[Part + "Pictures[1].Path"];
        // a picture is what is in it, whatever it is called
        Assert.Matches("^products/[0-9a-f]{20}\\.png$", path);
        var address = $"/{LinkShopServer.Mall}/media/{path}";
        using var served = await mall.Server.Client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "image/png"), (served.StatusCode, served.Content.Headers.ContentType?.MediaType));
        Assert.Contains(address, await PageAsync(), StringComparison.Ordinal);

        added[Part + "MainPicture"] = path;
        var main = ShopAdmin.FieldsOf(await SendAsync(admin, added, HttpStatusCode.OK));
        Assert.Equal((path, before), (main[Part + "Pictures[0].Path"], main[Part + "Pictures[1].Path"]));

        main[Part + "Pictures[0].Remove"] = "true";
        main[Part + "MainPicture"] = before;
        var without = ShopAdmin.FieldsOf(await SendAsync(admin, main, HttpStatusCode.OK));
        Assert.Equal((before, false), (without[Part + "Pictures[0].Path"], without.ContainsKey(Part + "Pictures[1].Path")));
        Assert.DoesNotContain(address, await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_and_a_picture_that_is_not_there_is_not_kept()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var form = ShopAdmin.FieldsOf(await admin.GetAsync(Edit));
        var before = form[Part + "Pictures[0].Path"];
        var refused = await SendAsync(admin, form, HttpStatusCode.UnprocessableEntity, ("evil.png", "<svg onload='alert(1)'/>"u8.ToArray()), ("good.png", s_png));
        Assert.Contains("evil.png：不是 PNG", ShopAdmin.TextOf(refused), StringComparison.Ordinal);
        // the good one needn't be chosen again
        var again = ShopAdmin.FieldsOf(refused);
        Assert.Matches("^products/", again[Part + "Pictures[1].Path"]);
        Assert.Equal(before, ShopAdmin.FieldsOf(await admin.GetAsync(Edit))[Part + "Pictures[0].Path"]);

        form[Part + "Pictures[0].Path"] = "../commerce.db";
        var none = ShopAdmin.FieldsOf(await SendAsync(admin, form, HttpStatusCode.OK));
        Assert.False(none.ContainsKey(Part + "Pictures[0].Path"));
        again[Part + "Pictures[1].Remove"] = "true";
        // who was told that it was saved meanwhile
        again["Revision"] = none["Revision"];
        Assert.Equal(before, ShopAdmin.FieldsOf(await SendAsync(admin, again, HttpStatusCode.OK))[Part + "Pictures[0].Path"]);
    }

    private Task<string> PageAsync() => mall.Server.Client.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/goods/galewheel", UriKind.Relative));

    private static async Task<string> SendAsync(ShopAdmin admin, Dictionary<string, string> form, HttpStatusCode expected, params (string Name, byte[] Bytes)[] files)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in form.Where(f => f.Key != Part + "Upload" && f.Key.Length > 0))
            content.Add(new StringContent(value), name);
        content.Add(new StringContent("submit.Publish"), "submit.Publish");
        foreach (var (name, bytes) in files)
        {
            var file = new ByteArrayContent(bytes);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            content.Add(file, Part + "Upload", name);
        }

        using var answer = await admin.Client.PostAsync(new Uri($"/{LinkShopServer.Mall}{Edit}", UriKind.Relative), content);
        Assert.Equal(expected, answer.StatusCode);
        return expected == HttpStatusCode.OK ? await admin.GetAsync(Edit) : await answer.Content.ReadAsStringAsync();
    }
}
