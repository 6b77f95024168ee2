using LinkShop.Catalogue;
using LinkShop.Storefront.Models;
using LinkShop.Storefront.ViewModels;
using Microsoft.Extensions.Localization;
using OrchardCore.Entities;
using OrchardCore.Settings;

namespace LinkShop.Storefront.Services;

/// <summary>Reads and stores the menu.</summary>
internal sealed class MenuEditor(ISiteService sites, IShopWindow shop, PageEditor pages, IStringLocalizer<MenuEditor> S)
{
    private const string Link = "link";
    private const int MaxText = 30;
    private const int Free = 3;

    /// <summary>The screen: pages, the menu with rows to fill in, and what it can lead to.</summary>
    public async Task<PagesPage> ShowAsync(IReadOnlyList<MenuRow>? typed = null)
    {
        var list = await pages.ListAsync();
        var categories = await shop.CategoriesAsync();
        var entries = (await sites.GetSiteSettingsAsync()).As<StorefrontMenu>().Entries;
        var isDefault = entries.Count == 0;
        // what is shown without a menu is what one begins with
        if (isDefault)
            entries = [.. categories.Take(StorefrontMenu.Most).Select(c => new MenuEntry { ContentItemId = c.Id })];
        var rows = typed ?? [.. entries.Select((e, i) => new MenuRow { Target = e.ContentItemId ?? Link, Url = e.Url, TextZh = e.TextZh, TextEn = e.TextEn, Position = i + 1 })];
        var free = Enumerable.Range(rows.Count + 1, Math.Max(0, Math.Min(Free, StorefrontMenu.Most - rows.Count))).Select(n => new MenuRow { Position = n });
        return new PagesPage(list, [.. rows, .. typed is null ? free : []], [.. list.Where(p => p.Published).Select(p => new MenuTarget(p.Id, p.Title))], [.. categories.Select(c => new MenuTarget(c.Id, c.Title))], isDefault);
    }

    /// <summary>Stores the menu; gives what is wrong, or null. Nothing but empty rows: the categories are shown again.</summary>
    public async Task<string?> SaveAsync(IReadOnlyList<MenuRow> rows)
    {
        var known = (await pages.ListAsync()).Select(p => p.Id).Concat((await shop.CategoriesAsync()).Select(c => c.Id)).ToHashSet(StringComparer.Ordinal);
        var entries = new List<MenuEntry>();
        foreach (var row in rows.Where(r => !string.IsNullOrEmpty(r.Target)).OrderBy(r => r.Position))
        {
            var entry = new MenuEntry { TextZh = Trimmed(row.TextZh), TextEn = Trimmed(row.TextEn) };
            if (entry.TextZh?.Length > MaxText || entry.TextEn?.Length > MaxText)
                return S["A menu entry has at most {0} characters.", MaxText];
            if (row.Target != Link)
                entry.ContentItemId = row.Target;
            else if (entry.TextZh is null && entry.TextEn is null)
                return S["Please name the link to {0}.", row.Url ?? "–"];
            else if (SafeUrl(row.Url) is { } url)
                entry.Url = url;
            else
                return S["A link to elsewhere begins with https://, like https://www.example.com/."];
            // a page that was deleted meanwhile drops out
            if (entry.ContentItemId is null || known.Contains(entry.ContentItemId))
                entries.Add(entry);
        }

        if (entries.Count > StorefrontMenu.Most)
            return S["The menu has at most {0} entries.", StorefrontMenu.Most];
        var site = await sites.LoadSiteSettingsAsync();
        site.Put(new StorefrontMenu { Entries = entries });
        await sites.UpdateSiteSettingsAsync(site);
        return null;
    }

    /// <summary>An address that buyers can be sent to: https, a host with a dot, no account in it.</summary>
    internal static string? SafeUrl(string? typed) =>
        Uri.TryCreate(typed?.Trim(), UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0 && uri.HostNameType == UriHostNameType.Dns && uri.Host.Contains('.', StringComparison.Ordinal)
        && uri.AbsoluteUri.Length <= 500 ? uri.AbsoluteUri : null;

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
