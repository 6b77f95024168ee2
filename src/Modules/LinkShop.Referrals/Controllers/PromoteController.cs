using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using LinkShop.Referrals.Services;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Referrals.Controllers;

/// <summary>Becoming a promoter, and a promoter's desk.</summary>
[Authorize]
[Route("account/promote")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PromoteController(
    PromoterPages pages, IPromoters promoters, IReferralReview review, ReferralMessages messages, RequestLimits limits, TenantScope scope, INotifier notifier, IHtmlLocalizer<PromoteController> H) : Controller
{
    private string UserId => OrderGate.UserId(HttpContext)!;

    private CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>The desk; the way in for who is no promoter.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(int days = 30)
    {
        if (await pages.DeskAsync(UserId, Math.Clamp(days, 7, 90), Gone) is not { } desk)
            return await Join();
        await pages.RecogniseAsync(UserId, HttpContext);
        return View("Desk", desk);
    }

    /// <summary>The way in, also for who has left.</summary>
    [HttpGet("join")]
    public async Task<IActionResult> Join(string? product = null) =>
        await pages.JoinAsync(new JoinForm { Name = User.Identity?.Name, Listed = true, Product = product }, UserId, HttpContext) is { } join ? View("Join", join)
        : View("Closed");

    /// <summary>What promoters agree to.</summary>
    [HttpGet("terms"), AllowAnonymous]
    public async Task<IActionResult> Terms() => View("Terms", await pages.TermsAsync(Gone));

    /// <summary>Becomes a promoter: free, for adults who agreed to the terms.</summary>
    [HttpPost("join"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Join(JoinForm form)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        if (!form.Terms)
            ModelState.AddModelError("Terms", messages.TermsNeeded);
        var joined = form.Terms ? await promoters.JoinAsync(scope, await pages.WishAsync(form, UserId, HttpContext), Gone) : default(CommerceResult<Promoter>?);
        if (joined is { Succeeded: true })
        {
            await notifier.SuccessAsync(H["Welcome. Make your first link: choose what you would recommend to a friend."]);
            return RedirectToAction(nameof(PromoteLinksController.Index), "PromoteLinks", new { product = form.Product });
        }

        foreach (var error in joined?.Errors ?? [])
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await pages.JoinAsync(form, UserId, HttpContext) is { } page ? View("Join", page) : View("Closed");
    }

    /// <summary>The shown name, and whether it is on the leaderboard.</summary>
    [HttpPost("settings"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Settings(string? name, bool listed)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        return await TellAsync(await promoters.ChangeAsync(scope, UserId, name?.Trim() ?? "", listed, Gone), H["Saved."]);
    }

    /// <summary>Promotes no more. What was earned stays.</summary>
    [HttpPost("leave"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Leave()
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        return await TellAsync(await promoters.LeaveAsync(scope, UserId, Gone), H["You are no promoter any more. What you have earned stays yours."]);
    }

    /// <summary>Asks for another look at a decision.</summary>
    [HttpPost("appeal"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Appeal(string? id, string? text)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        return await TellAsync(await review.AppealAsync(scope, id ?? "", UserId, text ?? "", Gone), H["Somebody who didn't decide before looks at it again. You read the answer here."]);
    }

    private async Task<IActionResult> TellAsync<T>(CommerceResult<T> result, LocalizedHtmlString done)
    {
        await (result.Succeeded ? notifier.SuccessAsync(done) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction(nameof(Index));
    }
}
