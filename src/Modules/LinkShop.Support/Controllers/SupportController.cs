using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Support;
using LinkShop.Http;
using LinkShop.Support.Services;
using LinkShop.Support.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Support.Controllers;

/// <summary>Buyers write to the shop and read what it answers.</summary>
[Route("support")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SupportController(
    ITickets tickets, OrderGate gate, TicketCookie cookie, SupportMessages messages, RequestLimits limits, TenantScope scope, INotifier notifier, IHtmlLocalizer<SupportController> H) : Controller
{
    private string? ClientAddress => HttpContext.Connection.RemoteIpAddress?.ToString();

    /// <summary>The form: about an order that this browser may open, or general.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? order)
    {
        if (!string.IsNullOrEmpty(order) && !await gate.MayOpenAsync(HttpContext, order))
        {
            return Redirect("~/orders/lookup");
        }

        return await FormAsync(new TicketForm { Order = order, Once = NewOnce() });
    }

    /// <summary>Opens a ticket.</summary>
    [HttpPost(""), ValidateAntiForgeryToken]
    [RequestSizeLimit(UploadedPictures.MostBytes), RequestFormLimits(MultipartBodyLengthLimit = UploadedPictures.MostBytes)]
    public async Task<IActionResult> Open(TicketForm form)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (!string.IsNullOrEmpty(form.Order) && !await gate.MayOpenAsync(HttpContext, form.Order))
        {
            return Redirect("~/orders/lookup");
        }

        var opened = await tickets.OpenAsync(scope, new TicketDraft
        {
            Message = await DraftAsync(form),
            Category = form.Category,
            OrderId = string.IsNullOrEmpty(form.Order) ? null : form.Order,
            Contact = form.Contact,
            LookupPassword = form.LookupPassword,
            UserId = OrderGate.UserId(HttpContext),
            Culture = CultureInfo.CurrentUICulture.Name.StartsWith("zh", StringComparison.Ordinal) ? "zh-CN" : "en",
        }, HttpContext.RequestAborted);
        if (!opened.Succeeded)
        {
            return Refuse(opened.Errors, await FormAsync(form));
        }

        cookie.Remember(HttpContext, (opened.Value.Id, opened.Value.Token));
        await notifier.SuccessAsync(H["The shop has your message. You see the answer on this page, and by mail if you left an address."]);
        return RedirectToAction(nameof(Show), new { id = opened.Value.Id });
    }

    /// <summary>A conversation. A link from a mail or an order's page brings the token; it moves to the cookie, so that it isn't seen or handed on by the address.</summary>
    [HttpGet("{id:length(26)}")]
    public async Task<IActionResult> Show(string id, string? token)
    {
        if (!limits.Allows(LimitedAction.Read, scope.Tenant, HttpContext))
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (!string.IsNullOrEmpty(token))
        {
            if (await tickets.ReadAsync(scope, id, TicketAccess.ByToken(token), HttpContext.RequestAborted) is not null)
            {
                cookie.Remember(HttpContext, (id, token));
            }

            return RedirectToAction(nameof(Show), new { id });
        }

        return await ConversationAsync(id, new MessageForm { Once = NewOnce() }) is { } page ? page : RedirectToAction(nameof(FindTicketsController.Find), "FindTickets");
    }

    /// <summary>Writes in it.</summary>
    [HttpPost("{id:length(26)}"), ValidateAntiForgeryToken]
    [RequestSizeLimit(UploadedPictures.MostBytes), RequestFormLimits(MultipartBodyLengthLimit = UploadedPictures.MostBytes)]
    public async Task<IActionResult> Reply(string id, MessageForm form)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (AccessTo(id) is not { } access)
        {
            return RedirectToAction(nameof(FindTicketsController.Find), "FindTickets");
        }

        var written = await tickets.WriteAsync(scope, id, access, await DraftAsync(form), HttpContext.RequestAborted);
        if (written.Succeeded)
        {
            return RedirectToAction(nameof(Show), new { id });
        }

        return await ConversationAsync(id, form) is { } page ? Refuse(written.Errors, page) : RedirectToAction(nameof(FindTicketsController.Find), "FindTickets");
    }

    /// <summary>A picture of a message.</summary>
    [HttpGet("{id:length(26)}/pictures/{number:int}/{position:int}")]
    public async Task<IActionResult> Picture(string id, int number, int position) =>
        limits.Allows(LimitedAction.Read, scope.Tenant, HttpContext) && AccessTo(id) is { } access
            && await tickets.PictureAsync(scope, id, access, number, position, HttpContext.RequestAborted) is { } picture
                ? UploadedPictures.Serve(HttpContext, picture, number, position)
                : NotFound();

    private static string NewOnce() => Guid.NewGuid().ToString("n");

    private TicketAccess? AccessTo(string id) =>
        cookie.Find(HttpContext, id) is { } token ? TicketAccess.ByToken(token) : OrderGate.UserId(HttpContext) is { } user ? TicketAccess.ByUser(user) : null;

    private async Task<MessageDraft> DraftAsync(MessageForm form) => new()
    {
        Id = form.Once ?? "",
        Text = form.Text ?? "",
        Pictures = await UploadedPictures.ReadAsync(form.Pictures, HttpContext.RequestAborted),
        ClientAddress = ClientAddress,
    };

    private async Task<ViewResult> FormAsync(TicketForm form)
    {
        var user = OrderGate.UserId(HttpContext);
        var mine = user is null || form.Order is not null ? [] : await tickets.OfUserAsync(scope, user, cancellationToken: HttpContext.RequestAborted);
        return View(nameof(Index), new NewTicketViewModel(form, form.Order is { Length: CommerceId.Length } order ? OrderNumber.Of(order) : null, user is not null, mine));
    }

    private async Task<ViewResult?> ConversationAsync(string id, MessageForm form) =>
        AccessTo(id) is { } access && await tickets.ReadAsync(scope, id, access, HttpContext.RequestAborted) is { } ticket
            ? View(nameof(Show), new ConversationViewModel(ticket, form))
            : null;

    private ViewResult Refuse(IReadOnlyList<CommerceError> errors, ViewResult page)
    {
        foreach (var error in errors)
        {
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        }

        Response.StatusCode = errors[0].Code == CommerceErrors.TooManyAttempts ? StatusCodes.Status429TooManyRequests : StatusCodes.Status422UnprocessableEntity;
        return page;
    }
}
