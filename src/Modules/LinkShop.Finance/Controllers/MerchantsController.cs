using LinkShop.Commerce;
using LinkShop.Commerce.Settlement;
using LinkShop.Finance.Services;
using LinkShop.Finance.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Finance.Controllers;

/// <summary>Who earns by goods in this shop, and what fee rules may ask about them.</summary>
[Admin("Merchants/{action}", "Merchants{action}")]
public sealed class MerchantsController(
    IMerchants merchants, FinanceMessages messages, FinanceAccess access, TenantScope scope, INotifier notifier, IHtmlLocalizer<MerchantsController> H) : Controller
{
    private const int PageSize = 50;

    /// <summary>All of them.</summary>
    public async Task<IActionResult> Index(string? after)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var page = await merchants.ListAsync(scope, after, PageSize + 1, HttpContext.RequestAborted);
        var shown = page.Take(PageSize).ToList();
        return View(new MerchantsViewModel(shown, await access.NamesAsync(shown.Select(m => m.Owner)), page.Count > PageSize ? shown[^1].Owner : null));
    }

    /// <summary>One of them, or the form for a new one.</summary>
    public async Task<IActionResult> Edit(string? owner)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        if (owner is null)
        {
            return View(new MerchantForm());
        }

        return await merchants.FindAsync(scope, owner, HttpContext.RequestAborted) is { } found
            ? View(new MerchantForm { User = owner.Length == 0 ? "" : await access.NameAsync(owner), Name = found.Name, Tier = found.Tier, ShopPlan = found.ShopPlan, Known = true })
            : NotFound();
    }

    /// <summary>Stores one.</summary>
    [HttpPost, ActionName("Edit"), ValidateAntiForgeryToken]
    public async Task<IActionResult> EditPost(MerchantForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        if (await access.IdAsync(form.User) is not { } owner)
        {
            ModelState.AddModelError(nameof(form.User), H["There is no user of this name. A merchant signs in with an account of this shop."].Value);
            return Refused(form);
        }

        var saved = await merchants.SaveAsync(scope, new Merchant(owner, form.Name ?? "", form.Tier, form.ShopPlan, default), FinanceAccess.Actor(User), HttpContext.RequestAborted);
        if (saved.Error is { } error)
        {
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
            return Refused(form);
        }

        await notifier.SuccessAsync(H["Saved. It counts for payments from now on."]);
        return RedirectToAction(nameof(Index));
    }

    private ViewResult Refused(MerchantForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Edit", form);
    }

    private Task<bool> MayAsync() => access.MayAsync(User, Permissions.ManageMerchants);
}
