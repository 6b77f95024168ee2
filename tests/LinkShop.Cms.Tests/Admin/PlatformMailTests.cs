using LinkShop.Cms.Admin.Email;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Email;
using OrchardCore.Entities;
using OrchardCore.Settings;

namespace LinkShop.Cms.Tests.Admin;

/// <summary>A tenant without a mail server of its own sends by the platform's.</summary>
public sealed class PlatformMailTests(AdminSite site) : IClassFixture<AdminSite>
{
    [Fact]
    public async Task A_tenant_without_a_mail_server_sends_by_the_platforms_under_its_own_name_until_it_has_one()
    {
        using var platform = new MailServer();
        using var own = new MailServer();
        await SetAsync("Cards", settings => settings.DefaultSender = "cards@example.com", "点卡小铺");
        // nobody has a server
        Assert.True(await SendAsync());
        Assert.Contains("cards@example.com", Assert.Single(Outbox()), StringComparison.Ordinal);

        await SetAsync("Default", settings =>
        {
            (settings.Host, settings.Port, settings.DefaultSender) = ("127.0.0.1", platform.Port, "noreply@platform.example");
            (settings.UserName, settings.RequireCredentials) = ("platform", true);
        }, null, "open sesame");
        Assert.True(await SendAsync());
        var sent = Assert.Single(platform.Mails);
        Assert.Equal(("noreply@platform.example", "open sesame"), (sent.From, sent.Password));
        Assert.Contains("<noreply@platform.example>", Header(sent.Text, "From"), StringComparison.Ordinal);
        Assert.Contains("=E7=82=B9=E5=8D=A1=E5=B0=8F=E9=93", Header(sent.Text, "From"), StringComparison.Ordinal);
        Assert.Contains("cards@example.com", Header(sent.Text, "Reply-To"), StringComparison.OrdinalIgnoreCase);
        Assert.Single(Outbox());

        // the platform's own mails are from itself, and a shop's own server comes first
        Assert.True(await SendAsync("Default"));
        Assert.Equal(2, platform.Mails.Count);
        await SetAsync("Cards", settings => (settings.Host, settings.Port) = ("127.0.0.1", own.Port));
        Assert.True(await SendAsync());
        Assert.Equal(("cards@example.com", (string?)null), (Assert.Single(own.Mails).From, own.Mails[0].Password));
        Assert.Equal(2, platform.Mails.Count);

        // a server that isn't there is a failure, and no file
        await SetAsync("Cards", settings => settings.Host = null);
        platform.Dispose();
        Assert.False(await SendAsync());
        Assert.Single(Outbox());
    }

    [Theory]
    [InlineData("Bank\" <security@bank.test>, \"x", "Bank security bank.test x")]
    [InlineData("A\\B;\tC", "A B C")]
    [InlineData("点卡小铺 (官方)", "点卡小铺 (官方)")]
    [InlineData("\"", "")]
    public void A_shops_name_as_a_sender_has_nothing_that_could_be_an_address(string title, string name)
    {
        Assert.Equal(name, EmailService.SenderName(title));
        var sender = new System.Net.Mail.MailAddress("noreply@platform.example", name);
        Assert.Equal("noreply@platform.example", Assert.Single(new System.Net.Mail.MailAddressCollection { sender.ToString() }).Address);
    }

    [Fact]
    public async Task A_shop_whose_name_holds_an_address_sends_under_the_platforms_and_no_other()
    {
        using var platform = new MailServer();
        await SetAsync("Cards", settings => (settings.Host, settings.DefaultSender) = (null, null), "Bank\" <security@bank.test>, \"x");
        await SetAsync("Default", settings => (settings.Host, settings.Port, settings.DefaultSender, settings.RequireCredentials) = ("127.0.0.1", platform.Port, "noreply@platform.example", false));
        Assert.True(await SendAsync());
        Assert.Equal("From: \"Bank security bank.test x\" <noreply@platform.example>", Header(Assert.Single(platform.Mails).Text, "From"));
        await SetAsync("Default", settings => settings.Host = null);
    }

    private List<string> Outbox()
    {
        var folder = Path.Combine(site.Host.Folder, "App_Data", "Sites", "Cards", "Outbox");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.eml").Select(File.ReadAllText)] : [];
    }

    private static string Header(string mail, string name) =>
        mail.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));

    private async Task<bool> SendAsync(string tenant = "Cards")
    {
        var sent = false;
        await site.Host.InTenantAsync(tenant, async services =>
            sent = (await services.GetRequiredService<IEmailService>().SendAsync(new MailMessage { To = "buyer@example.com", Subject = "Hello", TextBody = "Text" })).Succeeded);
        return sent;
    }

    private Task SetAsync(string tenant, Action<SmtpSettings> change, string? name = null, string? password = null) => site.Host.InTenantAsync(tenant, async services =>
    {
        var sites = services.GetRequiredService<ISiteService>();
        var settings = await sites.LoadSiteSettingsAsync();
        var smtp = settings.As<SmtpSettings>();
        change(smtp);
        if (password is not null) smtp.Password = services.GetRequiredService<SmtpPasswords>().Protect(password);
        settings.Put(smtp);
        settings.SiteName = name ?? settings.SiteName;
        await sites.UpdateSiteSettingsAsync(settings);
    });
}
