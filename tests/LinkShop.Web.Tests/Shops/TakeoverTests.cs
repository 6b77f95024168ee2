using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Whose a shop is, and that nobody else keeps it.</summary>
[Collection("shops")]
public sealed partial class TakeoverTests(ShopPlatforms platforms)
{
    private const string Password = "Long enough 1";

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_former_owner_keeps_nothing_of_the_shop_whatever_she_gave_herself_before(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        // both seats of the free plan
        var (manager, second) = ("m-" + slug, "o-" + slug);
        await HireAsync(ann, "/" + slug, manager, "Manager");
        await HireAsync(ann, "/" + slug, second, "Owner");
        await EditAsync(ann, "/" + slug, ann.Name, form =>
        {
            form.Remove("RoleNames");
            (form["RoleNames[0]"], form["RoleNames[1]"], form["Password"]) = ("Owner", "Manager", Password);
        });
        Assert.Equal($"/{slug}/Admin", (await ann.EnterAsync(shop)).Path);
        using var other = await SignInAsync(server, "/" + slug, second);
        Assert.Equal($"/{slug}/Admin", (await other.GetAsync($"/{slug}/Admin")).Path);

        using var admin = await Person.AdministratorAsync(server);
        await GiveAsync(admin, shop, bob.Name);
        foreach (var former in new[] { ann, other })
            Assert.Contains("/Login", (await former.GetAsync($"/{slug}/Admin")).Path, StringComparison.Ordinal);
        using var again = await SignInAsync(server, "/" + slug, ann.Name);
        Assert.Contains("/Login", (await again.GetAsync($"/{slug}/Admin")).Path, StringComparison.Ordinal);
        Assert.Equal($"/{slug}/Admin", (await bob.EnterAsync(shop)).Path);
        foreach (var former in new[] { ann.Name, second })
            Assert.DoesNotContain("RoleNames", ShopAdmin.FieldsOf((await bob.GetAsync(await EditPathAsync(bob, "/" + slug, former))).Html).Keys);
        // who never owned it stays
        Assert.Equal("Manager", ShopAdmin.FieldsOf((await bob.GetAsync(await EditPathAsync(bob, "/" + slug, manager))).Html)["RoleNames"]);
    }

    [Fact]
    public async Task Who_gives_a_shop_away_is_told_when_the_shop_does_not_know_of_it_yet()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var admin = await Person.AdministratorAsync(server);
        Sql(server, $"create trigger stuck before update on \"Document\" when old.\"Tenant\" = '{shop}' and old.\"Content\" like '%{ann.Mail}%' begin select raise(abort, 'stuck'); end");
        var told = await GiveAsync(admin, shop, bob.Name);
        Sql(server, "drop trigger stuck");
        Assert.Contains("店铺尚未同步", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("已保存。", told.Text, StringComparison.Ordinal);
        Assert.Contains(bob.Name, told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Who_is_not_of_the_platforms_people_any_more_is_out_of_every_shop_at_once(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var admin = await Person.AdministratorAsync(server);
        var name = ShopPlatforms.Word();
        await HireAsync(admin, "", name, "Administrator");
        using var second = await SignInAsync(server, "", name);
        foreach (var (field, gone, back) in new[] { ("RoleNames", (string?)null, "Administrator"), ("IsEnabled", "false", "true") })
        {
            Assert.Equal($"/{slug}/Admin", (await LookAfterAsync(second, shop)).Path);
            await EditAsync(admin, "", name, form => Set(form, field, gone));
            Assert.Contains("/Login", (await second.GetAsync($"/{slug}/Admin")).Path, StringComparison.Ordinal);
            await EditAsync(admin, "", name, form => Set(form, field, back));
            await second.SubmitAsync("/Login", "/Login", ("UserName", name), ("Password", Password));
        }

        Assert.Equal($"/{slug}/Admin", (await LookAfterAsync(second, shop)).Path);
        await admin.SubmitAsync("/Admin/Users", (await EditPathAsync(admin, "", name)).Replace("/Edit/", "/Delete/", StringComparison.Ordinal));
        Assert.Contains("/Login", (await second.GetAsync($"/{slug}/Admin")).Path, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task The_platforms_people_change_neither_who_is_in_a_shop_nor_what_its_roles_may(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var (clerk, role) = ("c-" + slug, "r" + slug);
        await HireAsync(ann, "/" + slug, clerk, "Manager");
        var edits = new[] { await EditPathAsync(ann, "/" + slug, ann.Name), await EditPathAsync(ann, "/" + slug, clerk) };
        using var admin = await Person.AdministratorAsync(server);
        var token = ShopAdmin.FieldsOf((await LookAfterAsync(admin, shop)).Html);
        async Task RefusedAsync(string path, params (string Name, string Value)[] fields)
        {
            var form = new Dictionary<string, string>(token);
            foreach (var (field, value) in fields)
                form[field] = value;
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, (await admin.PostAsync(path, form)).Status));
        }

        foreach (var edit in edits)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync(edit)).Status);
            await RefusedAsync(edit, ("UserName", clerk), ("Email", clerk + "@test.example"), ("Password", "Known to me 1"), ("IsEnabled", "true"), ("RoleNames", "Finance"));
            await RefusedAsync(edit.Replace("/Edit/", "/Delete/", StringComparison.Ordinal));
        }

