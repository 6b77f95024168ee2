using System.Net;
using System.Text.RegularExpressions;

namespace LinkShop.Web.Tests.Shops;

/// <summary>The platform looks after a shop: what it is asked, what stays after a mistake, and who is told.</summary>
[Collection("shops")]
public sealed class LookingAfterTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task No_shop_is_closed_without_a_reason_and_what_cannot_be_undone_is_asked_first(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var admin = await Person.AdministratorAsync(server);
        var (detail, close) = ("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Close/" + shop);

        var page = WebUtility.HtmlDecode((await admin.GetAsync(detail)).Html);
        foreach (var (action, words) in new[] { ("Suspend", "恢复营业前不能下单"), ("Transfer", "尚未打款的提现会被取消"), ("Close", "不可撤销") })
            Assert.Matches($"<form[^>]*/Admin/Shops/{action}/{shop}\"[^>]*data-confirm=\"[^\"]*Ann[^\"]*{words}[^\"]*\"", page);
        var refused = await admin.SubmitAsync(detail, close, ("reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("请填写原因。", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/" + slug)).Status);

        await admin.SubmitAsync(detail, close, ("reason", "The end"));
        Assert.Contains("The end", (await ann.GetAsync("/" + slug)).Text, StringComparison.Ordinal);
        Assert.Contains("永久关闭", await Mails.FindAsync(server.DataPath, ann.Mail, "The end"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task After_a_mistake_what_was_typed_is_still_there_and_each_wrong_domain_is_named(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var shop = await ann.OpenAndEnterAsync(ShopPlatforms.Word(), "Ann");
        using var admin = await Person.AdministratorAsync(server);

        var good = ShopPlatforms.Word() + ".example";
        var domains = await RefusedAsync("Domains", ("hosts", good + ", 127.0.0.1, shops.test"));
        Assert.Equal(good + ", 127.0.0.1, shops.test", Field(domains, "hosts"));
        Assert.Contains("127.0.0.1：", domains.Text, StringComparison.Ordinal);
        Assert.Contains("shops.test：", domains.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(good + "：", domains.Text, StringComparison.Ordinal);
        Assert.Equal("x", Field(await RefusedAsync("Rename", ("slug", "x")), "slug"));
        Assert.Equal("nobody-here", Field(await RefusedAsync("Transfer", ("owner", "nobody-here")), "owner"));
        Assert.Equal(new string('r', 501), Field(await RefusedAsync("Suspend", ("reason", new string('r', 501))), "suspend-reason"));
        var look = await RefusedAsync("Look", ("preset", "ink"), ("keep", ""), ("reason", " "));
        Assert.Matches("<option value=\"ink\" selected", look.Html);
        Assert.DoesNotMatch("id=\"keep\"[^>]*checked", look.Html);
        // the owner reads it, but no visitor does
        Assert.DoesNotContain("访客和店主都会看到", look.Text, StringComparison.Ordinal);

        var path = "/Admin/Shops/Plan/" + shop;
        var plan = await admin.SubmitAsync(path, path, ("plan", "pro"), ("until", "2001-02-03"), ("reason", "A present"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, plan.Status);
        Assert.Equal(("2001-02-03", "A present"), (Field(plan, "until"), Field(plan, "reason")));
        Assert.Matches("<option value=\"pro\" selected", plan.Html);
        Assert.Equal("10000-01-01", Field(await admin.SubmitAsync(path, path, ("until", "10000-01-01"), ("reason", "A present")), "until"));

        async Task<Page> RefusedAsync(string action, params (string Name, string Value)[] fields)
        {
            var page = await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, $"/Admin/Shops/{action}/{shop}", fields);
            Assert.Equal((action, HttpStatusCode.UnprocessableEntity), (action, page.Status));
            return page;
        }

        static string Field(Page page, string id) => WebUtility.HtmlDecode(Regex.Match(page.Html, $"<input[^>]*id=\"{id}\"[^>]*").Value is { } input ? Regex.Match(input, " value=\"([^\"]*)\"").Groups[1].Value : "");
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_shop_that_is_opened_for_somebody_says_who_opened_it(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var made = await admin.SubmitAsync("/Admin/Shops/Create", "/Admin/Shops/Create", ("Slug", ShopPlatforms.Word()), ("Title", "For Ann"), ("Owner", ann.Name), ("Preset", "candy"));
        var log = made.Html[made.Html.LastIndexOf("<tbody>", StringComparison.Ordinal)..];
        Assert.Equal(2, Regex.Count(log, $">{admin.Name}<"));
        Assert.DoesNotContain($">{ann.Name}<", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_micro_shop_is_not_among_the_recipes_for_a_new_site_which_lead_to_where_it_is_opened()
    {
        var server = await platforms.OnAsync("sqlite");
        using var admin = await Person.AdministratorAsync(server);
        var page = await admin.GetAsync("/Admin/Tenants/Create");
        Assert.DoesNotContain("recipe-MicroShop", page.Html, StringComparison.Ordinal);
        Assert.Contains("recipe-GameCards", page.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/Admin/Shops/Create\"", page.Html, StringComparison.Ordinal);
        // nor by a form that names it all the same
        var forced = await admin.SubmitAsync("/Admin/Tenants/Create", "/Admin/Tenants/Create",
            ("RecipeName", "MicroShop"), ("SiteName", "X"), ("Name", "Forced"), ("RequestUrlPrefix", "forced"), ("UserName", "boss"), ("Email", "boss@test.example"), ("Password", "Long enough 1"));
        Assert.Equal("/Admin/Tenants/Create", forced.Path);
        Assert.DoesNotContain(">Forced<", (await admin.GetAsync("/Admin/Tenants?q=Forced")).Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Who_works_in_a_shop_reads_on_its_start_page_that_and_why_nothing_is_ordered_and_its_pages_are_once_in_the_menu(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var admin = await Person.AdministratorAsync(server);
        var open = await ann.GetAsync($"/{slug}/Admin");
        Assert.DoesNotContain("id=\"shop-state\"", open.Html, StringComparison.Ordinal);
        Assert.Equal(1, Regex.Count(open.Html, $"href=\"/{slug}/Admin/Pages"));

        await ann.SubmitAsync($"/{slug}/Admin/ShopDesk/Opening", $"/{slug}/Admin/ShopDesk/Pause", ("paused", "true"), ("reason", "Back on Monday"));
        var paused = await ann.GetAsync($"/{slug}/Admin");
        Assert.Contains("id=\"shop-state\"", paused.Html, StringComparison.Ordinal);
        Assert.Contains("Back on Monday", paused.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"/{slug}/Admin/ShopDesk/Opening\">恢复接单", WebUtility.HtmlDecode(paused.Html), StringComparison.Ordinal);

        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Suspend/" + shop, ("reason", "Buyers complained"));
        var suspended = await ann.GetAsync($"/{slug}/Admin");
        Assert.Contains("平台已停业本店", suspended.Text, StringComparison.Ordinal);
        Assert.Contains("Buyers complained", suspended.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"shop-state\"", (await ann.GetAsync($"/{slug}/Admin/Orders/Index")).Html, StringComparison.Ordinal);
        Assert.Contains("平台已停业您的店铺", await Mails.FindAsync(server.DataPath, ann.Mail, "Buyers complained"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Both_owners_hear_of_a_transfer_each_what_concerns_them(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Shop " + slug);
        using var admin = await Person.AdministratorAsync(server);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Transfer/" + shop, ("owner", bob.Name));
        Assert.Contains("您不能再进入该店铺", await Mails.FindAsync(server.DataPath, ann.Mail, slug, "转给另一个账号"), StringComparison.Ordinal);
        Assert.Contains("原店主填写的资料已清空", await Mails.FindAsync(server.DataPath, bob.Mail, slug, "转给您的账号"), StringComparison.Ordinal);
    }
}
