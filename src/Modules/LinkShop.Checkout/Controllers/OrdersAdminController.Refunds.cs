using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Checkout.Controllers;

/// <summary>Money that goes back: what staff give by themselves, and what they answer to buyers. A refused form comes back as it was typed in.</summary>
public sealed partial class OrdersAdminController
{
    /// <summary>Gives a part or all of an order back.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Refund(string id, RefundForm form)
    {
        var forPlatform = await MayAsync(Permissions.DecideForPlatform);
        if (!await MayAsync(Permissions.ManageOrders) || (form.Payer == RefundPayer.Platform && !forPlatform))
        {
            return Forbid();
        }

        if (await desk.DetailAsync(scope, id, HttpContext.RequestAborted) is not { } detail)
        {
            return NotFound();
        }

        var draft = form.Read(detail.Order);
        var result = draft.Succeeded ? await refunds.GrantAsync(scope, draft.Value, User.Identity!.Name!, forPlatform, HttpContext.RequestAborted) : CommerceResult<RefundView>.Failure(draft.Errors);
        if (result.Succeeded)
        {
            await notifier.SuccessAsync(H["{0} goes back to the buyer. The payment provider is asked for it.", result.Value.Amount.Format(System.Globalization.CultureInfo.CurrentUICulture)]);
            return RedirectToAction(nameof(Detail), new { id });
        }

        foreach (var error in result.Errors)
        {
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        }

        Response.StatusCode = 422;
        return View(nameof(Detail), (await PageAsync(id))! with { Refund = form });
    }

    /// <summary>Answers a buyer's request.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Answer(string id, RefundAnswerForm form)
    {
        if (!await MayAsync(Permissions.ManageOrders))
        {
            return Forbid();
        }

        if (await desk.DetailAsync(scope, id, HttpContext.RequestAborted) is not { } detail || (await refunds.OfOrderAsync(scope, id, HttpContext.RequestAborted)).All(r => r.Id != form.Request))
        {
            return NotFound();
        }

        var forPlatform = await MayAsync(Permissions.DecideForPlatform);
        var agreed = form.Read(detail.Order);
        var result = agreed.Succeeded
            ? await refunds.AnswerAsync(scope, form.Request!, form.Approve, form.Payer, form.Revoke, User.Identity!.Name!, form.Note, forPlatform, agreed.Value, HttpContext.RequestAborted)
            : CommerceResult<RefundView>.Failure(agreed.Errors);
        if (result.Succeeded)
        {
            await notifier.SuccessAsync(form.Approve ? H["Approved. The money goes back."] : H["Declined. The buyer sees your answer."]);
            return RedirectToAction(nameof(Detail), new { id });
        }

        var page = (await PageAsync(id))!;
        if (page.Refunds.First(r => r.Id == form.Request) is var request && !page.MayAnswer(request))
        {
            // somebody else was faster: there is no form any more that could say it, and what is wrong with the answer follows from theirs
            await notifier.ErrorAsync(H["{0}", messages.Of(request.DecidedAt is null ? result.Errors[0] : new CommerceError(CommerceErrors.IllegalTransition, ""))]);
            return RedirectToAction(nameof(Detail), new { id });
        }

        // not in the model state: the form below shows what is there
        form.Mistake = messages.Of(result.Errors[0]);
        Response.StatusCode = 422;
        return View(nameof(Detail), page with { Answer = form });
    }

    /// <summary>Leaves a buyer's request to the platform.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> HandOver(string id, RefundAnswerForm form)
    {
        if (!await MayAsync(Permissions.ManageOrders))
        {
            return Forbid();
        }

        var result = await refunds.HandOverAsync(scope, id, form.Request ?? "", HttpContext.RequestAborted);
        if (result.Error is { Code: CommerceErrors.NotFound })
        {
            return NotFound();
        }

        if (result.Error is { } error)
        {
            await notifier.ErrorAsync(H["{0}", messages.Of(error)]);
        }
        else
        {
            await notifier.SuccessAsync(H["The platform decides this one. You see here what it decided."]);
        }

        return RedirectToAction(nameof(Detail), new { id });
    }
}
