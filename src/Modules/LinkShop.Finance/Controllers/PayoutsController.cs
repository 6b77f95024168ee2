using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;
using LinkShop.Finance.Services;
using LinkShop.Finance.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Finance.Controllers;

/// <summary>Payouts: asked for by whose money it is, decided by others.</summary>
[Admin("Payouts/{action}/{id?}", "Payouts{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PayoutsController(
    IPayouts payouts, IPayoutFile file, PayoutPages pages, FinanceMessages messages, FinanceAccess access, TenantScope scope, INotifier notifier, IHtmlLocalizer<PayoutsController> H) : Controller
{
    private CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>All payouts, the shop's or one's own.</summary>
    public async Task<IActionResult> Index(PayoutState? state, string? after) =>
        await access.PayoutsAsync(User, null) is not { } owner ? Forbid() : View(await pages.ListAsync(await ManagesAsync() ? null : owner, state, after, Gone));

    /// <summary>One payout and what can be done about it.</summary>
    public async Task<IActionResult> Details(string id) =>
        await pages.DetailsAsync(id, await ManagesAsync(), User, Gone) is { } model ? View(model) : await OwnerAsync(null) is null ? Forbid() : NotFound();

    /// <summary>The form that asks for one.</summary>
    public async Task<IActionResult> Create(PayoutForm form) =>
        await OwnerAsync(form.Owner) is { } owner ? View(await pages.CreateAsync(owner, form, Gone)) : Forbid();

    /// <summary>Asks for one.</summary>
    [HttpPost, ActionName("Create"), ValidateAntiForgeryToken]
    public async Task<IActionResult> CreatePost(PayoutForm form)
    {
        if (await OwnerAsync(form.Owner) is not { } owner)
        {
            return Forbid();
        }

        var asked = await pages.RequestAsync(owner, form, FinanceAccess.Actor(User), Gone);
        if (asked.Succeeded)
        {
            await notifier.SuccessAsync(H["The payout waits for approval. Its amount is set aside."]);
            return RedirectToAction(nameof(Details), new { id = asked.Value.Id });
        }

        var page = await pages.CreateAsync(owner, form, Gone);
        // what has to be done first the page says anyway
        foreach (var (field, text) in asked.Errors.Select(error => (error.Field ?? "", messages.Of(error))).Where(error => !page.Missing.Contains(error.Item2)))
        {
            ModelState.AddModelError(field, text);
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Create", page);
    }

    /// <summary>Approves; when that was the last approval it takes, the provider is asked at once.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> Approve(string id) => DecideAsync(id, async actor =>
    {
        var approved = await payouts.ApproveAsync(scope, id, actor, Gone);
        return approved is { Succeeded: true, Value.State: PayoutState.Approved } ? await payouts.SendAsync(scope, id, CancellationToken.None) : approved;
    });

    /// <summary>Refuses.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> Reject(string id, string? note) => DecideAsync(id, actor => payouts.RejectAsync(scope, id, actor, note ?? "", Gone));

    /// <summary>Asks the provider again what came of it.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> Send(string id) => DecideAsync(id, _ => payouts.SendAsync(scope, id, CancellationToken.None));

    /// <summary>Tells that it was paid by hand.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> ConfirmPaid(string id, string? reference) => DecideAsync(id, actor => payouts.ConfirmPaidAsync(scope, id, reference ?? "", actor, Gone));

    /// <summary>Tells that it couldn't be paid by hand.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> ConfirmFailed(string id, string? note) => DecideAsync(id, actor => payouts.ConfirmFailedAsync(scope, id, note ?? "", actor, Gone));

    /// <summary>Calls one's own off.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Cancel(string id) =>
        await access.MayAsync(User, Permissions.RequestOwnPayouts) ? await TellAsync(id, await payouts.CancelAsync(scope, id, FinanceAccess.Actor(User), Gone)) : Forbid();

    /// <summary>The file for the bank. A POST: taking it is recorded.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> BankFile()
    {
        if (!await ManagesAsync())
        {
            return Forbid();
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=payouts.csv";
        await file.WriteAsync(scope, Response.Body, FinanceAccess.Actor(User), Gone);
        return new EmptyResult();
    }

    private Task<string?> OwnerAsync(string? wanted) => access.PayoutsAsync(User, wanted);

    private Task<bool> ManagesAsync() => access.MayAsync(User, Permissions.ManagePayouts);

    private async Task<IActionResult> DecideAsync(string id, Func<string, Task<CommerceResult<Payout>>> decide) =>
        await ManagesAsync() ? await TellAsync(id, await decide(FinanceAccess.Actor(User))) : Forbid();

    private async Task<IActionResult> TellAsync(string id, CommerceResult<Payout> result)
    {
        await (result.Succeeded ? notifier.SuccessAsync(Done(result.Value)) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction(nameof(Details), new { id });
    }

    private LocalizedHtmlString Done(Payout payout) => payout.State switch
    {
        PayoutState.Requested => H["Approved. It takes one more person."],
        PayoutState.Paid => H["{0} was paid out.", payout.Net.Format(CultureInfo.CurrentUICulture)],
        PayoutState.Failed => H["It could not be paid. The money is in the wallet again."],
        PayoutState.Rejected or PayoutState.Cancelled => H["The money is in the wallet again."],
        PayoutState.Sending when pages.IsByHand(payout.Provider) => H["Now it is to be paid by hand. Then say here what came of it."],
        _ => H["It is on its way. You see here when it is paid."],
    };
}
