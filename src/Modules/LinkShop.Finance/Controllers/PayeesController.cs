using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;
using LinkShop.Finance.Services;
using LinkShop.Finance.ViewModels;
using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Finance.Controllers;

/// <summary>Who can be paid, and where to.</summary>
[Admin("Payees/{action}", "Payees{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PayeesController(
    IPayees payees, IEnumerable<IPayoutProvider> providers, FinanceMessages messages, FinanceAccess access, TenantScope scope, INotifier notifier, IHtmlLocalizer<PayeesController> H) : Controller
{
    private const int PageSize = 50;

    /// <summary>All of them.</summary>
    public async Task<IActionResult> Index(bool unverified, string? after)
    {
        if (!await access.MayAsync(User, Permissions.ManagePayouts))
        {
            return Forbid();
        }

        var page = await payees.ListAsync(scope, unverified, after, PageSize + 1, HttpContext.RequestAborted);
        var shown = page.Take(PageSize).ToList();
        return View(new PayeesViewModel(shown, await access.NamesAsync(shown.Select(p => p.Owner)), unverified, page.Count > PageSize ? shown[^1].Owner : null));
    }

    /// <summary>One's own, or for staff anybody's.</summary>
    public async Task<IActionResult> Edit(string? owner)
    {
        if (await OwnerAsync(owner) is not { } whose)
        {
            return Forbid();
        }

        var stored = await payees.GetAsync(scope, whose, HttpContext.RequestAborted);
        return View(await ModelAsync(PayeeForm.Of(whose, stored), stored, whose));
    }

    /// <summary>Stores it.</summary>
    [HttpPost, ActionName("Edit"), ValidateAntiForgeryToken]
    public async Task<IActionResult> EditPost(PayeeForm form)
    {
        if (await OwnerAsync(form.Owner) is not { } whose)
        {
            return Forbid();
        }

        var saved = await payees.SaveAsync(scope, form.ProfileOf(whose), FinanceAccess.Actor(User), HttpContext.RequestAborted);
        if (saved.Succeeded)
        {
            await notifier.SuccessAsync(H["Saved. What is new has to be verified by somebody else before anything is paid out."]);
            return RedirectToAction(nameof(Edit), new { owner = whose });
        }

        foreach (var error in saved.Errors)
        {
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Edit", await ModelAsync(form, await payees.GetAsync(scope, whose, HttpContext.RequestAborted), whose));
    }

    /// <summary>Vouches for what was shown, and of who somebody is also that no sanctions list names them: no list ships with the software.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Verify(string? owner, long version, string? what, bool unsanctioned)
    {
        if (!await access.MayAsync(User, Permissions.ManagePayouts))
        {
            return Forbid();
        }

        if (what != "destination" && !unsanctioned)
        {
            await notifier.ErrorAsync(H["Not verified: look the payee up in the sanctions lists that hold for you first, and say that you did."]);
            return RedirectToAction(nameof(Edit), new { owner });
        }

        var (whose, actor) = (owner ?? "", FinanceAccess.Actor(User));
        var result = what == "destination"
            ? await payees.VerifyDestinationAsync(scope, whose, version, actor, HttpContext.RequestAborted)
            : await payees.VerifyIdentityAsync(scope, whose, version, actor, HttpContext.RequestAborted);
        await (result.Succeeded ? notifier.SuccessAsync(H["Verified."]) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction(nameof(Edit), new { owner = whose });
    }

    private Task<string?> OwnerAsync(string? wanted) => access.PayoutsAsync(User, wanted);

    private async Task<PayeeViewModel> ModelAsync(PayeeForm form, Payee? stored, string owner)
    {
        form.Owner = owner;
        return new PayeeViewModel(
            form, await access.NameAsync(owner), stored, await access.NamesAsync([stored?.IdentityVerifiedBy, stored?.DestinationVerifiedBy]),
            await PayoutWay.UsableAsync(providers, scope, HttpContext.RequestAborted), FinanceAccess.Actor(User),
            await access.MayAsync(User, Permissions.ManagePayouts));
    }
}
