using LinkShop.Commerce;
using LinkShop.Commerce.Outbox;
using LinkShop.Platform.Services;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Platform.Controllers;

/// <summary>Messages that no handler could take in time.</summary>
[Admin("Outbox/{action}/{id?}", "Outbox{action}")]
public sealed class DeadLettersController(
    IOutboxAdmin outbox, ShopClock clock, IAuthorizationService authorization, TenantScope scope, INotifier notifier, IHtmlLocalizer<DeadLettersController> H) : Controller
{
    private const int PageSize = 50;

    /// <summary>The list, newest first.</summary>
    public async Task<IActionResult> Index(int page = 1)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        page = Math.Max(1, page);
        var letters = await outbox.ListDeadLettersAsync(scope, (page - 1) * PageSize, PageSize + 1, HttpContext.RequestAborted);
        var rows = new List<(DeadLetter, DateTimeOffset)>();
        foreach (var letter in letters.Take(PageSize))
        {
            rows.Add((letter, await clock.LocalAsync(letter.DiedAt)));
        }

        return View(new DeadLetterList(rows, await outbox.CountAsync(scope, HttpContext.RequestAborted), page, letters.Count > PageSize));
    }

    /// <summary>One message: what it said and why it failed.</summary>
    public async Task<IActionResult> Detail(long id)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        return await outbox.FindDeadLetterAsync(scope, id, HttpContext.RequestAborted) is { } letter
            ? View(new DeadLetterDetail(letter, await clock.LocalAsync(letter.CreatedAt), await clock.LocalAsync(letter.DiedAt)))
            : NotFound();
    }

    /// <summary>Sends one, or all, again.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Replay(long? id)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var count = await outbox.ReplayAsync(scope, id, HttpContext.RequestAborted);
        await (count > 0
            ? notifier.SuccessAsync(H["{0} messages are sent again now.", count])
            : notifier.WarningAsync(H["There was nothing to send again."]));
        return RedirectToAction(nameof(Index));
    }

    /// <summary>Gives one up for good.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Discard(long id, string? reason)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            await notifier.ErrorAsync(H["Please give a reason for discarding the message."]);
            return RedirectToAction(nameof(Detail), new { id });
        }

        var done = await outbox.DiscardAsync(scope, id, User.Identity?.Name ?? "admin", reason.Trim(), HttpContext.RequestAborted);
        await (done ? notifier.SuccessAsync(H["The message was discarded."]) : notifier.WarningAsync(H["The message isn't there any more."]));
        return RedirectToAction(nameof(Index));
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManageOutbox);
}

/// <summary>A page of undeliverable messages.</summary>
public sealed record DeadLetterList(IReadOnlyList<(DeadLetter Letter, DateTimeOffset Died)> Letters, OutboxCounts Counts, int Page, bool HasMore);

/// <summary>One undeliverable message.</summary>
public sealed record DeadLetterDetail(DeadLetter Letter, DateTimeOffset Created, DateTimeOffset Died);
