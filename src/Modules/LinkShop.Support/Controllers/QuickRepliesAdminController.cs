using LinkShop.Commerce;
using LinkShop.Commerce.Support;
using LinkShop.Support.Services;
using LinkShop.Support.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Support.Controllers;

/// <summary>Answers that the shop gives often.</summary>
[Admin("QuickReplies/{action}/{id?}", "QuickReplies{action}")]
public sealed class QuickRepliesAdminController(
    IQuickReplies replies, SupportMessages messages, IAuthorizationService authorization, TenantScope scope, INotifier notifier, IHtmlLocalizer<QuickRepliesAdminController> H) : Controller
{
    /// <summary>All of them, with the form for a new one or the one of the address.</summary>
    public async Task<IActionResult> Index(string? id)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var all = await replies.ListAsync(scope, HttpContext.RequestAborted);
        return View(new QuickRepliesViewModel(all, all.FirstOrDefault(r => r.Id == id) ?? new QuickReply("", "", "")));
    }

    /// <summary>Stores one.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Save(string? id, string? title, string? text)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var saved = await replies.SaveAsync(scope, id, title, text, HttpContext.RequestAborted);
        if (saved.Succeeded)
        {
            await notifier.SuccessAsync(H["Saved."]);
            return RedirectToAction(nameof(Index), new { id = "" });
        }

        ModelState.AddModelError("", messages.Of(saved.Errors[0]));
        Response.StatusCode = 422;
        return View(nameof(Index), new QuickRepliesViewModel(await replies.ListAsync(scope, HttpContext.RequestAborted), new QuickReply(id ?? "", title ?? "", text ?? "")));
    }

    /// <summary>Removes one.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Delete(string id)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        await replies.DeleteAsync(scope, id, HttpContext.RequestAborted);
        await notifier.SuccessAsync(H["Deleted."]);
        return RedirectToAction(nameof(Index), new { id = "" });
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManageTickets);
}
