using LinkShop.Commerce;
using LinkShop.Commerce.Support;
using LinkShop.Http;
using LinkShop.Support.Services;
using LinkShop.Support.ViewModels;
using Microsoft.AspNetCore.Mvc;

namespace LinkShop.Support.Controllers;

/// <summary>Guests find their general tickets again.</summary>
[Route("support/find")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class FindTicketsController(ITickets tickets, TicketCookie cookie, SupportMessages messages, RequestLimits limits, TenantScope scope) : Controller
{
    /// <summary>The form.</summary>
    [HttpGet("")]
    public IActionResult Find() => View(new FindForm());

    /// <summary>Finds by contact and password. What was found stays open in this browser.</summary>
    [HttpPost(""), ValidateAntiForgeryToken]
    public async Task<IActionResult> Find(FindForm form)
    {
        var found = limits.Allows(LimitedAction.Lookup, scope.Tenant, HttpContext)
            ? await tickets.LookupAsync(scope, form.Contact, form.Password, HttpContext.Connection.RemoteIpAddress?.ToString(), HttpContext.RequestAborted)
            : new CommerceError(CommerceErrors.TooManyAttempts, "");
        if (found.Succeeded)
        {
            cookie.Remember(HttpContext, found.Value.Select(t => (t.Id, t.Token)));
            return found.Value.Count == 1 ? RedirectToAction(nameof(SupportController.Show), "Support", new { id = found.Value[0].Id }) : View("Found", found.Value);
        }

        var error = found.Errors[0];
        ModelState.AddModelError(error.Field ?? "", error.Code == CommerceErrors.NotFound ? messages.NothingFound : messages.Of(error));
        Response.StatusCode = Problems.StatusOf(error.Code);
        return View(form);
    }
}
