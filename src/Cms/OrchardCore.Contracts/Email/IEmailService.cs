using Microsoft.Extensions.Localization;
using OrchardCore.Security.Permissions;

namespace OrchardCore.Email;

/// <summary>Sends mail with the tenant's settings.</summary>
public interface IEmailService
{
    /// <summary>Sends <paramref name="message"/>; a failure is told in the result, not thrown.</summary>
    Task<EmailResult> SendAsync(MailMessage message, string? name = null);
}

/// <summary>A mail to send.</summary>
public class MailMessage
{
    /// <summary>The author's address; the settings' default sender when null.</summary>
    public string? From { get; set; }

    /// <summary>The recipients' addresses, separated by commas.</summary>
    public string? To { get; set; }

    /// <summary>The addresses of who gets a copy.</summary>
    public string? Cc { get; set; }

    /// <summary>The addresses of who gets a blind copy.</summary>
    public string? Bcc { get; set; }

    /// <summary>Where answers go.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>The subject line.</summary>
    public string? Subject { get; set; }

    /// <summary>The body as HTML.</summary>
    public string? HtmlBody { get; set; }

    /// <summary>The body as plain text.</summary>
    public string? TextBody { get; set; }
}

/// <summary>How sending a mail ended.</summary>
public class EmailResult
{
    /// <summary>The mail was handed over.</summary>
    public static readonly EmailResult SuccessResult = new() { Succeeded = true };

    /// <summary>Whether the mail was handed over.</summary>
    public bool Succeeded { get; private set; }

    /// <summary>The server's answer, if any.</summary>
    public string? Response { get; private set; }

    /// <summary>What went wrong, by field; the empty key is about the whole.</summary>
    public IReadOnlyDictionary<string, LocalizedString[]> Errors { get; private set; } = new Dictionary<string, LocalizedString[]>();

    /// <summary>A failure with its errors.</summary>
    public static EmailResult FailedResult(params LocalizedString[] errors) => FailedResult("", errors);

    /// <summary>A failure because of one field.</summary>
    public static EmailResult FailedResult(string propertyName, params LocalizedString[] errors)
        => new() { Errors = new Dictionary<string, LocalizedString[]> { [propertyName] = errors } };

    /// <summary>A success with the server's answer.</summary>
    public static EmailResult GetSuccessResult(string response) => new() { Succeeded = true, Response = response };
}

/// <summary>Permissions on mail.</summary>
public static class EmailPermissions
{
    /// <summary>May change the mail settings.</summary>
    public static readonly Permission ManageEmailSettings = new("ManageEmailSettings", "Manage Email Settings");
}
