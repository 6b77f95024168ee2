using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using LinkShop.Web.Tests.Shops;

namespace LinkShop.Web.Tests.Platform;

/// <summary>Who forgot their password chooses another by mail, and nobody chooses it for them.</summary>
[Collection("shops")]
public sealed partial class ResetPasswordTests(ShopPlatforms platforms)
{
    private const string Old = "Long enough 1";
    private const string New = "Another one 2";

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_mailed_link_sets_the_password_once_and_signs_everybody_else_out(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        Assert.Contains("/ForgotPassword", (await LoginAsync(server, ann.Name, "wrong one")).Html, StringComparison.Ordinal);
        Assert.Equal("/ForgotPasswordConfirmation", (await ForgetAsync(server, ann.Mail)).Path);
        var link = await LinkAsync(server, ann.Mail);
        // where the server listens, and not what the request called it
        Assert.StartsWith(server.Address.ToString(), link, StringComparison.Ordinal);

        using var visitor = new Person(server, ann.Name);
        var (page, form) = await OpenAsync(visitor, link);
        Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        var wrong = await visitor.PostAsync("/ResetPassword", With(form, New, "not the same"));
        Assert.Equal("/ResetPassword", wrong.Path);
        Assert.Contains("两次", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("至少", (await visitor.PostAsync("/ResetPassword", With(form, "short", "short"))).Text, StringComparison.Ordinal);
        Assert.Equal("/ResetPasswordConfirmation", (await visitor.PostAsync("/ResetPassword", With(form, New, New))).Path);

        Assert.Equal("/Login", (await LoginAsync(server, ann.Name, Old)).Path);
        Assert.NotEqual("/Login", (await LoginAsync(server, ann.Name, New)).Path);
        // used up
        Assert.Contains("链接已使用过", (await visitor.PostAsync("/ResetPassword", With(form, "A third one 3", "A third one 3"))).Text, StringComparison.Ordinal);
        Assert.Equal("/Login", (await LoginAsync(server, ann.Name, "A third one 3")).Path);
    }

    [Fact]
    public async Task Nothing_tells_whether_there_is_an_account_and_no_mailbox_is_filled()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var nobody = ShopPlatforms.Word() + "@test.example";
        var (known, unknown) = (await ForgetAsync(server, ann.Name), await ForgetAsync(server, nobody));
        Assert.Equal((unknown.Path, unknown.Text), (known.Path, known.Text));
        await LinkAsync(server, ann.Mail);
        for (var i = 0; i < 4; i++)
            await ForgetAsync(server, ann.Mail);
        // a later person's mail is there, so all that were to come have come
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        await ForgetAsync(server, bob.Mail);
        await LinkAsync(server, bob.Mail);
        Assert.Equal(3, Mails.To(server.DataPath, ann.Mail).Count(IsReset));
        Assert.DoesNotContain(Mails.To(server.DataPath, nobody), IsReset);
    }

    [Fact]
    public async Task A_link_is_for_one_account_of_one_tenant_and_an_owner_without_a_password_in_the_shop_gets_none_there()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var buyer = await Person.SignUpAsync(server, ShopPlatforms.Word(), "/" + slug);
        await ForgetAsync(server, ann.Mail, "/" + slug);
        await ForgetAsync(server, buyer.Mail, "/" + slug);
        var link = await LinkAsync(server, buyer.Mail, shop);
        Assert.StartsWith($"{server.Address}{slug}/ResetPassword", link, StringComparison.Ordinal);
        Assert.DoesNotContain(Mails.To(server.DataPath, ann.Mail, shop), IsReset);

        await ForgetAsync(server, ann.Mail);
        var anns = Query(await LinkAsync(server, ann.Mail));
        await ForgetAsync(server, bob.Mail);
        var bobs = Query(await LinkAsync(server, bob.Mail));
        using var visitor = new Person(server, "");
        foreach (var (tenant, account, code) in new[] { ("", anns.Account, bobs.Code), ("/" + slug, anns.Account, anns.Code), ("", anns.Account, "x"), ("", anns.Account, ""), ("", "nobody", anns.Code) })
        {
            var form = ShopAdmin.FieldsOf((await visitor.GetAsync($"{tenant}/ResetPassword?account={account}&code={code}")).Html);
            Assert.Contains("链接已使用过", (await visitor.PostAsync(tenant + "/ResetPassword", With(form, New, New))).Text, StringComparison.Ordinal);
        }

        Assert.NotEqual("/Login", (await LoginAsync(server, ann.Name, Old)).Path);
        using var forged = await server.Client.PostAsync(new Uri("/ResetPassword", UriKind.Relative), new FormUrlEncodedContent([new("Account", anns.Account), new("Code", anns.Code), new("Password", New), new("PasswordConfirmation", New)]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    private static bool IsReset(string mail) => mail.Contains("/ResetPassword?", StringComparison.Ordinal);

    private static Dictionary<string, string> With(Dictionary<string, string> form, string password, string again) => new(form) { ["Password"] = password, ["PasswordConfirmation"] = again };

    private static async Task<Page> ForgetAsync(LinkShopServer server, string name, string tenant = "")
    {
        using var visitor = new Person(server, name);
        return await visitor.SubmitAsync(tenant + "/ForgotPassword", tenant + "/ForgotPassword", ("UserName", name));
    }

    private static async Task<Page> LoginAsync(LinkShopServer server, string name, string password)
    {
        using var visitor = new Person(server, name);
        return await visitor.SubmitAsync("/Login", "/Login", ("UserName", name), ("Password", password));
    }

    private static async Task<string> LinkAsync(LinkShopServer server, string mail, string tenant = "Default") =>
        Links().Match(await Mails.InAsync(server.DataPath, tenant, mail, "/ResetPassword?")).Value;

    private static async Task<(Page, Dictionary<string, string>)> OpenAsync(Person visitor, string link)
    {
        var page = await visitor.GetAsync(new Uri(link).PathAndQuery);
        return (page, ShopAdmin.FieldsOf(page.Html));
    }

    private static (string Account, string Code) Query(string link)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(link).Query);
        return (query["account"].ToString(), query["code"].ToString());
    }

    [GeneratedRegex("http://[^\\s]+/ResetPassword\\?[^\\s]+")]
    private static partial Regex Links();
}
