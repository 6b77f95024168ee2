using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Navigation;
using OrchardCore.Security.Permissions;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Controllers;

/// <summary>What the screens have in common: permission checks and paging.</summary>
[AutoValidateAntiforgeryToken]
public abstract class AdminControllerBase : Controller
{
    protected Task<bool> IsAllowedAsync(Permission permission, object? resource = null)
        => HttpContext.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(User, permission, resource);

    protected async Task<Pager> PagerAsync(PagerParameters parameters)
    {
        var site = await HttpContext.RequestServices.GetRequiredService<ISiteService>().GetSiteSettingsAsync();
        var pager = new Pager(parameters, site.PageSize);
        pager.PageSize = Math.Min(pager.PageSize, site.MaxPageSize);
        return pager;
    }

    protected static PagerViewModel Describe(Pager pager, int total) => new(pager.Page, pager.PageSize, total);

    /// <summary>Pages through what is in memory anyway.</summary>
    protected static (IReadOnlyList<T> Page, PagerViewModel Pager) Cut<T>(IReadOnlyCollection<T> all, Pager pager)
        => ([.. all.Skip(pager.GetStartIndex()).Take(pager.PageSize)], Describe(pager, all.Count));
}
