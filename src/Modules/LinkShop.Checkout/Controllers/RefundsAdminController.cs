using LinkShop.Checkout.Services;
using LinkShop.Commerce;
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
    IRefunds refunds, CommerceMessages messages, IAuthorizationService authorization, TenantScope scope,
    INotifier notifier, IHtmlLocalizer<RefundsAdminController> H) : Controller
{
    /// <summary>Requests that wait for an answer.</summary>
    public async Task<IActionResult> Index() => await MayAsync() ? View(await refunds.OpenAsync(scope, 100, HttpContext.RequestAborted)) : Forbid();

    /// <summary>Answers a buyer's request.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Answer(string id, string? order, bool approve, bool revoke, RefundPayer payer, string? note)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var forPlatform = await authorization.AuthorizeAsync(User, Permissions.DecideForPlatform);
        var result = await refunds.AnswerAsync(scope, id, approve, payer, revoke, User.Identity!.Name!, note, forPlatform, HttpContext.RequestAborted);
        await (result.Succeeded ? notifier.SuccessAsync(approve ? H["Approved. The money goes back."] : H["Declined. The buyer sees your answer."]) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction("Detail", "OrdersAdmin", new { area = "LinkShop.Checkout", id = result.Succeeded ? result.Value.OrderId : order });
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManageOrders);
}
