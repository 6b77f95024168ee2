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
    IRefunds refunds, IOrderDesk desk, CommerceMessages messages, IAuthorizationService authorization, TenantScope scope,
    INotifier notifier, IHtmlLocalizer<RefundsAdminController> H) : Controller
{
    /// <summary>Requests that wait for an answer.</summary>
    public async Task<IActionResult> Index() => await MayAsync() ? View(await refunds.OpenAsync(scope, 100, HttpContext.RequestAborted)) : Forbid();

    /// <summary>Answers a buyer's request.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Answer(string id, string? order, bool approve, bool revoke, RefundPayer payer, string? note, RefundForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var forPlatform = await authorization.AuthorizeAsync(User, Permissions.DecideForPlatform);
        var agreed = await AgreedAsync(order, approve, form);
        var result = agreed.Succeeded
            ? await refunds.AnswerAsync(scope, id, approve, payer, revoke, User.Identity!.Name!, note, forPlatform, agreed.Value, HttpContext.RequestAborted)
            : CommerceResult<RefundView>.Failure(agreed.Errors);
        await (result.Succeeded ? notifier.SuccessAsync(approve ? H["Approved. The money goes back."] : H["Declined. The buyer sees your answer."]) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction("Detail", "OrdersAdmin", new { area = "LinkShop.Checkout", id = result.Succeeded ? result.Value.OrderId : order });
    }

    // a client that names no amounts means all of it
    private async Task<CommerceResult<IReadOnlyList<RefundLine>?>> AgreedAsync(string? order, bool approve, RefundForm form)
    {
        if (!approve || form.Amounts.Count == 0)
            return CommerceResult<IReadOnlyList<RefundLine>?>.Success(null);
        if (await desk.DetailAsync(scope, order ?? "", HttpContext.RequestAborted) is not { } detail)
            return new CommerceError(CommerceErrors.NotFound, "There is no such order.");
        var draft = form.Read(detail.Order);
        return draft.Succeeded ? CommerceResult<IReadOnlyList<RefundLine>?>.Success(draft.Value.Lines) : CommerceResult<IReadOnlyList<RefundLine>?>.Failure(draft.Errors);
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManageOrders);
}
