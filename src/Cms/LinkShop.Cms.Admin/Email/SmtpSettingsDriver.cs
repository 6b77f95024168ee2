using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Entities;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Email;
using OrchardCore.Mvc.ModelBinding;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Email;

public class SmtpSettingsViewModel
{
    public string? DefaultSender { get; set; }

    public string? Host { get; set; }

    public int Port { get; set; }

    public bool UseStartTls { get; set; }

    public string? UserName { get; set; }

    public string? Password { get; set; }

    public bool HasPassword { get; set; }

    /// <summary>Whether the platform's server sends while there is none here.</summary>
    public bool ByPlatform { get; set; }
}

internal sealed class SmtpSettingsDriver(IHttpContextAccessor accessor, IAuthorizationService authorization, SmtpPasswords passwords, PlatformSmtp platform, IStringLocalizer<SmtpSettingsDriver> S)
    : SiteDisplayDriver<SmtpSettings>
{
    public const string GroupId = "email";

    protected override string SettingsGroupId => GroupId;

    public override async Task<IDisplayResult?> EditAsync(ISite model, SmtpSettings section, BuildEditorContext context)
    {
        if (!await IsAllowedAsync()) return null;
        var byPlatform = await platform.FindAsync() is not null;
        return Initialize<SmtpSettingsViewModel>("SmtpSettings_Edit", view =>
        {
            view.DefaultSender = section.DefaultSender;
            view.Host = section.Host;
            view.Port = section.Port;
            view.UseStartTls = section.EncryptionMethod != SmtpEncryptionMethod.None;
            view.UserName = section.UserName;
            view.ByPlatform = byPlatform;
            view.HasPassword = !string.IsNullOrEmpty(section.Password);
        }).Location("Content:1").OnGroup(GroupId);
    }

    public override async Task<IDisplayResult?> UpdateAsync(ISite model, SmtpSettings section, UpdateEditorContext context)
    {
        if (!await IsAllowedAsync()) return null;
        var view = new SmtpSettingsViewModel();
        await context.Updater.TryUpdateModelAsync(view, Prefix);
        var errors = context.Updater.ModelState;
        if (!string.IsNullOrWhiteSpace(view.DefaultSender) && !System.Net.Mail.MailAddress.TryCreate(view.DefaultSender, out _))
            errors.AddModelError(Prefix, nameof(view.DefaultSender), S["This is not an e-mail address."]);
        if (view.Port is < 1 or > 65535) errors.AddModelError(Prefix, nameof(view.Port), S["Enter a port from 1 to 65535."]);
        if (!string.IsNullOrWhiteSpace(view.Host) && string.IsNullOrWhiteSpace(view.DefaultSender))
            errors.AddModelError(Prefix, nameof(view.DefaultSender), S["Enter the sender's address: a mail server refuses mail without one."]);
        section.DefaultSender = view.DefaultSender?.Trim();
        section.Host = view.Host?.Trim();
        section.Port = view.Port;
        section.EncryptionMethod = view.UseStartTls ? SmtpEncryptionMethod.StartTls : SmtpEncryptionMethod.None;
        section.UserName = view.UserName?.Trim();
        section.RequireCredentials = !string.IsNullOrEmpty(section.UserName);
        // The password is never sent back to the browser, so an empty box means: as before.
        if (!string.IsNullOrEmpty(view.Password)) section.Password = passwords.Protect(view.Password);
        if (!section.RequireCredentials) section.Password = null;
        return await EditAsync(model, section, context);
    }

    private Task<bool> IsAllowedAsync() => authorization.AuthorizeAsync(accessor.HttpContext?.User, EmailPermissions.ManageEmailSettings);
}
