using System.Net;

namespace LinkShop.Cms.Tests.Admin;

public sealed class SignInTests(AdminSite site) : IClassFixture<AdminSite>
{
    [Fact]
    public async Task The_account_of_the_set_up_opens_the_admin()
    {
        using var browser = await site.SignedInAsync();
        Assert.Contains("Welcome to", await browser.ReadAsync("/Admin"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_is_led_to_sign_in_and_back_again()
    {
        using var browser = site.Browse();
        using var refused = await browser.GetAsync("/Admin/Users");
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.EndsWith("/Login?ReturnUrl=%2FAdmin%2FUsers", refused.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var welcome = await browser.SignInAsync("admin", AdminSite.AdminPassword, "/Admin/Users");
        Assert.Equal("/Admin/Users", welcome.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Signing_in_never_leads_to_another_site(string returnUrl)
    {
        using var browser = site.Browse();
        using var response = await browser.SignInAsync("admin", AdminSite.AdminPassword, returnUrl);
        Assert.Equal("/Admin", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        var known = await site.AddUserAsync();
        using var browser = site.Browse();
        using var wrong = await browser.SignInAsync(known, "wrong");
        using var unknown = await browser.SignInAsync("nobody", "wrong");
        const string answer = "The user name or the password is wrong, or the account is locked for some minutes after too many attempts.";
        Assert.Contains(answer, await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(answer, await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_until_an_administrator_unlocks_it()
    {
        var name = await site.AddUserAsync("Cards");
        using var guesser = site.Browse("/cards");
        for (var i = 0; i < 5; i++)
        {
            using var guess = await guesser.SignInAsync(name, "wrong");
            Assert.Equal(HttpStatusCode.OK, guess.StatusCode);
        }

        using var locked = await guesser.SignInAsync(name, AdminSite.UserPassword);
        Assert.Contains("or the account is locked", await locked.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var admin = await site.SignedInAsync(prefix: "/cards");
        var list = await admin.ReadAsync("/Admin/Users?q=" + name);
        Assert.Contains("Locked", list, StringComparison.Ordinal);
        var unlock = System.Text.RegularExpressions.Regex.Match(list, "/Admin/Users/Unlock/[^\"]+").Value;
        using var unlocked = await admin.PostAsync(unlock, "/Admin/Users");
        Assert.Equal(HttpStatusCode.Redirect, unlocked.StatusCode);
        using var again = await site.SignedInAsync(name, AdminSite.UserPassword, "/cards");
    }

    [Fact]
    public async Task A_disabled_account_can_neither_sign_in_nor_stay_signed_in()
    {
        var name = await site.AddUserAsync("Default", "Editor");
        using var admin = await site.SignedInAsync();
        var edit = System.Text.RegularExpressions.Regex.Match(await admin.ReadAsync("/Admin/Users?q=" + name), "/Admin/Users/Edit/[^\"]+").Value;
        using var saved = await admin.PostAsync(edit, edit, ("UserName", name), ("Email", ""), ("IsEnabled", "false"), ("RoleNames", "Editor"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var browser = site.Browse();
        using var refused = await browser.SignInAsync(name, AdminSite.UserPassword);
        Assert.Contains("The account is disabled", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_tenants_cookie_opens_nothing_at_another_tenant()
    {
        using var browser = await site.SignedInAsync();
        var root = site.Host.Client.BaseAddress!;
        var cookie = browser.Cookies.GetCookies(root).Single(c => c.Name.EndsWith("_Default", StringComparison.Ordinal) && c.Name.StartsWith("orchauth", StringComparison.Ordinal));
        using var thief = site.Browse("/cards");
        thief.Cookies.Add(root, new Cookie(cookie.Name.Replace("_Default", "_Cards", StringComparison.Ordinal), cookie.Value, "/cards"));
        thief.Cookies.Add(root, new Cookie(cookie.Name, cookie.Value, "/"));
        Assert.Equal(HttpStatusCode.Redirect, await thief.StatusAsync("/Admin"));
    }

    [Fact]
    public async Task Signing_out_needs_the_token_and_ends_the_session()
    {
        using var browser = await site.SignedInAsync();
        using var forged = await browser.PostWithoutTokenAsync("/Users/LogOff");
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/Admin"));
        using var done = await browser.PostAsync("/Users/LogOff", "/ChangePassword");
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, await browser.StatusAsync("/Admin"));
    }

    [Fact]
    public async Task A_password_is_changed_only_with_the_current_one()
    {
        var name = await site.AddUserAsync("Default");
        using var browser = await site.SignedInAsync(name, AdminSite.UserPassword);
        using var wrong = await browser.PostAsync(
            "/ChangePassword", "/ChangePassword", ("CurrentPassword", "wrong"), ("Password", "a new sentence"), ("PasswordConfirmation", "a new sentence"));
        Assert.Contains("The current password is wrong.", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var right = await browser.PostAsync(
            "/ChangePassword", "/ChangePassword", ("CurrentPassword", AdminSite.UserPassword), ("Password", "a new sentence"), ("PasswordConfirmation", "a new sentence"));
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        using var again = await site.SignedInAsync(name, "a new sentence");
    }

    [Fact]
    public async Task The_set_up_and_sign_in_work_on_PostgreSQL_too()
    {
        await using var postgres = await AdminSite.OnPostgresAsync();
        using var browser = await postgres.SignedInAsync(prefix: "/cards");
        Assert.Contains("admin@localhost", await browser.ReadAsync("/Admin/Users?q=ADM"), StringComparison.Ordinal);
        using var saved = await browser.PostAsync(
            "/Admin/Settings/general", "/Admin/Settings/general", ("ISite.SiteName", "Cards on PostgreSQL"), ("ISite.PageSize", "20"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("Welcome to Cards on PostgreSQL", await browser.ReadAsync("/Admin"), StringComparison.Ordinal);
    }
}
