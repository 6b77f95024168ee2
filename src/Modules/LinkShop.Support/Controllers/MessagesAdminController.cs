using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Support;
using LinkShop.Support.Services;
using LinkShop.Support.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Users.Services;

namespace LinkShop.Support.Controllers;

/// <summary>What buyers wrote, in the admin.</summary>
[Admin("Messages/{action}/{id?}", "Messages{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class MessagesAdminController(
    ITickets tickets, ITicketDesk desk, IQuickReplies replies, IOrderDesk orders, IUserService users, SupportMessages messages, IAuthorizationService authorization, TenantScope scope,
    INotifier notifier, IHtmlLocalizer<MessagesAdminController> H) : Controller
{
    /// <summary>The list; without a search those that wait.</summary>
    public async Task<IActionResult> Index(TicketFilter filter)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        filter.State ??= string.IsNullOrWhiteSpace(filter.Q) ? TicketState.Open : null;
        var search = new TicketSearch { Text = filter.Q, State = filter.State, Assignee = filter.Mine ? User.Identity!.Name : null, After = filter.After };
        return View(new TicketListViewModel(filter, await desk.SearchAsync(scope, search, HttpContext.RequestAborted), await desk.WaitingAsync(scope, HttpContext.RequestAborted)));
    }

    /// <summary>A conversation.</summary>
    public async Task<IActionResult> Detail(string id) =>
        !await MayAsync() ? Forbid() : await PageAsync(id, new MessageForm { Once = Guid.NewGuid().ToString("n") }) is { } page ? page : NotFound();

    /// <summary>Answers, and closes the ticket when that is wanted too.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    [RequestSizeLimit(UploadedPictures.MostBytes), RequestFormLimits(MultipartBodyLengthLimit = UploadedPictures.MostBytes)]
    public async Task<IActionResult> Answer(string id, MessageForm form, bool close)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var draft = new MessageDraft { Id = form.Once ?? "", Text = form.Text ?? "", Pictures = await UploadedPictures.ReadAsync(form.Pictures, HttpContext.RequestAborted) };
        var answered = await desk.AnswerAsync(scope, id, draft, User.Identity!.Name!, HttpContext.RequestAborted);
        if (answered.Succeeded)
        {
            if (close)
            {
                await desk.CloseAsync(scope, id, HttpContext.RequestAborted);
            }

            await notifier.SuccessAsync(H["Sent. The buyer sees it on their page, and by mail if they left an address."]);
            return RedirectToAction(nameof(Detail), new { id });
        }

        if (await PageAsync(id, form) is not { } page)
        {
            return NotFound();
        }

        foreach (var error in answered.Errors)
        {
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        }

        Response.StatusCode = 422;
        return page;
    }

    /// <summary>Closes a ticket.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Close(string id)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        return await DoneAsync(id, await desk.CloseAsync(scope, id, HttpContext.RequestAborted), H["Closed. It opens again when somebody writes."]);
    }

    /// <summary>Hands a ticket to a colleague, to oneself, or to nobody.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Assign(string id, string? assignee)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var name = string.IsNullOrWhiteSpace(assignee) ? null : await ColleagueAsync(assignee.Trim());
        if (name is null && !string.IsNullOrWhiteSpace(assignee))
        {
            await notifier.ErrorAsync(H["{0} isn't one of those who answer messages.", assignee]);
            return RedirectToAction(nameof(Detail), new { id });
        }

        return await DoneAsync(id, await desk.AssignAsync(scope, id, name, HttpContext.RequestAborted), name is null ? H["Nobody looks after it now."] : H["{0} looks after it now.", name]);
    }

    /// <summary>A picture of a message.</summary>
    public async Task<IActionResult> Picture(string id, int number, int position) =>
        !await MayAsync() ? Forbid()
        : await tickets.PictureAsync(scope, id, TicketAccess.Staff, number, position, HttpContext.RequestAborted) is { } picture ? UploadedPictures.Serve(HttpContext, picture, number, position)
        : NotFound();

    private async Task<string?> ColleagueAsync(string name) =>
        await users.GetUserAsync(name) is { } user && await authorization.AuthorizeAsync(await users.CreatePrincipalAsync(user), Permissions.ManageTickets) ? user.UserName : null;

    private async Task<ViewResult?> PageAsync(string id, MessageForm form)
    {
        if (await tickets.ReadAsync(scope, id, TicketAccess.Staff, HttpContext.RequestAborted) is not { } ticket)
        {
            return null;
        }

        var order = ticket.OrderId is { } orderId ? await orders.DetailAsync(scope, orderId, HttpContext.RequestAborted) : null;
        return View(nameof(Detail), new DeskViewModel(ticket, order, await replies.ListAsync(scope, HttpContext.RequestAborted), form));
    }

    private async Task<IActionResult> DoneAsync(string id, CommerceResult<TicketState> result, LocalizedHtmlString done)
    {
        if (result.Error is { Code: CommerceErrors.NotFound })
        {
            return NotFound();
        }

        await (result.Succeeded ? notifier.SuccessAsync(done) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction(nameof(Detail), new { id });
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManageTickets);
}
