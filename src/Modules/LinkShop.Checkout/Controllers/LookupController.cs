using LinkShop.Checkout.Services;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Ordering;
using LinkShop.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LinkShop.Checkout.Controllers;

/// <summary>Finding orders again.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class LookupController(
    IOrdering ordering, IOrderDesk desk, ICredits credits, OrderPages pages, OrderCookie cookie, CommerceMessages messages, RequestLimits limits, TenantScope scope) : Controller
{
    private const int PageSize = 20;

    /// <summary>The form.</summary>
    [HttpGet("orders/lookup")]
    public IActionResult Index() => View(new LookupForm());

    /// <summary>Finds by contact (or order number) and password. What was found stays open in this browser.</summary>
    [HttpPost("orders/lookup")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Find(LookupForm form)
    {
        if (!limits.Allows(LimitedAction.Lookup, scope.Tenant, HttpContext))
        {
            return Refuse(form, new CommerceError(CommerceErrors.TooManyAttempts, ""));
        }

        var address = HttpContext.Connection.RemoteIpAddress?.ToString();
        if (await ByNumberAsync(form, address) is { } byNumber)
        {
            if (!byNumber.Succeeded)
            {
                return Refuse(form, [.. byNumber.Errors]);
            }

            cookie.Remember(HttpContext, (byNumber.Value.OrderId, byNumber.Value.AccessToken));
            return RedirectToAction(nameof(OrderController.Show), "Order", new { orderId = byNumber.Value.OrderId });
        }

        var found = await ordering.LookupAsync(scope, form.Contact, form.Password, address, HttpContext.RequestAborted);
        if (!found.Succeeded)
        {
            return Refuse(form, [.. found.Errors]);
        }

        cookie.Remember(HttpContext, found.Value.Select(o => (o.OrderId, o.AccessToken)));
        return found.Value.Count == 1
            ? RedirectToAction(nameof(OrderController.Show), "Order", new { orderId = found.Value[0].OrderId })
            : View("Found", await pages.ListAsync(found.Value) with { WithTokens = found.Value.Any(o => cookie.Find(HttpContext, o.OrderId) is null) });
    }

    /// <summary>The orders of the signed-in buyer.</summary>
    [HttpGet("account/orders")]
    [Authorize]
    public async Task<IActionResult> Mine(string? before)
    {
        var user = OrderGate.UserId(HttpContext)!;
        var orders = await ordering.ListForUserAsync(scope, user, before, PageSize + 1, HttpContext.RequestAborted);
        var page = orders.Take(PageSize).ToList();
        var list = await pages.ListAsync(page, orders.Count > PageSize ? page[^1].OrderId : null);
        return View(list with { Credits = await credits.StandingsAsync(scope, user, HttpContext.RequestAborted) });
    }

    // The order is found by its number first, but shown only once ordering has checked (and counted) the password. A number that doesn't exist is
    // answered and counted like one whose password is wrong, so that nobody learns which there are. Null: it is no number, or may be a phone's.
    private async Task<CommerceResult<OrderSummary>?> ByNumberAsync(LookupForm form, string? address)
    {
        var number = form.Contact?.Trim();
        if (string.IsNullOrEmpty(form.Password) || OrderNumber.FirstId(number) is not { } firstId)
        {
            return null;
        }

        var page = await desk.SearchAsync(scope, new OrderSearch { Number = number, Take = 1 }, HttpContext.RequestAborted);
        var order = page.Orders is [var found, ..] ? found : null;
        if (order is null && !number!.Any(char.IsAsciiLetter))
        {
            return null;
        }

        var opened = await ordering.GetAsync(scope, order?.OrderId ?? firstId, OrderAccess.ByPassword(form.Password, address), HttpContext.RequestAborted);
        return opened.Succeeded ? order! : CommerceResult<OrderSummary>.Failure(opened.Errors);
    }

    private ViewResult Refuse(LookupForm form, params CommerceError[] errors)
    {
        foreach (var error in errors)
        {
            var field = error.Field switch { "contact" => nameof(LookupForm.Contact), "password" or "lookupPassword" => nameof(LookupForm.Password), _ => "" };
            ModelState.AddModelError(field, error.Code == CommerceErrors.NotFound ? messages.NothingFound : messages.Of(error));
        }

        Response.StatusCode = Problems.StatusOf(errors[0].Code);
        return View("Index", form);
    }
}
