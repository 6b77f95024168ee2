using LinkShop.Checkout.Services;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Checkout.Controllers;

/// <summary>Refunds of orders in the admin.</summary>
[Admin("Refunds/{action}/{id?}", "Refunds{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class RefundsAdminController(
    IRefunds refunds, IOrderDesk desk, OrdersAdminPages pages, CommerceMessages messages, IAuthorizationService authorization, TenantScope scope,
    INotifier notifier, IHtmlLocalizer<RefundsAdminController> H) : Controller
{
    /// <summary>Requests that wait for an answer.</summary>
    public async Task<IActionResult> Index() => await MayAsync() ? View(await refunds.OpenAsync(scope, 100, HttpContext.RequestAborted)) : Forbid();

    /// <summary>Gives a part or all of an order back.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Grant(string id, RefundForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        if (await desk.DetailAsync(scope, id, HttpContext.RequestAborted) is not { } detail)
        {
            return NotFound();
        }

        var draft = form.Read(detail.Order);
        var result = draft.Succeeded ? await refunds.GrantAsync(scope, draft.Value, User.Identity!.Name!, HttpContext.RequestAborted) : CommerceResult<RefundView>.Failure(draft.Errors);
        if (result.Succeeded)
        {
            await notifier.SuccessAsync(H["{0} goes back to the buyer. The payment provider is asked for it.", result.Value.Amount.Format(System.Globalization.CultureInfo.CurrentUICulture)]);
            return RedirectToAction("Detail", "OrdersAdmin", new { area = "LinkShop.Checkout", id });
        }

        foreach (var error in result.Errors)
        {
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        }

        Response.StatusCode = 422;
        return View("~/Views/OrdersAdmin/Detail.cshtml", (await pages.DetailAsync(id, mayManage: true, HttpContext.RequestAborted))! with { Refund = form });
    }

    /// <summary>Answers a buyer's request.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Answer(string id, string? order, bool approve, bool revoke, string? note)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var result = await refunds.AnswerAsync(scope, id, approve, RefundPayer.Merchant, revoke, User.Identity!.Name!, note, HttpContext.RequestAborted);
        await (result.Succeeded ? notifier.SuccessAsync(approve ? H["Approved. The money goes back."] : H["Declined. The buyer sees your answer."]) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction("Detail", "OrdersAdmin", new { area = "LinkShop.Checkout", id = result.Succeeded ? result.Value.OrderId : order });
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManageOrders);
}
