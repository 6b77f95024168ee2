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
        if (await ByNumberAsync(form, address) is { } order)
        {
            cookie.Remember(HttpContext, (order.OrderId, order.AccessToken));
            return RedirectToAction(nameof(OrderController.Show), "Order", new { orderId = order.OrderId });
        }

        var found = await ordering.LookupAsync(scope, form.Contact, form.Password, address, HttpContext.RequestAborted);
        if (!found.Succeeded)
        {
            return Refuse(form, [.. found.Errors]);
        }

        cookie.Remember(HttpContext, found.Value.Select(o => (o.OrderId, o.AccessToken)));
        return found.Value.Count == 1
            ? RedirectToAction(nameof(OrderController.Show), "Order", new { orderId = found.Value[0].OrderId })
            : View("Found", await pages.ListAsync(found.Value));
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

    // The order is found by its number first, but shown only once ordering has checked (and counted) the password.
    private async Task<OrderSummary?> ByNumberAsync(LookupForm form, string? address)
    {
        var number = form.Contact?.Trim();
        if (string.IsNullOrEmpty(number) || string.IsNullOrEmpty(form.Password) || number.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        var page = await desk.SearchAsync(scope, new OrderSearch { Number = number, Take = 1 }, HttpContext.RequestAborted);
        return page.Orders is [var order, ..]
            && (await ordering.GetAsync(scope, order.OrderId, OrderAccess.ByPassword(form.Password, address), HttpContext.RequestAborted)).Succeeded
            ? order
            : null;
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
