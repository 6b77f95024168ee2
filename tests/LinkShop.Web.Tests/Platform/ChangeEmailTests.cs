using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using LinkShop.Web.Tests.Shops;

namespace LinkShop.Web.Tests.Platform;

/// <summary>An account gets another e-mail address when somebody who reads the new mailbox wants it, and not before.</summary>
[Collection("shops")]
public sealed partial class ChangeEmailTests(ShopPlatforms platforms)
{
    private const string Password = "Long enough 1";

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task The_mailed_link_changes_the_address_once_the_old_one_is_told_and_nothing_changes_before(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var wanted = ShopPlatforms.Word() + "@new.example";
        Assert.Contains("当前密码不正确", (await AskAsync(ann, wanted, "wrong one")).Text, StringComparison.Ordinal);
        Assert.Equal("/ChangeEmailConfirmation", (await AskAsync(ann, wanted)).Path);
        var link = await LinkAsync(server, wanted);
        Assert.StartsWith(server.Address.ToString(), link, StringComparison.Ordinal);
        var warning = await Mails.FindAsync(server.DataPath, ann.Mail, "有人申请更换邮箱");
        // whoever reads the old mailbox doesn't get the new address's link
        Assert.DoesNotContain("/ChangeEmail/Confirm", warning, StringComparison.Ordinal);

        // programs that look into mails open links: that alone does nothing
        using var reader = new Person(server, ann.Name);
        var page = await reader.GetAsync(new Uri(link).PathAndQuery);
        Assert.Equal("no-referrer", page.Response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("/Login", (await LoginAsync(server, wanted)).Path);
        Assert.NotEqual("/Login", (await LoginAsync(server, ann.Mail)).Path);

        var form = ShopAdmin.FieldsOf(page.Html);
        Assert.Equal("/ChangeEmail/Changed", (await reader.PostAsync("/ChangeEmail/Confirm", form)).Path);
        await Mails.FindAsync(server.DataPath, ann.Mail, "您的邮箱已更换");
        Assert.NotEqual("/Login", (await LoginAsync(server, wanted)).Path);
        Assert.Equal("/Login", (await LoginAsync(server, ann.Mail)).Path);
        // used up
        Assert.Contains("链接已使用过", (await reader.PostAsync("/ChangeEmail/Confirm", form)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_good_for_one_address_of_one_account_and_void_when_the_password_was_changed_since()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var wanted = ShopPlatforms.Word() + "@new.example";
        await AskAsync(ann, wanted);
        using var reader = new Person(server, "");
        var form = ShopAdmin.FieldsOf((await reader.GetAsync(new Uri(await LinkAsync(server, wanted)).PathAndQuery)).Html);
        await AskAsync(bob, "b" + wanted);
        var bobs = ShopAdmin.FieldsOf((await reader.GetAsync(new Uri(await LinkAsync(server, "b" + wanted)).PathAndQuery)).Html)["Code"];
        foreach (var (field, value) in new[] { ("Email", "other@new.example"), ("Code", bobs), ("Code", "x"), ("Code", ""), ("Account", "nobody") })
            Assert.Contains("链接已使用过", (await reader.PostAsync("/ChangeEmail/Confirm", new Dictionary<string, string>(form) { [field] = value })).Text, StringComparison.Ordinal);

        await ann.SubmitAsync("/ChangePassword", "/ChangePassword", ("CurrentPassword", Password), ("Password", "Another one 2"), ("PasswordConfirmation", "Another one 2"));
        Assert.Contains("链接已使用过", (await reader.PostAsync("/ChangeEmail/Confirm", form)).Text, StringComparison.Ordinal);
        Assert.NotEqual("/Login", (await LoginAsync(server, ann.Mail, "Another one 2")).Path);
        using var forged = await server.Client.PostAsync(new Uri("/ChangeEmail/Confirm", UriKind.Relative), new FormUrlEncodedContent(form.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal))));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task Whether_an_address_has_an_account_only_its_own_mailbox_learns()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var free = await AskAsync(ann, ShopPlatforms.Word() + "@new.example");
        var taken = await AskAsync(ann, bob.Mail);
        Assert.Equal((free.Status, free.Path, free.Text), (taken.Status, taken.Path, taken.Text));
        Assert.DoesNotContain("/ChangeEmail/Confirm", await Mails.FindAsync(server.DataPath, bob.Mail, "该邮箱已有账号"), StringComparison.Ordinal);
        // the asker's own mailbox says the same of both
        var told = Mails.To(server.DataPath, ann.Mail).Where(m => m.Contains("有人申请更换邮箱", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(told, m => m.Contains(bob.Mail, StringComparison.OrdinalIgnoreCase));

        // and an address that got an account after it was asked for isn't taken from it
        var later = ShopPlatforms.Word();
        using var cay = await Person.SignUpAsync(server, ShopPlatforms.Word());
        await AskAsync(cay, later + "@test.example");
        var link = await LinkAsync(server, later + "@test.example");
        using var late = await Person.SignUpAsync(server, later);
        using var reader = new Person(server, "");
        Assert.Contains("链接已使用过", (await reader.PostAsync("/ChangeEmail/Confirm", ShopAdmin.FieldsOf((await reader.GetAsync(new Uri(link).PathAndQuery)).Html))).Text, StringComparison.Ordinal);
        Assert.NotEqual("/Login", (await LoginAsync(server, cay.Mail)).Path);
    }

    [Fact]
    public async Task Nobodys_mailbox_is_filled_by_asking_again_and_again()
    {
        var server = await platforms.OnAsync("sqlite");
        var victim = ShopPlatforms.Word() + "@new.example";
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        for (var i = 0; i < 4; i++)
            await AskAsync(i % 2 == 0 ? ann : bob, victim);
        // a later person's mail is there, so all that were to come have come
        using var cay = await Person.SignUpAsync(server, ShopPlatforms.Word());
        await AskAsync(cay, "c" + victim);
        await LinkAsync(server, "c" + victim);
        Assert.Equal(3, Mails.To(server.DataPath, victim).Count(m => m.Contains($"email={Uri.EscapeDataString(victim)}", StringComparison.Ordinal)));
    }

    private static Task<Page> AskAsync(Person who, string address, string password = Password) =>
        who.SubmitAsync("/ChangeEmail", "/ChangeEmail", ("Email", address), ("CurrentPassword", password));

    private static async Task<Page> LoginAsync(LinkShopServer server, string name, string password = Password)
    {
        using var visitor = new Person(server, name);
        return await visitor.SubmitAsync("/Login", "/Login", ("UserName", name), ("Password", password));
    }

    private static async Task<string> LinkAsync(LinkShopServer server, string address) =>
        Links().Match(await Mails.FindAsync(server.DataPath, address, $"email={Uri.EscapeDataString(address)}")).Value;

    [GeneratedRegex("http://[^\\s]+/ChangeEmail/Confirm\\?[^\\s]+")]
    private static partial Regex Links();
}
