using LinkShop.Commerce;
using LinkShop.Payments.Sandbox;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Payments.Controllers;

/// <summary>The sandbox's pay page: what a real gateway shows on its own site.</summary>
// The length keeps "callback" out, which is another endpoint.
[Route("payments/sandbox/{paymentId:minlength(20)}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SandboxPayController(
    SandboxTickets tickets, SandboxGateway gateway, SandboxSecrets secrets, TimeProvider clock, INotifier notifier, IHtmlLocalizer<SandboxPayController> H) : Controller
{
    /// <summary>The page.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(string paymentId, string? ticket) =>
        await secrets.GetAsync() is not null && tickets.Read(ticket, paymentId) is { } read ? View(new SandboxPayViewModel(paymentId, ticket!, read, clock.GetUtcNow())) : Gone();

    /// <summary>Sends what the pressed button stands for and takes the payer back to the shop.</summary>
    [HttpPost("")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Act(string paymentId, string? ticket, string? act)
    {
        if (await secrets.GetAsync() is null || tickets.Read(ticket, paymentId) is not { } read)
        {
            return Gone();
        }

        if (act == "late" && clock.GetUtcNow() < read.ExpiresAt)
        {
            await notifier.WarningAsync(H["The reservation hasn't ended yet. Wait for it, then pay late."]);
            return RedirectToAction(nameof(Index), new { paymentId, ticket });
        }

        (string Type, int Payment)[] callbacks = act switch
        {
            "pay" or "late" => [("paid", 1)],
            "fail" => [("failed", 1)],
            "twice" => [("paid", 1), ("paid", 2)],
            _ => [],
        };
        foreach (var (type, payment) in callbacks)
        {
            var status = await gateway.SendAsync(HttpContext, read, type, payment);
            if ((int)status >= 400)
            {
                await notifier.ErrorAsync(H["The shop refused the callback (status {0}).", (int)status]);
            }
        }

        if (act == "fail")
        {
            await notifier.WarningAsync(H["The payment failed. Nothing was charged; you can try again."]);
        }

        return callbacks.Length == 0 ? BadRequest() : Redirect(read.ReturnUrl);
    }

    private ViewResult Gone()
    {
        Response.StatusCode = 404;
        return View("Gone");
    }
}

/// <summary>The pay page.</summary>
public sealed record SandboxPayViewModel(string PaymentId, string TicketText, SandboxTicket Ticket, DateTimeOffset Now)
{
    /// <summary>What is to be paid.</summary>
    public Money Amount => new(Ticket.AmountMinor, Ticket.Currency);

    /// <summary>Whether the order's reservation has ended.</summary>
    public bool Late => Now >= Ticket.ExpiresAt;
}
