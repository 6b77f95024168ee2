using LinkShop.Cms.Content.Caching;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Settings;

internal sealed class SiteService(TenantDocuments<SiteSettings> documents) : ISiteService
{
    public async Task<ISite> LoadSiteSettingsAsync()
    {
        var site = await documents.LoadAsync();
        site.ReadRoute();
        return site;
    }

    public async Task<ISite> GetSiteSettingsAsync() => await documents.GetAsync();

    public Task UpdateSiteSettingsAsync(ISite site)
        => documents.SaveAsync(site as SiteSettings ?? throw new ArgumentException("Only settings that were loaded can be saved.", nameof(site)));
}
