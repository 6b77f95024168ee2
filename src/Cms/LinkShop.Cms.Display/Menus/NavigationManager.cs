using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using OrchardCore.DisplayManagement.Zones;
using OrchardCore.Navigation;
using OrchardCore.Security;

namespace LinkShop.Cms.Display.Menus;

internal sealed class NavigationManager(IEnumerable<INavigationProvider> providers, IAuthorizationService authorization, IUrlHelperFactory urls) : INavigationManager
{
    public async Task<IEnumerable<MenuItem>> BuildMenuAsync(string name, ActionContext context)
    {
        var builder = new NavigationBuilder();
        foreach (var provider in providers)
            await provider.BuildNavigationAsync(name, builder);

        var items = Merge(builder.Build());
        items = await AllowedAsync(items, context);
        SetAddresses(items, urls.GetUrlHelper(context));
        return Arrange(items);
    }

    // Modules add to each other's entries by giving the same text.
    private static List<MenuItem> Merge(IEnumerable<MenuItem> items)
    {
        var merged = new List<MenuItem>();
        foreach (var item in items)
        {
            var existing = merged.Find(other => string.Equals(other.Text.Name, item.Text.Name, StringComparison.OrdinalIgnoreCase));
            if (existing is null)
            {
                merged.Add(item);
                continue;
            }

            existing.Items.AddRange(item.Items);
            if (item.Priority > existing.Priority || (existing.RouteValues is null && existing.Url is null))
            {
                existing.RouteValues = item.RouteValues ?? existing.RouteValues;
                existing.Url = item.Url ?? existing.Url;
                existing.Permissions = item.Permissions.Count > 0 ? item.Permissions : existing.Permissions;
            }

            existing.Position ??= item.Position;
            existing.Id ??= item.Id;
            existing.Classes = [.. existing.Classes.Union(item.Classes)];
        }

        foreach (var item in merged)
            item.Items = Merge(item.Items);

        return merged;
    }

    private async Task<List<MenuItem>> AllowedAsync(List<MenuItem> items, ActionContext context)
    {
        var allowed = new List<MenuItem>();
        foreach (var item in items)
        {
            var isLink = item.RouteValues is not null || item.Url is not null;
            var hadChildren = item.Items.Count > 0;
            item.Items = await AllowedAsync(item.Items, context);
            // A heading whose entries are all hidden is hidden too.
            if (!isLink && hadChildren && item.Items.Count == 0)
                continue;

            if (await IsAllowedAsync(item, context))
                allowed.Add(item);
        }

        return allowed;
    }

    private async Task<bool> IsAllowedAsync(MenuItem item, ActionContext context)
    {
        if (item.Permissions.Count == 0)
            return true;

        foreach (var permission in item.Permissions)
        {
            if (await authorization.AuthorizeAsync(context.HttpContext.User, permission, item.Resource))
                return true;
        }

        return false;
    }

    private static void SetAddresses(List<MenuItem> items, IUrlHelper url)
    {
        foreach (var item in items)
        {
            SetAddresses(item.Items, url);
            item.Href = item.RouteValues is not null ? url.RouteUrl(new UrlRouteContext { Values = item.RouteValues }) : item.Url is { } address ? url.Content(address) : null;
            if (item.LinkToFirstChild && item.Href is null)
                item.Href = item.Items.Find(child => child.Href is not null)?.Href;
        }
    }

    private static List<MenuItem> Arrange(List<MenuItem> items)
    {
        foreach (var item in items)
            item.Items = Arrange(item.Items);

        // An entry without a place goes behind those that have one.
        return [.. items
            .OrderBy(item => item.Position ?? "after", Comparer<string>.Create(FlatPositionComparer.Instance.Compare))
            .ThenBy(item => item.Text.Value, StringComparer.CurrentCulture)];
    }
}
