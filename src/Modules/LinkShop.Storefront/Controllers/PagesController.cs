using LinkShop.Storefront.Services;
using LinkShop.Storefront.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Storefront.Controllers;

/// <summary>Where a shop's people write its pages and order its menu.</summary>
[Admin("Pages/{action}/{id?}", "Pages{action}")]
public sealed class PagesController(IServiceProvider services, IAuthorizationService authorization, INotifier notifier, IHtmlLocalizer<PagesController> H) : Controller
{
    private PageEditor Pages => services.GetRequiredService<PageEditor>();

    private MenuEditor Menus => services.GetRequiredService<MenuEditor>();

    /// <summary>All pages, and the menu.</summary>
    [HttpGet]
    public async Task<IActionResult> Index() => await MayAsync() ? View(await Menus.ShowAsync()) : Forbid();

    /// <summary>The form of a page.</summary>
    [HttpGet]
    public async Task<IActionResult> Edit(string? id)
    {
        if (!await MayAsync())
            return Forbid();
        var form = id is null ? new PageForm { InFooter = true, Position = 10 } : await Pages.FindAsync(id);
        return form is null ? NotFound() : View(form);
    }

    /// <summary>Stores and publishes it.</summary>
    [HttpPost, ActionName("Edit"), ValidateAntiForgeryToken]
    public async Task<IActionResult> EditPost(string? id, PageForm form)
    {
        if (!await MayAsync())
            return Forbid();
        form.Id = string.IsNullOrEmpty(id) ? null : id;
        if (await Pages.SaveAsync(form, ModelState))
        {
            await notifier.SuccessAsync(H["The page was published."]);
            return RedirectToAction(nameof(Index));
        }

        if (ModelState.IsValid)
            return NotFound();
        Response.StatusCode = 422;
        return View("Edit", form);
    }

    /// <summary>Deletes a page.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Delete(string? id)
    {
        if (!await MayAsync())
            return Forbid();
        if (id is null || !await Pages.DeleteAsync(id))
            return NotFound();
        await notifier.SuccessAsync(H["The page was deleted."]);
        return RedirectToAction(nameof(Index));
    }

    /// <summary>Stores the menu.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Menu(List<MenuRow>? rows)
    {
        if (!await MayAsync())
            return Forbid();
        if (await Menus.SaveAsync(rows ?? []) is { } wrong)
        {
            ModelState.AddModelError("", wrong);
            Response.StatusCode = 422;
            return View("Index", await Menus.ShowAsync(rows));
        }

        await notifier.SuccessAsync(H["The menu was saved. Your visitors see it now."]);
        return RedirectToAction(nameof(Index));
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManagePages);
}
