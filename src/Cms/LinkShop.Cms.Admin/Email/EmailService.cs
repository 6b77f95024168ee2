using System.Net;
using System.Net.Mail;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using OrchardCore.Email;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;
using Mail = OrchardCore.Email.MailMessage;
using NetMail = System.Net.Mail.MailMessage;

namespace LinkShop.Cms.Admin.Email;

/// <summary>
/// Sends through the tenant's SMTP server; without one through the platform's, under the tenant's name but from the platform's address, as its server sends for no other. When neither has
/// one, mails are kept as files in the tenant's outbox.
/// </summary>
internal sealed class EmailService(
    ISiteService siteService, SmtpPasswords passwords, PlatformSmtp platform, TenantFolders folders, ShellSettings tenant, ILogger<EmailService> logger, IStringLocalizer<EmailService> S) : IEmailService
{
    public const string NobodysAddress = "noreply@localhost";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    public async Task<EmailResult> SendAsync(Mail message, string? name = null)
    {
        var site = await siteService.GetSiteSettingsAsync();
        var own = site.As<SmtpSettings>();
        var (server, password) = (own, (string?)null);
        try
        {
            if (string.IsNullOrWhiteSpace(own.Host) && await platform.FindAsync() is { } lent) (server, password) = lent;
            using var mail = Build(message, own, server, site.SiteName);
            if (mail.To.Count + mail.CC.Count + mail.Bcc.Count == 0) return EmailResult.FailedResult(nameof(Mail.To), S["The mail has no recipient."]);
            using var client = ClientFor(server, password);
            // the client's own limit is for sending without await only
            using var patience = new CancellationTokenSource(_patience);
            await client.SendMailAsync(mail, patience.Token);
            return EmailResult.SuccessResult;
        }
        catch (FormatException)
        {
            return EmailResult.FailedResult(nameof(Mail.To), S["One of the mail addresses is not valid."]);
        }
        catch (Exception exception) when (exception is SmtpException or IOException or CryptographicException or UnauthorizedAccessException or OperationCanceledException)
        {
            // Neither recipients nor text: a mail may carry what was bought.
            logger.LogWarning(exception, "A mail of tenant {Tenant} could not be sent through {Host}.", tenant.Name, server.Host);
            return EmailResult.FailedResult(exception is OperationCanceledException ? S["The mail server did not answer in time."] : S["The mail could not be sent: {0}", exception.Message]);
        }
    }

    private static NetMail Build(Mail message, SmtpSettings own, SmtpSettings server, string siteName)
    {
        var from = message.From ?? own.DefaultSender;
        var lent = own != server;
        siteName = SenderName(siteName);
        var mail = new NetMail
        {
            From = lent ? new MailAddress(string.IsNullOrWhiteSpace(server.DefaultSender) ? NobodysAddress : server.DefaultSender, siteName)
                : string.IsNullOrWhiteSpace(from) ? new MailAddress(NobodysAddress, siteName) : new MailAddress(from),
            // A line break would let a subject add headers.
            Subject = message.Subject?.ReplaceLineEndings(" ") ?? "",
            BodyEncoding = System.Text.Encoding.UTF8,
            SubjectEncoding = System.Text.Encoding.UTF8,
        };
        Add(mail.To, message.To);
        Add(mail.CC, message.Cc);
        Add(mail.Bcc, message.Bcc);
        Add(mail.ReplyToList, message.ReplyTo ?? (lent ? from : null));
        if (message.TextBody is null && message.HtmlBody is not null)
        {
            (mail.Body, mail.IsBodyHtml) = (message.HtmlBody, true);
            return mail;
        }

        mail.Body = message.TextBody ?? "";
        if (message.HtmlBody is not null) mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(message.HtmlBody, System.Text.Encoding.UTF8, "text/html"));
        return mail;
    }

    /// <summary>
    /// A site's name as a mail's sender. Whoever names a shop must not choose the address that mail programs show: a quotation mark would end the name, and one that looks like an address is taken for it.
    /// </summary>
    internal static string SenderName(string siteName) =>
        string.Join(' ', string.Concat(siteName.Select(c => char.IsControl(c) || "\"\\<>@,;:".Contains(c, StringComparison.Ordinal) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static void Add(MailAddressCollection to, string? addresses)
    {
        foreach (var address in (addresses ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) to.Add(new MailAddress(address));
    }

    private SmtpClient ClientFor(SmtpSettings settings, string? password)
    {
        if (string.IsNullOrWhiteSpace(settings.Host))
        {
            var folder = Directory.CreateDirectory(folders.Outbox);
            if (!OperatingSystem.IsWindows()) folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            return new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = folder.FullName };
        }

        var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.EncryptionMethod != SmtpEncryptionMethod.None };
        if (settings.RequireCredentials) client.Credentials = new NetworkCredential(settings.UserName, password ?? passwords.Unprotect(settings.Password));
        return client;
    }
}

/// <summary>Encrypts SMTP passwords for one tenant.</summary>
internal sealed class SmtpPasswords(IDataProtectionProvider provider, ShellSettings tenant)
{
    private readonly IDataProtector _protector = provider.CreateProtector("LinkShop.Cms.Smtp", tenant.Name, "v1");

    public string Protect(string password) => _protector.Protect(password);

    public string Unprotect(string? text) => string.IsNullOrEmpty(text) ? "" : _protector.Unprotect(text);
}

/// <summary>The platform's mail server, for tenants that have none.</summary>
internal sealed class PlatformSmtp(IShellHost host, ShellSettings tenant)
{
    /// <summary>Its settings with the password in plain; null when there is none, and for the platform itself.</summary>
    public async Task<(SmtpSettings Settings, string? Password)?> FindAsync()
    {
        if (tenant.Name == ShellSettings.DefaultShellName || !host.TryGetSettings(ShellSettings.DefaultShellName, out var platform) || !platform.IsRunning()) return null;
        (SmtpSettings, string?)? found = null;
        await (await host.GetScopeAsync(platform)).UsingAsync(async scope =>
        {
            // its password is encrypted for it alone
            if (scope.ServiceProvider.GetService<SmtpPasswords>() is { } passwords
                && (await scope.ServiceProvider.GetRequiredService<ISiteService>().GetSiteSettingsAsync()).As<SmtpSettings>() is { Host.Length: > 0 } settings)
                found = (settings, passwords.Unprotect(settings.Password));
        });
        return found;
    }
}
