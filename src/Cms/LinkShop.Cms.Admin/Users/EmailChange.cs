using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using OrchardCore.Email;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace LinkShop.Cms.Admin.Users;

/// <summary>
/// Another e-mail address for an account. Nothing changes before somebody who reads the new mailbox follows the link there; the old one is told when it is asked for and when it is done.
/// Whether the new address is somebody's already, only its own mailbox learns.
/// </summary>
internal sealed partial class EmailChange(
    UserManager<IUser> users, MailLimiter limiter, IEmailService mail, ISiteService sites, ShellSettings shell, SiteRoot root, IStringLocalizer<EmailChange> S, ILogger<EmailChange> logger)
{
    /// <summary>Mails the link to the new address, and tells the old one.</summary>
    public async Task AskAsync(User user, string address)
    {
        // by account and by address: neither one account nor many fill somebody's mailbox
        if (!limiter.TryMail(shell, "change " + user.UserId) || !limiter.TryMail(shell, "change to " + users.NormalizeEmail(address)))
            return;
        var site = await sites.GetSiteSettingsAsync();
        if (await IsTakenAsync(user, address))
        {
            await SendAsync(address, S["{0}: this address has an account already", site.SiteName],
                S["Somebody, probably you, asked to move another account at {0} to this address. It has an account of its own there already, so nothing was changed.", site.SiteName] + "\n\n"
                + S["If it was you, sign in with this address, or choose another one for the other account."] + "\n");
        }
        else
        {
            var code = MailedTokens.Encode(await users.GenerateChangeEmailTokenAsync(user, address));
            var link = $"{root.Of(site)}/ChangeEmail/Confirm?account={Uri.EscapeDataString(user.UserId)}&email={Uri.EscapeDataString(address)}&code={code}";
            await SendAsync(address, S["Confirm your new e-mail address for {0}", site.SiteName],
                S["Somebody, probably you, wants to use this address for the account {0} at {1}.", user.UserName, site.SiteName] + "\n\n"
                + S["Confirm it here. The link works once, and for an hour:"] + $"\n{link}\n\n" + S["If it wasn't you, there is nothing to do: nothing changes."] + "\n");
        }

        if (!string.IsNullOrEmpty(user.Email))
        {
            await SendAsync(user.Email, S["{0}: another e-mail address was asked for", site.SiteName],
                S["Somebody, probably you, asked for another e-mail address of the account {0} at {1}. It changes when the mail to the new address is confirmed.", user.UserName, site.SiteName] + "\n\n"
                + S["If it wasn't you, somebody knows your password. Change it now, and the mail to the new address is void:"] + $"\n{root.Of(site)}/ChangePassword\n");
        }
    }

    /// <summary>Does it by what a mailed link says, and tells the old address.</summary>
    /// <returns>The account as it is now; null when the link isn't good, or the address has become somebody else's meanwhile.</returns>
    public async Task<User?> ConfirmAsync(string? account, string? address, string? code)
    {
        if (string.IsNullOrEmpty(address) || MailedTokens.Decode(code) is not { Length: > 0 } token
            || await users.FindByIdAsync(account ?? "") is not User { IsEnabled: true, PasswordHash: not null } user
            || !await users.VerifyUserTokenAsync(user, users.Options.Tokens.ChangeEmailTokenProvider, UserManager<IUser>.GetChangeEmailTokenPurpose(address), token)
            || await IsTakenAsync(user, address))
            return null;
        var old = user.Email;
        // whose name is their address signs in with the new one
        if (string.Equals(user.UserName, old, StringComparison.OrdinalIgnoreCase))
            user.UserName = address;
        // gives the account a new stamp: the link, and every other session, are used up
        if (!(await users.ChangeEmailAsync(user, address, token)).Succeeded)
            return null;
        if (!string.IsNullOrEmpty(old))
        {
            var site = await sites.GetSiteSettingsAsync();
            await SendAsync(old, S["{0}: your e-mail address was changed", site.SiteName],
                S["The account {0} at {1} has another e-mail address now. Mails don't come here any more.", user.UserName, site.SiteName] + "\n\n"
                + S["If it wasn't you, tell the shop at once:"] + $"\n{root.Of(site)}/\n");
        }

        return user;
    }

    private async Task<bool> IsTakenAsync(User user, string address) =>
        (await users.FindByEmailAsync(address) ?? await users.FindByNameAsync(address)) is User other && other.UserId != user.UserId;

    private async Task SendAsync(string to, string subject, string text)
    {
        var result = await mail.SendAsync(new MailMessage { To = to, Subject = subject, TextBody = text });
        if (!result.Succeeded)
            LogNotSent(string.Join(' ', result.Errors.SelectMany(e => e.Value).Select(e => e.Value)));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail about another e-mail address of an account wasn't sent: {Problem}")]
    private partial void LogNotSent(string problem);
}
