using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Email;
using OrchardCore.Settings;

namespace LinkShop.Cms.Tests.Admin;

public sealed class ScreenTests(AdminSite site) : IClassFixture<AdminSite>
{
    [Fact]
    public async Task Settings_of_one_tenant_are_not_those_of_another()
    {
        using var admin = await site.SignedInAsync(prefix: "/cards");
        using var saved = await admin.PostAsync("/Admin/Settings/general", "/Admin/Settings/general", ("ISite.SiteName", "Card mall"), ("ISite.PageSize", "33"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(("Card mall", 33), await SiteAsync("Cards"));
        Assert.Equal(20, (await SiteAsync("Default")).PageSize);
        Assert.NotEqual("Card mall", (await SiteAsync("Default")).Name);
    }

    [Fact]
    public async Task Wrong_settings_name_the_field_and_save_nothing()
    {
        using var admin = await site.SignedInAsync();
        var before = await SiteAsync("Default");
        using var refused = await admin.PostAsync(
            "/Admin/Settings/general", "/Admin/Settings/general", ("ISite.SiteName", "Never"), ("ISite.PageSize", "5000"), ("ISite.BaseUrl", "javascript:alert(1)"));
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Contains("Enter a number from 5 to 100.", page, StringComparison.Ordinal);
        Assert.Contains("Enter an address that starts with http", page, StringComparison.Ordinal);
        Assert.Equal(before, await SiteAsync("Default"));
    }

    [Fact]
    public async Task The_mail_password_is_stored_encrypted_and_never_shown()
    {
        using var admin = await site.SignedInAsync(prefix: "/cards");
        const string page = "/Admin/Settings/email";
        using var saved = await admin.PostAsync(
            page, page, ("SmtpSettings.DefaultSender", "shop@example.com"), ("SmtpSettings.Port", "587"), ("SmtpSettings.UserName", "shop"), ("SmtpSettings.Password", "open sesame"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await site.Host.InTenantAsync("Cards", async services =>
        {
            var settings = await services.GetRequiredService<ISiteService>().GetSettingsAsync<SmtpSettings>();
            Assert.Equal("shop", settings.UserName);
            Assert.DoesNotContain("sesame", settings.Password!, StringComparison.Ordinal);
            Assert.Equal("open sesame", services.GetRequiredService<LinkShop.Cms.Admin.Email.SmtpPasswords>().Unprotect(settings.Password));
        });
        Assert.DoesNotContain("open sesame", await admin.ReadAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_mail_server_mails_wait_in_the_tenants_outbox()
    {
        await site.Host.InTenantAsync("Cards", async services =>
        {
            var mail = services.GetRequiredService<IEmailService>();
            var result = await mail.SendAsync(new MailMessage { To = "buyer@example.com", Subject = "您的卡密\r\nBcc: spy@example.com", TextBody = "AAAA-BBBB" });
            Assert.True(result.Succeeded);
            Assert.False((await mail.SendAsync(new MailMessage { To = "not an address", Subject = "x" })).Succeeded);
        });
        var file = Assert.Single(Directory.GetFiles(Path.Combine(site.Host.Folder, "App_Data", "Sites", "Cards", "Outbox"), "*.eml"));
        Assert.DoesNotContain("\nBcc:", await File.ReadAllTextAsync(file), StringComparison.OrdinalIgnoreCase);
        using var admin = await site.SignedInAsync(prefix: "/cards");
        var list = await admin.ReadAsync("/Admin/MailOutbox");
        Assert.Contains("您的卡密", list, StringComparison.Ordinal);
        Assert.Contains("buyer@example.com", list, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", list, StringComparison.Ordinal);
        using var other = await site.SignedInAsync();
        Assert.DoesNotContain("buyer@example.com", await other.ReadAsync("/Admin/MailOutbox"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feature_is_switched_on_and_off_by_screen_without_a_restart()
    {
        using var admin = await site.SignedInAsync(prefix: "/cards");
        using var visitor = site.Browse("/cards");
        Assert.Equal(HttpStatusCode.NotFound, await visitor.StatusAsync("/Register"));
        using var enabled = await admin.PostAsync("/Admin/Features/Enable/OrchardCore.Users.Registration", "/Admin/Features");
        Assert.Equal(HttpStatusCode.Redirect, enabled.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/Register"));
        Assert.Equal(HttpStatusCode.NotFound, await site.Browse().StatusAsync("/Register"));
        // what another enabled feature needs can't be switched off
        using var needed = await admin.PostAsync("/Admin/Features/Disable/OrchardCore.Users", "/Admin/Features");
        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/Register"));
        using var disabled = await admin.PostAsync("/Admin/Features/Disable/OrchardCore.Users.Registration", "/Admin/Features");
        Assert.Equal(HttpStatusCode.NotFound, await visitor.StatusAsync("/Register"));
    }

    [Fact]
    public async Task Content_goes_from_draft_to_published_to_gone()
    {
        var name = await site.AddUserAsync("Default", "Editor");
        using var editor = await site.SignedInAsync(name, AdminSite.UserPassword);
        using var visitor = site.Browse();
        var title = "Page " + Guid.NewGuid().ToString("n");
        using var created = await editor.PostAsync("/Admin/Contents/ContentTypes/Page/Create", "/Admin/Contents/ContentTypes/Page/Create", ("TitlePart.Title", title), ("submit.Save", "1"));
        Assert.Equal(HttpStatusCode.Redirect, created.StatusCode);
        var id = Regex.Match(await editor.ReadAsync("/Admin/Contents/ContentItems?q=" + title), "/Admin/Contents/ContentItems/([^/\"]+)/Edit").Groups[1].Value;
        var address = "/Contents/ContentItems/" + id;
        Assert.Equal(HttpStatusCode.NotFound, await visitor.StatusAsync(address));
        Assert.Equal(HttpStatusCode.Redirect, await visitor.StatusAsync(address + "/Preview"));
        Assert.Contains(title, await editor.ReadAsync(address + "/Preview"), StringComparison.Ordinal);
        using var published = await editor.PostAsync($"/Admin/Contents/ContentItems/{id}/Publish", "/Admin/Contents/ContentTypes/Page/Create");
        Assert.Contains(title, await visitor.ReadAsync(address), StringComparison.Ordinal);
        // an editor of this recipe may not delete
        using var refused = await editor.PostAsync($"/Admin/Contents/ContentItems/{id}/Delete", "/Admin/Contents/ContentTypes/Page/Create");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var admin = await site.SignedInAsync();
        using var deleted = await admin.PostAsync($"/Admin/Contents/ContentItems/{id}/Delete", "/Admin/Contents/ContentTypes/Page/Create");
        Assert.Equal(HttpStatusCode.NotFound, await visitor.StatusAsync(address));
    }

    [Fact]
    public async Task Who_saves_what_somebody_saved_meanwhile_is_told_first_and_then_may()
    {
        using var admin = await site.SignedInAsync();
        var title = "Twice " + Guid.NewGuid().ToString("n");
        using (await admin.PostAsync("/Admin/Contents/ContentTypes/Page/Create", "/Admin/Contents/ContentTypes/Page/Create", ("TitlePart.Title", title), ("submit.Publish", "1"))) { }
        var edit = Regex.Match(await admin.ReadAsync("/Admin/Contents/ContentItems?q=" + title), "/Admin/Contents/ContentItems/[^/\"]+/Edit").Value;
        var opened = RevisionIn(await admin.ReadAsync(edit));
        using (var first = await admin.PostAsync(edit, edit, ("TitlePart.Title", title + " first"), ("Revision", opened), ("submit.Publish", "1")))
            Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        using var second = await admin.PostAsync(edit, edit, ("TitlePart.Title", title + " second"), ("Revision", opened), ("submit.Publish", "1"));
        var page = WebUtility.HtmlDecode(await second.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        Assert.Contains("Somebody saved this while you were editing it", page, StringComparison.Ordinal);
        Assert.Contains(title + " second", page, StringComparison.Ordinal);
        Assert.Contains(title + " first", await admin.ReadAsync(edit), StringComparison.Ordinal);
        using var third = await admin.PostAsync(edit, edit, ("TitlePart.Title", title + " second"), ("Revision", RevisionIn(page)), ("submit.Publish", "1"));
        Assert.Equal(HttpStatusCode.Redirect, third.StatusCode);
        Assert.Contains(title + " second", await admin.ReadAsync(edit), StringComparison.Ordinal);

        static string RevisionIn(string html) => Regex.Match(html, "name=\"Revision\" value=\"([^\"]+)\"").Groups[1].Value;
    }

    [Fact]
    public async Task A_role_without_a_name_is_refused()
    {
        using var admin = await site.SignedInAsync();
        using var refused = await admin.PostAsync("/Admin/Roles/Create", "/Admin/Roles/Create", ("Name", "   "), ("Permissions", "AccessAdminPanel"));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains("field-validation-error", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_loses_a_permission_loses_it_at_once()
    {
        using var admin = await site.SignedInAsync();
        using var made = await admin.PostAsync("/Admin/Roles/Create", "/Admin/Roles/Create", ("Name", "Lister"), ("Permissions", "AccessAdminPanel"), ("Permissions", "ListUsers"), ("Permissions", "NoSuchThing"));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var name = await site.AddUserAsync("Default", "Lister");
        using var lister = await site.SignedInAsync(name, AdminSite.UserPassword);
        Assert.Equal(HttpStatusCode.OK, await lister.StatusAsync("/Admin/Users"));
        using var changed = await admin.PostAsync("/Admin/Roles/Edit/Lister", "/Admin/Roles/Edit/Lister", ("Permissions", "AccessAdminPanel"));
        Assert.Equal(HttpStatusCode.Forbidden, await lister.StatusAsync("/Admin/Users"));
    }

    [Fact]
    public async Task Who_may_edit_users_can_neither_become_nor_change_an_administrator()
    {
        var name = await site.AddUserAsync("Default", "Clerk");
        using var clerk = await site.SignedInAsync(name, AdminSite.UserPassword);
        var list = await clerk.ReadAsync("/Admin/Users?q=admin@");
        var admin = Regex.Match(list, "/Admin/Users/Edit/[^\"]+").Value;
        Assert.Equal(HttpStatusCode.Forbidden, await clerk.StatusAsync(admin));
        using var made = await clerk.PostAsync("/Admin/Users/Create", "/Admin/Users/Create", ("UserName", name + "b"), ("Password", AdminSite.UserPassword), ("IsEnabled", "true"), ("RoleNames", "Administrator"));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        using var second = await site.SignedInAsync(name + "b", AdminSite.UserPassword);
        Assert.Equal(HttpStatusCode.Forbidden, await second.StatusAsync("/Admin/Users"));
    }

    [Fact]
    public async Task A_tenant_is_made_stopped_and_started_by_screen_and_bad_input_leaves_nothing_behind()
    {
        using var admin = await site.SignedInAsync();
        (string, string)[] form = [("Name", "Made"), ("SiteName", "Made by hand"), ("RequestUrlPrefix", "made"), ("RecipeName", "shop"), ("UserName", "owner"), ("Email", "owner@example.com")];
        using var weak = await admin.PostAsync("/Admin/Tenants/Create", "/Admin/Tenants/Create", [.. form, ("Password", "123")]);
        Assert.Contains("The password needs at least 8 characters.", await weak.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var taken = await admin.PostAsync("/Admin/Tenants/Create", "/Admin/Tenants/Create", [.. form.Where(f => f.Item1 != "RequestUrlPrefix"), ("RequestUrlPrefix", "cards"), ("Password", AdminSite.UserPassword)]);
        Assert.Contains("already has this address", await taken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var made = await admin.PostAsync("/Admin/Tenants/Create", "/Admin/Tenants/Create", [.. form, ("Password", AdminSite.UserPassword)]);
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        using var owner = await site.SignedInAsync("owner", AdminSite.UserPassword, "/made");
        using var stopped = await admin.PostAsync("/Admin/Tenants/Stop/Made", "/Admin/Tenants");
        using var refused = await owner.GetAsync("/Admin");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromHours(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        var notice = await refused.Content.ReadAsStringAsync();
        Assert.Contains("网站已停用", notice, StringComparison.Ordinal);
        Assert.Contains("This site is stopped", notice, StringComparison.Ordinal);
        using var started = await admin.PostAsync("/Admin/Tenants/Start/Made", "/Admin/Tenants");
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/Admin"));
    }

    private async Task<(string Name, int PageSize)> SiteAsync(string tenant)
    {
        (string, int) found = default;
        await site.Host.InTenantAsync(tenant, async services =>
        {
            var settings = await services.GetRequiredService<ISiteService>().GetSiteSettingsAsync();
            found = (settings.SiteName, settings.PageSize);
        });
        return found;
    }
}
