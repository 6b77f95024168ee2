using System.Security.Cryptography;
using OrchardCore.Abstractions.Setup;
using OrchardCore.Settings;
using OrchardCore.Setup.Events;
using OrchardCore.Setup.Services;

namespace LinkShop.Cms.Admin.Settings;

/// <summary>Writes what the person who sets a site up has chosen into its settings.</summary>
internal sealed class SettingsSetupHandler(ISiteService siteService) : ISetupEventHandler
{
    public async Task SetupAsync(SetupContext context)
    {
        var site = await siteService.LoadSiteSettingsAsync();
        site.SiteSalt ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (context.Properties.TryGetValue(SetupConstants.SiteName, out var name) && name?.ToString() is { Length: > 0 } siteName)
            site.SiteName = siteName;
        if (context.Properties.TryGetValue(SetupConstants.AdminUserId, out var id)) site.SuperUser = id?.ToString();
        if (context.Properties.TryGetValue(SetupConstants.SiteTimeZone, out var zone) && zone?.ToString() is { Length: > 0 } timeZone)
            site.TimeZoneId = timeZone;
        await siteService.UpdateSiteSettingsAsync(site);
    }

    public Task FailedAsync(SetupContext context) => Task.CompletedTask;

    public Task SucceededAsync() => Task.CompletedTask;
}
