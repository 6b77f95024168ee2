using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Storefront.Models;
using LinkShop.Storefront.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Environment.Cache;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;
using YesSql;

namespace LinkShop.Storefront.Services;

/// <summary>The links of header and footer: information pages and the menu.</summary>
internal sealed class FrameLinks(IShopWindow shop, IMemoryCache cache, ISignal signal, ShellSettings shell, YesSql.ISession session, ISiteService sites)
{
    /// <summary>The signal that a page was published or withdrawn.</summary>
    public const string PagesChanged = "LinkShop.Pages";

    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(10);

    /// <summary>All published pages in order, in the reader's language.</summary>
    public async Task<IReadOnlyList<PageLink>> PagesAsync(HttpContext context)
    {
        var culture = CultureInfo.CurrentUICulture.Name;
        // containers are shared between tenants, so the key names the tenant; a shop has several addresses
        return (await cache.GetOrCreateAsync<IReadOnlyList<PageLink>>((shell.Name, "pages", context.Request.PathBase.Value, culture), async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = s_age;
            entry.AddExpirationToken(signal.GetToken(PagesChanged));
            var items = await session.Query<ContentItem, ContentItemIndex>(index => index.ContentType == "Page" && index.Published).ListAsync();
            return [.. items.Select(item => (item, part: item.As<PageTextsPart>() ?? new PageTextsPart())).OrderBy(pair => pair.part.Position)
                .Select(pair => new PageLink(
                    $"{context.Request.PathBase}/{pair.item.As<AutoroutePart>()?.Path}",
                    Cultures.FirstOf(Cultures.Pick(pair.part.Translations, culture)?.Title, pair.item.DisplayText), pair.item.ContentItemId, pair.part.InFooter))];
        }))!;
    }

    /// <summary>The menu's entries that lead somewhere; all categories when there is no menu.</summary>
    public async Task<IReadOnlyList<MenuLink>> MenuAsync(HttpContext context)
    {
        var categories = await shop.CategoriesAsync();
        var entries = (await sites.GetSiteSettingsAsync()).As<StorefrontMenu>().Entries;
        if (entries.Count == 0)
            return [.. categories.Select(c => new MenuLink(c.Url, c.Title, External: false))];
        var own = categories.Select(c => new PageLink(c.Url, c.Title, c.Id, InFooter: false)).Concat(await PagesAsync(context)).ToDictionary(p => p.ContentItemId, StringComparer.Ordinal);
        var chinese = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
        var links = new List<MenuLink>();
        foreach (var entry in entries)
        {
            var text = chinese ? Cultures.FirstOf(entry.TextZh, entry.TextEn) : Cultures.FirstOf(entry.TextEn, entry.TextZh);
            // a page's own name is in the reader's language, one that somebody typed perhaps isn't
            if (entry.ContentItemId is not { } id)
                links.Add(new MenuLink(entry.Url!, text, External: true));
            else if (own.TryGetValue(id, out var page))
                links.Add(new MenuLink(page.Url, Cultures.FirstOf(chinese ? entry.TextZh : entry.TextEn, page.Title), External: false));
        }

        return links;
    }
}
