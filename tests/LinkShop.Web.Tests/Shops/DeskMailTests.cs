using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Whom a shop's mails about work go to.</summary>
[Collection("shops")]
public sealed class DeskMailTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_pool_that_runs_low_is_told_to_the_owner_or_where_the_owner_wants_it_and_after_a_transfer_to_the_new_one(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        await RunLowAsync(ann, slug, "First pool");
        await Mails.InAsync(server.DataPath, shop, ann.Mail, "First pool");

        var desk = ShopPlatforms.Word() + "@desk.example";
        var page = $"/{slug}/Admin/ShopDesk/Mails";
        Assert.Contains(ann.Mail, (await ann.GetAsync(page)).Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ann.SubmitAsync(page, page, ("addresses", desk + ", nobody"))).Status);
        await ann.SubmitAsync(page, page, ("addresses", $"{desk}，second-{desk}"));
        await RunLowAsync(ann, slug, "Second pool");
        var second = await Mails.InAsync(server.DataPath, shop, desk, "Second pool");
        Assert.Contains("second-" + desk, second, StringComparison.Ordinal);
        Assert.DoesNotContain(ann.Mail, second, StringComparison.OrdinalIgnoreCase);

        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Transfer/" + shop, ("owner", bob.Name));
        Assert.Equal($"/{slug}/Admin", (await bob.EnterAsync(shop)).Path);
        await RunLowAsync(bob, slug, "Third pool");
        var third = await Mails.InAsync(server.DataPath, shop, bob.Mail, "Third pool");
        Assert.DoesNotContain(desk, third, StringComparison.Ordinal);
        Assert.DoesNotContain(ann.Mail, third, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task When_the_owners_account_gets_another_address_the_mails_go_there(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var then = ShopPlatforms.Word() + "@new.example";
        var edit = "/Admin/Users/Edit/" + Regex.Match((await admin.GetAsync("/Admin/Users?q=" + ann.Name)).Html, "/Admin/Users/Edit/([0-9a-z]+)").Groups[1].Value;
        Assert.Equal(HttpStatusCode.OK, (await admin.SubmitAsync(edit, edit, ("Email", then))).Status);
        // another address ends all sessions
        using var again = new Person(server, ann.Name);
        await again.SubmitAsync("/Login", "/Login", ("UserName", ann.Name), ("Password", ShopRoutes.Password));
        Assert.Equal($"/{slug}/Admin", (await again.EnterAsync(shop)).Path);
        await RunLowAsync(again, slug, "A pool");
        await Mails.InAsync(server.DataPath, shop, then, "A pool");
        // what the platform itself writes to owners, too
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Look/" + shop, ("preset", "berry"), ("reason", "A new season"));
        await Mails.FindAsync(server.DataPath, then, "A new season");
    }

    private static async Task RunLowAsync(Person owner, string slug, string name)
    {
        var made = await owner.SubmitAsync($"/{slug}/Admin/KeyPools/Create", $"/{slug}/Admin/KeyPools/Create", ("Name", name));
        // the token is the first part of the upload
        var form = new Dictionary<string, string> { ["__RequestVerificationToken"] = ShopAdmin.FieldsOf(made.Html)["__RequestVerificationToken"] };
        var imported = await owner.PostAsync($"/{slug}/Admin/KeyPools/{made.Path.Split('/')[^1]}/Import/Run", form, "content", Encoding.UTF8.GetBytes("only-one-" + ShopPlatforms.Word()), "keys.txt");
        Assert.True(imported.Status == HttpStatusCode.OK, imported.Text);
    }
}
