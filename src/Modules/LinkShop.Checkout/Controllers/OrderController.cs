using System.Globalization;
using System.Text;
using LinkShop.Checkout.Services;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Checkout.Controllers;

/// <summary>An order as its buyer sees it.</summary>
[Route("orders/{orderId:length(26)}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class OrderController(
    OrderGate gate, OrderPages pages, OrderCookie cookie, IOrdering ordering, IRefunds refunds, CommerceMessages messages, RequestLimits limits, TenantScope scope,
    INotifier notifier, IHtmlLocalizer<OrderController> H) : Controller
{
    /// <summary>Every look at an order counts as one, whichever page it is.</summary>
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        if (!limits.Allows(LimitedAction.Read, scope.Tenant, HttpContext))
        {
            context.Result = StatusCode(StatusCodes.Status429TooManyRequests);
        }
    }

    /// <summary>The result page. A link from a mail brings the token; it moves to the cookie, so that it isn't seen or handed on by the address.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Show(string orderId, string? token)
    {
        if (!string.IsNullOrEmpty(token))
        {
            var opened = await ordering.GetAsync(scope, orderId, OrderAccess.ByToken(token), HttpContext.RequestAborted);
            if (opened.Succeeded)
            {
                cookie.Remember(HttpContext, (orderId, token));
            }

            return RedirectToAction(nameof(Show), new { orderId });
        }

        return await gate.OpenAsync(HttpContext, orderId) is { } order ? View(await pages.BuildAsync(order)) : ToLookup();
    }

    /// <summary>For the page's script: a text that changes when the page would.</summary>
    [HttpGet("status")]
    public async Task<IActionResult> Status(string orderId)
    {
        return await gate.OpenAsync(HttpContext, orderId) is { } order ? Json(new { version = OrderPages.VersionOf(order) }) : NotFound();
    }

    /// <summary>What was delivered, as a text file.</summary>
    [HttpGet("download")]
    public async Task<IActionResult> Download(string orderId)
    {
        if (gate.AccessTo(HttpContext, orderId) is not { } access)
        {
            return ToLookup();
        }

        var text = await ordering.DownloadAsync(scope, orderId, access, HttpContext.RequestAborted);
        if (!text.Succeeded)
        {
            return RedirectToAction(nameof(Show), new { orderId });
        }

        // A byte order mark and CRLF: the editor that opens .txt files on Windows shows Chinese and lines right.
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(text.Value.ReplaceLineEndings("\r\n"))).ToArray();
        return File(bytes, "text/plain; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"order-{orderId}.txt"));
    }

    /// <summary>Calls an unpaid order off.</summary>
    [HttpPost("cancel")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Cancel(string orderId)
    {
        if (gate.AccessTo(HttpContext, orderId) is not { } access)
        {
            return ToLookup();
        }

        var cancelled = await ordering.CancelAsync(scope, orderId, access, HttpContext.RequestAborted);
        await (cancelled.Succeeded
            ? notifier.SuccessAsync(H["The order was cancelled. Nothing was charged."])
            : notifier.ErrorAsync(H["{0}", messages.Of(cancelled.Errors[0])]));
        return RedirectToAction(nameof(Show), new { orderId });
    }

    /// <summary>Where a browser comes back to after a form with mistakes: the form is on the order's page.</summary>
    [HttpGet("refund")]
    public IActionResult Refund(string orderId) => RedirectToAction(nameof(Show), new { orderId });

    /// <summary>Asks the shop for money back. Whether and how it goes back is the shop's to decide.</summary>
    [HttpPost("refund")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Refund(string orderId, RefundForm form)
    {
        // it makes somebody work, as an order does
        if (!limits.Allows(LimitedAction.Order, scope.Tenant, HttpContext))
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (await gate.OpenAsync(HttpContext, orderId) is not { } order)
        {
            return ToLookup();
        }

        var draft = form.Read(order);
        // where nobody stands above the shop, nobody else could decide
        if (form.ToPlatform && !(await pages.BuildAsync(order)).HasPlatform)
        {
            return BadRequest();
        }

        var asked = draft.Succeeded ? await refunds.RequestAsync(scope, draft.Value, HttpContext.RequestAborted) : CommerceResult<RefundView>.Failure(draft.Errors);
        if (asked.Succeeded)
        {
            await notifier.SuccessAsync(form.ToPlatform
                ? H["The platform has your request. You see the answer on this page, and by mail if you left an address."]
                : H["The shop has your request. You see the answer on this page, and by mail if you left an address."]);
            return RedirectToAction(nameof(Show), new { orderId });
        }

        foreach (var error in asked.Errors)
        {
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(nameof(Show), await pages.BuildAsync(order, refund: form));
    }

    /// <summary>Takes a request for money back that nobody has answered.</summary>
    [HttpPost("refund/withdraw")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> WithdrawRefund(string orderId, string? id)
    {
        if (await gate.OpenAsync(HttpContext, orderId) is null)
        {
            return ToLookup();
        }

        var withdrawn = await refunds.WithdrawAsync(scope, orderId, id ?? "", HttpContext.RequestAborted);
        await (withdrawn.Succeeded
            ? notifier.SuccessAsync(H["You took your request back. If something is still wrong, you can ask again."])
            : notifier.ErrorAsync(H["{0}", messages.Of(withdrawn.Errors[0])]));
        return RedirectToAction(nameof(Show), new { orderId });
    }

    private RedirectToActionResult ToLookup() => RedirectToAction(nameof(LookupController.Index), "Lookup");
}
