using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using OrchardCore.Email;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace LinkShop.Cms.Admin.Users;

/// <summary>Mails the link by which somebody chooses a new password, in the language in which they asked.</summary>
internal sealed partial class PasswordMail(
    UserManager<IUser> users, MailLimiter limiter, IEmailService mail, ISiteService sites, ShellSettings shell, SiteRoot root, IStringLocalizer<PasswordMail> S, ILogger<PasswordMail> logger)
{
    /// <summary>Sends it to the account's address. Accounts without a password come in another way and get none.</summary>
    public async Task SendAsync(User user)
    {
        if (!user.IsEnabled || user.PasswordHash is null || string.IsNullOrEmpty(user.Email) || !limiter.TryMail(shell, user.UserId))
            return;
        var site = await sites.GetSiteSettingsAsync();
        var code = MailedTokens.Encode(await users.GeneratePasswordResetTokenAsync(user));
        var link = $"{root.Of(site)}/ResetPassword?account={Uri.EscapeDataString(user.UserId)}&code={code}";
        var result = await mail.SendAsync(new MailMessage
        {
            To = user.Email,
            Subject = S["Choose a new password for {0}", site.SiteName],
            TextBody = S["Somebody, probably you, asked for a new password of the account {0} at {1}.", user.UserName, site.SiteName] + "\n\n"
                + S["Choose it here. The link works once, and for an hour:"] + $"\n{link}\n\n" + S["If it wasn't you, there is nothing to do: the password stays as it is."] + "\n",
        });
        if (!result.Succeeded)
            LogNotSent(user.UserId, string.Join(' ', result.Errors.SelectMany(e => e.Value).Select(e => e.Value)));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail for a new password of {Account} wasn't sent: {Problem}")]
    private partial void LogNotSent(string account, string problem);
}
