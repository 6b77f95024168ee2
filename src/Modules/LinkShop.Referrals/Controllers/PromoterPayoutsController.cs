using LinkShop.Commerce;
using LinkShop.Http;
using LinkShop.Referrals.Services;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Referrals.Controllers;

/// <summary>A promoter says who they are, where to pay to, and has what is available paid out. Others verify and approve it, in the admin's payouts.</summary>
[Authorize]
[Route("account/promote/payouts")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PromoterPayoutsController(
    PromoterPayouts payouts, ReferralMessages messages, RequestLimits limits, TenantScope scope, INotifier notifier, IHtmlLocalizer<PromoterPayoutsController> H) : Controller
{
    private string UserId => OrderGate.UserId(HttpContext)!;

    /// <summary>The page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index() => View(await payouts.PageAsync(UserId, null, HttpContext.RequestAborted));

    /// <summary>Stores who they are and where to pay to.</summary>
    [HttpPost("payee"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Payee(PayeeForm form)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        var saved = await payouts.SaveAsync(UserId, User.Identity?.Name ?? "", form, HttpContext.RequestAborted);
        return saved.Succeeded ? await DoneAsync(H["Saved. What is new is verified before anything is paid out."]) : await RefusedAsync(form, saved.Errors);
    }

    /// <summary>Asks for a payout.</summary>
    [HttpPost("request"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Ask(string? once, string? amount, string? currency)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        var asked = await payouts.RequestAsync(UserId, once, amount, currency, HttpContext.RequestAborted);
        return asked.Succeeded ? await DoneAsync(H["The payout waits for approval. Its amount is set aside."]) : await RefusedAsync(null, asked.Errors);
    }

    /// <summary>Calls one off.</summary>
    [HttpPost("cancel"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Cancel(string? id)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        var cancelled = await payouts.CancelAsync(UserId, id, HttpContext.RequestAborted);
        return cancelled.Succeeded ? await DoneAsync(H["Called off. The money is available again."]) : await RefusedAsync(null, cancelled.Errors);
    }

    private async Task<IActionResult> DoneAsync(LocalizedHtmlString said)
    {
        await notifier.SuccessAsync(said);
        return RedirectToAction(nameof(Index));
    }

    private async Task<IActionResult> RefusedAsync(PayeeForm? form, IReadOnlyList<CommerceError> errors)
    {
        foreach (var error in errors)
            ModelState.AddModelError(error.Field ?? "", messages.OfPayout(error));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(nameof(Index), await payouts.PageAsync(UserId, form, HttpContext.RequestAborted));
    }
}
