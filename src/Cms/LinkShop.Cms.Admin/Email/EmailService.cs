using System.Net;
using System.Net.Mail;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using OrchardCore.Email;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;
using Mail = OrchardCore.Email.MailMessage;
using NetMail = System.Net.Mail.MailMessage;

namespace LinkShop.Cms.Admin.Email;

/// <summary>Sends through the tenant's SMTP server; without one, mails are kept as files in the tenant's outbox.</summary>
internal sealed class EmailService(
    ISiteService siteService, SmtpPasswords passwords, TenantFolders folders, ShellSettings tenant, ILogger<EmailService> logger, IStringLocalizer<EmailService> S) : IEmailService
{
    public const string NobodysAddress = "noreply@localhost";

    public async Task<EmailResult> SendAsync(Mail message, string? name = null)
    {
        var site = await siteService.GetSiteSettingsAsync();
        var settings = site.As<SmtpSettings>();
        try
        {
            using var mail = Build(message, settings, site.SiteName);
            if (mail.To.Count + mail.CC.Count + mail.Bcc.Count == 0) return EmailResult.FailedResult(nameof(Mail.To), S["The mail has no recipient."]);
            using var client = ClientFor(settings);
            await client.SendMailAsync(mail);
            return EmailResult.SuccessResult;
        }
        catch (FormatException)
        {
            return EmailResult.FailedResult(nameof(Mail.To), S["One of the mail addresses is not valid."]);
        }
        catch (Exception exception) when (exception is SmtpException or IOException or CryptographicException or UnauthorizedAccessException)
        {
            // Neither recipients nor text: a mail may carry what was bought.
            logger.LogWarning(exception, "A mail of tenant {Tenant} could not be sent through {Host}.", tenant.Name, settings.Host);
            return EmailResult.FailedResult(S["The mail could not be sent: {0}", exception.Message]);
        }
    }

    private static NetMail Build(Mail message, SmtpSettings settings, string siteName)
    {
        var from = message.From ?? settings.DefaultSender;
        var mail = new NetMail
        {
            From = string.IsNullOrWhiteSpace(from) ? new MailAddress(NobodysAddress, siteName) : new MailAddress(from),
            // A line break would let a subject add headers.
            Subject = message.Subject?.ReplaceLineEndings(" ") ?? "",
            BodyEncoding = System.Text.Encoding.UTF8,
            SubjectEncoding = System.Text.Encoding.UTF8,
        };
        Add(mail.To, message.To);
        Add(mail.CC, message.Cc);
        Add(mail.Bcc, message.Bcc);
        Add(mail.ReplyToList, message.ReplyTo);
        if (message.TextBody is null && message.HtmlBody is not null)
        {
            (mail.Body, mail.IsBodyHtml) = (message.HtmlBody, true);
            return mail;
        }

        mail.Body = message.TextBody ?? "";
        if (message.HtmlBody is not null) mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(message.HtmlBody, System.Text.Encoding.UTF8, "text/html"));
        return mail;
    }

    private static void Add(MailAddressCollection to, string? addresses)
    {
        foreach (var address in (addresses ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) to.Add(new MailAddress(address));
    }

    private SmtpClient ClientFor(SmtpSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.Host))
        {
            var folder = Directory.CreateDirectory(folders.Outbox);
            if (!OperatingSystem.IsWindows()) folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            return new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = folder.FullName };
        }

        var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.EncryptionMethod != SmtpEncryptionMethod.None, Timeout = 15_000 };
        if (settings.RequireCredentials) client.Credentials = new NetworkCredential(settings.UserName, passwords.Unprotect(settings.Password));
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
