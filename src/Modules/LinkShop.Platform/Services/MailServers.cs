using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Email;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Platform.Services;

/// <summary>Whether mails of this tenant reach anybody: by a mail server of its own, or by the platform's, which every tenant without one uses.</summary>
public sealed class MailServers(ISiteService sites, IShellHost host, ShellSettings shell)
{
    /// <summary>Whether there is one.</summary>
    public async Task<bool> AnyAsync()
    {
        if (Has(await sites.GetSiteSettingsAsync()))
            return true;
        if (shell.IsDefaultShell() || !host.TryGetSettings(ShellSettings.DefaultShellName, out var platform) || !platform.IsRunning())
            return false;
        var lent = false;
        await (await host.GetScopeAsync(platform)).UsingAsync(async scope => lent = Has(await scope.ServiceProvider.GetRequiredService<ISiteService>().GetSiteSettingsAsync()));
        return lent;
    }

    private static bool Has(ISite site) => !string.IsNullOrWhiteSpace(site.As<SmtpSettings>().Host);
}
