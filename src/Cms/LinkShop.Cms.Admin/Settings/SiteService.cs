using System.Text.Json;
using LinkShop.Cms.Admin.Documents;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Settings;

internal sealed class SiteService(TenantDocuments<SiteSettings> documents) : ISiteService
{
    public async Task<ISite> LoadSiteSettingsAsync() => Normalize(await documents.LoadAsync());

    public async Task<ISite> GetSiteSettingsAsync()
    {
        var site = await documents.GetAsync();
        return site.IsShared ? site : Normalize(site);
    }

    public Task UpdateSiteSettingsAsync(ISite site)
        => documents.UpdateAsync(site as SiteSettings ?? throw new ArgumentException("Only settings that were loaded can be saved.", nameof(site)));

    /// <summary>Route values come back from storage as JSON elements, which routing doesn't understand.</summary>
    private static SiteSettings Normalize(SiteSettings site)
    {
        foreach (var (key, value) in site.HomeRoute.ToArray())
            if (value is JsonElement element) site.HomeRoute[key] = element.ValueKind == JsonValueKind.Null ? null : element.ToString();
        return site;
    }
}