        await RefusedAsync($"/{slug}/Admin/Users/Create", ("UserName", "x-" + slug), ("Email", "x@test.example"), ("Password", Password), ("IsEnabled", "true"), ("RoleNames", "Finance"));
        await RefusedAsync($"/{slug}/Admin/Roles/Create", ("Name", role), ("Permissions[0]", "RequestShopPayouts"));

        // a link for a new password is in the mails
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync($"/{slug}/Admin/MailOutbox")).Status);
        Assert.Contains("SmtpSettings", (await admin.GetAsync("/Admin/Settings/email")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("SmtpSettings", (await admin.GetAsync($"/{slug}/Admin/Settings/email")).Html, StringComparison.Ordinal);

        // nothing of it was done, and the list that they may read offers none of it
        var list = await admin.GetAsync($"/{slug}/Admin/Users");
        Assert.Contains(clerk, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("x-" + slug, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/Users/Edit/", list.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/Users/Create", list.Html, StringComparison.Ordinal);
        Assert.Equal("Manager", ShopAdmin.FieldsOf((await ann.GetAsync(edits[1])).Html)["RoleNames"]);
        using var byPassword = await SignInAsync(server, "/" + slug, clerk);
        Assert.Equal($"/{slug}/Admin", (await byPassword.GetAsync($"/{slug}/Admin")).Path);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Nobody_of_the_platform_looks_after_a_shop_of_their_own(string database)
    {
        var server = await platforms.OnAsync(database);
        using var admin = await Person.AdministratorAsync(server);
        var name = ShopPlatforms.Word();
        await HireAsync(admin, "", name, "Administrator");
        using var second = await SignInAsync(server, "", name);
        var slug = ShopPlatforms.Word();
        var shop = await second.OpenAndEnterAsync(slug, "Mine");
        Assert.Contains("您自己的店铺", (await LookAfterAsync(second, shop)).Text, StringComparison.Ordinal);
        Assert.Equal($"/{slug}/Admin", (await second.EnterAsync(shop)).Path);
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync($"/{slug}/Admin/Features")).Status);

        // nor when it becomes theirs while they are in it
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var other = ShopPlatforms.Word();
        shop = await ann.OpenAndEnterAsync(other, "Ann");
        Assert.Equal(HttpStatusCode.OK, (await LookAfterAsync(second, shop)).Status);
        await GiveAsync(admin, shop, name);
        Assert.Contains("/Login", (await second.GetAsync($"/{other}/Admin")).Path, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Who_may_not_enter_shops_gives_none_away_and_nobody_takes_one(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var accomplice = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var shop = await ann.OpenAndEnterAsync(ShopPlatforms.Word(), "Ann");
        using var admin = await Person.AdministratorAsync(server);
        var name = ShopPlatforms.Word();
        await HireAsync(admin, "", name, "PlatformOperator");
        using var operatorOfAll = await SignInAsync(server, "", name);
        var detail = await operatorOfAll.GetAsync("/Admin/Shops/Detail/" + shop);
        Assert.Equal(HttpStatusCode.OK, detail.Status);
        Assert.DoesNotContain("/Admin/Shops/Transfer/", detail.Html, StringComparison.Ordinal);
        foreach (var to in new[] { name, accomplice.Name })
            Assert.Equal(HttpStatusCode.Forbidden, (await operatorOfAll.PostAsync("/Admin/Shops/Transfer/" + shop, new Dictionary<string, string>(ShopAdmin.FieldsOf(detail.Html)) { ["owner"] = to })).Status);
        Assert.Contains("不能转给自己", (await GiveAsync(admin, shop, admin.Name)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(shop, (await admin.GetAsync("/my-shops")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ann.EnterAsync(shop)).Status);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task An_account_that_owns_a_shop_is_not_deleted_and_a_disabled_one_is_out_of_its_shop_at_once(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        await EditAsync(ann, "/" + slug, ann.Name, form => form["Password"] = Password);
        Assert.Equal($"/{slug}/Admin", (await ann.EnterAsync(shop)).Path);
        using var admin = await Person.AdministratorAsync(server);
        var edit = await EditPathAsync(admin, "", ann.Name);
        var delete = edit.Replace("/Edit/", "/Delete/", StringComparison.Ordinal);
        Assert.Contains("名下还有店铺", (await admin.SubmitAsync("/Admin/Users", delete)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(edit)).Status);

        await EditAsync(admin, "", ann.Name, form => form["IsEnabled"] = "false");
        Assert.Contains("/Login", (await ann.GetAsync($"/{slug}/Admin")).Path, StringComparison.Ordinal);
        using var byPassword = await SignInAsync(server, "/" + slug, ann.Name);
        Assert.Contains("/Login", (await byPassword.GetAsync($"/{slug}/Admin")).Path, StringComparison.Ordinal);
        await EditAsync(admin, "", ann.Name, form => form["IsEnabled"] = "true");
        // her session of before is over, though the platform looks at it only once a minute
        using var again = await SignInAsync(server, "", ann.Name);
        Assert.Equal($"/{slug}/Admin", (await again.EnterAsync(shop)).Path);

        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Close/" + shop, ("reason", "The end"));
        await admin.SubmitAsync("/Admin/Users", delete);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(edit)).Status);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_user_name_is_no_mail_address_but_ones_own(string database)
    {
        var server = await platforms.OnAsync(database);
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var mallory = ShopPlatforms.Word();
        using var visitor = new Person(server, "");
        foreach (var name in new[] { bob.Mail, "nobody-" + bob.Mail })
        {
            var refused = await visitor.SubmitAsync("/Register", "/Register", ("UserName", name), ("Email", mallory + "@test.example"), ("Password", Password), ("PasswordConfirmation", Password));
            Assert.Equal("/Register", refused.Path);
            Assert.Contains("用户名不能是别的邮箱", refused.Text, StringComparison.Ordinal);
        }

        using var admin = await Person.AdministratorAsync(server);
        Assert.Contains("用户名不能是别的邮箱", (await HireAsync(admin, "", bob.Mail, "PlatformOperator", mallory + "@test.example")).Text, StringComparison.Ordinal);
        var own = ShopPlatforms.Word() + "@test.example";
        await HireAsync(admin, "", own, "PlatformOperator", own);
        // the name stays the address only while the address is theirs
        Assert.Contains("用户名不能是别的邮箱", (await EditAsync(admin, "", own, form => form["Email"] = mallory + "@test.example")).Text, StringComparison.Ordinal);
        Assert.Contains("用户名不能是别的邮箱", (await EditAsync(admin, "", own, form => form["UserName"] = bob.Mail)).Text, StringComparison.Ordinal);
        using var byMail = await SignInAsync(server, "", own);
        Assert.Equal("/Admin", (await byMail.GetAsync("/Admin")).Path);
        using var bobByMail = await SignInAsync(server, "", bob.Mail);
        Assert.Contains($"value=\"{bob.Name}\"", (await bobByMail.GetAsync("/open-a-shop")).Html, StringComparison.Ordinal);
    }

    [GeneratedRegex("/Admin/Users/Edit/([0-9a-z.]+)")]
    private static partial Regex Edits();

    private static void Set(Dictionary<string, string> form, string field, string? value)
    {
        if (value is null)
            form.Remove(field);
        else
            form[field] = value;
    }

    private static Task<Page> GiveAsync(Person admin, string shop, string to) => admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Transfer/" + shop, ("owner", to));

    /// <summary>Goes in as one of the platform's people.</summary>
    private static Task<Page> LookAfterAsync(Person admin, string shop) => admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop);

    private static Task<Page> HireAsync(Person boss, string tenant, string name, string role, string? mail = null) => boss.SubmitAsync(tenant + "/Admin/Users/Create", tenant + "/Admin/Users/Create",
        ("UserName", name), ("Email", mail ?? name + "@test.example"), ("Password", Password), ("IsEnabled", "true"), ("RoleNames", role));

    private static async Task<string> EditPathAsync(Person boss, string tenant, string name) =>
        tenant + (Edits().Match((await boss.GetAsync($"{tenant}/Admin/Users?q={Uri.EscapeDataString(name)}")).Html) is { Success: true } found ? found.Value : throw new InvalidOperationException("There is no user " + name));

    private static async Task<Page> EditAsync(Person boss, string tenant, string name, Action<Dictionary<string, string>> change)
    {
        var edit = await EditPathAsync(boss, tenant, name);
        var form = ShopAdmin.FieldsOf((await boss.GetAsync(edit)).Html);
        change(form);
        return await boss.PostAsync(edit, form);
    }

    private static async Task<Person> SignInAsync(LinkShopServer server, string tenant, string name)
    {
        var person = new Person(server, name);
        await person.SubmitAsync(tenant + "/Login", tenant + "/Login", ("UserName", name), ("Password", Password));
        return person;
    }

    private static void Sql(LinkShopServer server, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataPath, "content.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
