using LinkShop.Checkout.Services;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Security.Permissions;

namespace LinkShop.Checkout.Controllers;

/// <summary>Orders in the admin.</summary>
[Admin("Orders/{action}/{id?}", "Orders{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed partial class OrdersAdminController(
    IOrderDesk desk, IOrderExport export, IRefunds refunds, IReplacements replacements, ICorrections corrections, OrdersAdminPages pages, CommerceMessages messages, IAuthorizationService authorization,
    IPermissionService permissions, RequestLimits limits, TenantScope scope,
    INotifier notifier, IHtmlLocalizer<OrdersAdminController> H) : Controller
{
    /// <summary>Search and list.</summary>
    public async Task<IActionResult> Index(OrderFilter filter)
    {
        if (!await MayAsync(Permissions.ViewOrders))
        {
            return Forbid();
        }

        CheckDays(filter);
        ViewData["MayExport"] = await MayAsync(Permissions.ExportOrders);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = 422;
        }

        return View(nameof(Index), await pages.ListAsync(filter, HttpContext.RequestAborted));
    }

    /// <summary>The listed orders as a CSV file, as it is being read.</summary>
    public async Task<IActionResult> Export(OrderFilter filter)
    {
        if (!await MayAsync(Permissions.ExportOrders))
        {
            return Forbid();
        }

        CheckDays(filter);
        if (!ModelState.IsValid)
        {
            // a file of everything isn't what was asked for
            return await Index(filter);
        }

        var request = await pages.ExportAsync(filter);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"orders.csv\"";
        await export.WriteAsync(scope, request, Response.Body, HttpContext.RequestAborted);
        return new EmptyResult();
    }

    /// <summary>Everything about one order.</summary>
    public async Task<IActionResult> Detail(string id)
    {
        if (!await MayAsync(Permissions.ViewOrders))
        {
            return Forbid();
        }

        return await PageAsync(id) is { } model ? View(model) : NotFound();
    }

    /// <summary>Tells the buyer again, and delivers what was missing.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> Redeliver(string id) =>
        ActAsync(Permissions.ManageOrders, id, actor => desk.RedeliverAsync(scope, id, actor, HttpContext.RequestAborted), H["The buyer is told again, and what was missing is delivered if it's in stock."]);

    /// <summary>Takes an order for paid.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> Confirm(string id, string? reason) =>
        WithReasonAsync(Permissions.ConfirmPayments, id, reason, (actor, why) => desk.ConfirmByHandAsync(scope, id, actor, why, HttpContext.RequestAborted), H["The order counts as paid."]);

    /// <summary>Records that staff gave a payment back.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> GivenBack(string id, string? provider, string? paymentId, string? reason, GivenBackBy? by) => by is { } way && Enum.IsDefined(way)
        ? WithReasonAsync(
            Permissions.ConfirmPayments, id, reason, (actor, why) => desk.MarkGivenBackAsync(scope, id, provider ?? "", paymentId ?? "", actor, why, way, HttpContext.RequestAborted), H["Recorded: the money went back to the buyer."])
        : IncompleteAsync(Permissions.ConfirmPayments, id, H["Please say where the money came from: the books depend on it."]);

    /// <summary>Calls an unpaid order off.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> Cancel(string id, string? reason) =>
        WithReasonAsync(Permissions.ManageOrders, id, reason, (actor, why) => desk.CancelAsync(scope, id, actor, why, HttpContext.RequestAborted), H["The order was cancelled and its goods are on sale again."]);

    /// <summary>Delivers a line that waits for a person.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> Deliver(string id, int line, string? text) =>
        ActAsync(Permissions.ManageOrders, id, actor => desk.DeliverByHandAsync(scope, id, line, text ?? "", actor, HttpContext.RequestAborted), H["Delivered. The buyer sees it now."]);

    /// <summary>Shows what the buyer told in confidence for a line; who looked is in the order's history.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> RevealFields(string id, int line)
    {
        if (!await MayAsync(Permissions.ManageOrders))
        {
            return Forbid();
        }

        if (!limits.Allows(LimitedAction.Reveal, scope.Tenant, HttpContext))
        {
            await notifier.ErrorAsync(H["{0}", messages.Of(new CommerceError(CommerceErrors.TooManyAttempts, ""))]);
            return RedirectToAction(nameof(Detail), new { id });
        }

        var revealed = await desk.RevealFieldsAsync(scope, id, line, User.Identity!.Name!, HttpContext.RequestAborted);
        return revealed.Succeeded && await PageAsync(id) is { } model ? View(nameof(Detail), model with { Revealed = (line, revealed.Value) }) : NotFound();
    }

    /// <summary>Delivers another key in place of one that is no good.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Replace(string id, ReplacementForm form)
    {
        if (!await MayAsync(Permissions.ManageOrders))
        {
            return Forbid();
        }

        var draft = form.Read(id);
        var result = draft.Succeeded ? await replacements.ReplaceAsync(scope, draft.Value, User.Identity!.Name!, HttpContext.RequestAborted) : CommerceResult<ReplacementView>.Failure(draft.Errors);
        if (result.Succeeded)
        {
            await notifier.SuccessAsync(H["{0} was replaced by {1}. The buyer sees it now.", result.Value.Old, result.Value.New]);
            return RedirectToAction(nameof(Detail), new { id });
        }

        if (await PageAsync(id) is not { } model)
        {
            return NotFound();
        }

        // not in the model state: another form of the page shows what is there
        form.Mistake = messages.Of(result.Errors[0]);
        Response.StatusCode = 422;
        return View(nameof(Detail), model with { Replacement = form });
    }

    /// <summary>Puts another text in place of what was delivered by hand.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Correct(string id, CorrectionForm form)
    {
        if (!await MayAsync(Permissions.ManageOrders))
        {
            return Forbid();
        }

        var result = await corrections.CorrectAsync(scope, form.Read(id), User.Identity!.Name!, HttpContext.RequestAborted);
        if (result.Succeeded)
        {
            await notifier.SuccessAsync(H["Corrected. The buyer sees it now."]);
            return RedirectToAction(nameof(Detail), new { id });
        }

        if (await PageAsync(id) is not { } model)
        {
            return NotFound();
        }

        form.Mistake = messages.Of(result.Errors[0]);
        Response.StatusCode = 422;
        return View(nameof(Detail), model with { Correction = form });
    }

    // how a commission came about is another module's page, with its own permission: nobody is led to it who may not open it
    private async Task<OrderAdminViewModel?> PageAsync(string id) => await pages.DetailAsync(id, await MayAsync(Permissions.ManageOrders), HttpContext.RequestAborted) is not { } page ? null
        : page with
        {
            MayConfirm = await MayAsync(Permissions.ConfirmPayments),
            ForPlatform = await MayAsync(Permissions.DecideForPlatform),
            SeesMoney = await MayAsync(Permissions.ViewOrderMoney) || await MayAsync("ViewFinance"),
            SeesPromotion = await MayAsync("ViewReferrals"),
        };

    // another module's, which may not be enabled
    private async Task<bool> MayAsync(string permission) => await permissions.FindByNameAsync(permission) is { } known && await MayAsync(known);

    private Task<IActionResult> WithReasonAsync(Permission permission, string id, string? reason, Func<string, string, Task<CommerceResult<OrderState>>> act, LocalizedHtmlString done) =>
        !string.IsNullOrWhiteSpace(reason)
            ? ActAsync(permission, id, actor => act(actor, reason.Trim()), done)
            : IncompleteAsync(permission, id, H["Please give a reason. It's kept in the order's history."]);

    private async Task<IActionResult> IncompleteAsync(Permission permission, string id, LocalizedHtmlString missing)
    {
        if (!await MayAsync(permission))
        {
            return Forbid();
        }

        await notifier.ErrorAsync(missing);
        return RedirectToAction(nameof(Detail), new { id });
    }

    private async Task<IActionResult> ActAsync(Permission permission, string id, Func<string, Task<CommerceResult<OrderState>>> act, LocalizedHtmlString done)
    {
        if (!await MayAsync(permission))
        {
            return Forbid();
        }

        var result = await act(User.Identity?.Name ?? "admin");
        await (result.Succeeded ? notifier.SuccessAsync(done) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction(nameof(Detail), new { id });
    }

    private void CheckDays(OrderFilter filter)
    {
        var message = H["Please give a date from 1970 to 9998."].Value;
        DateFields.Check(ModelState, nameof(filter.From), filter.From, message);
        DateFields.Check(ModelState, nameof(filter.To), filter.To, message);
    }

    private Task<bool> MayAsync(Permission permission) => authorization.AuthorizeAsync(User, permission);
}
