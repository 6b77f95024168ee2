using System.Globalization;
using LinkShop.Checkout.Services;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Http;
using Microsoft.AspNetCore.Mvc;

namespace LinkShop.Checkout.Controllers;

/// <summary>From an order to a payment provider.</summary>
[Route("orders/{orderId:length(26)}/pay")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PayController(
    OrderGate gate, OrderPages pages, OrderCookie cookie, PaymentChoices payments, ICreditPayments credits, IOrdering ordering, CommerceMessages messages, RequestLimits limits, TenantScope scope) : Controller
{
    /// <summary>The payment page. A client of the API sends its buyer here with the token.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(string orderId, string? provider, string? token)
    {
        if (!string.IsNullOrEmpty(token))
        {
            if ((await ordering.GetAsync(scope, orderId, OrderAccess.ByToken(token), HttpContext.RequestAborted)).Succeeded)
            {
                cookie.Remember(HttpContext, (orderId, token));
            }

            return RedirectToAction(nameof(Index), new { orderId, provider });
        }

        return await gate.OpenAsync(HttpContext, orderId) is not { } order ? RedirectToAction(nameof(LookupController.Index), "Lookup")
            : order.State != OrderState.AwaitingPayment ? ToOrder(orderId)
            : await PageAsync(order, provider);
    }

    /// <summary>Begins the payment and sends the buyer to the provider.</summary>
    [HttpPost("")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Start(string orderId, string? provider)
    {
        if (await gate.OpenAsync(HttpContext, orderId) is not { } order)
        {
            return RedirectToAction(nameof(LookupController.Index), "Lookup");
        }

        if (order.State != OrderState.AwaitingPayment)
        {
            return ToOrder(orderId);
        }

        var started = payments.Find(provider) is { } chosen
            ? await chosen.StartAsync(RequestFor(order, chosen.Name), HttpContext.RequestAborted)
            : new CommerceError(CommerceErrors.ProviderNotUsable, "There is no such provider.", "provider");
        if (started.Succeeded)
        {
            var address = started.Value.RedirectUrl;
            return Redirect(Uri.TryCreate(address, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https"
                ? address
                : Url.Content("~/" + address.TrimStart('/')));
        }

        return await PageAsync(order, provider, started.Errors[0]);
    }

    /// <summary>Pays with what the signed-in buyer has: at once, there is no provider to go to.</summary>
    [HttpPost("credit")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Credit(string orderId, CreditKind kind)
    {
        if (await gate.OpenAsync(HttpContext, orderId) is not { } order)
        {
            return RedirectToAction(nameof(LookupController.Index), "Lookup");
        }

        if (order.State != OrderState.AwaitingPayment)
        {
            return ToOrder(orderId);
        }

        if (!limits.Allows(LimitedAction.Order, scope.Tenant, HttpContext))
        {
            return await PageAsync(order, null, new CommerceError(CommerceErrors.TooManyAttempts, ""));
        }

        // the right to see an order isn't enough: only its signed-in buyer pays with what is theirs
        var paid = await credits.PayAsync(scope, orderId, OrderGate.UserId(HttpContext) ?? "", kind, HttpContext.RequestAborted);
        return paid.Succeeded || paid.Errors[0].Code == CommerceErrors.IllegalTransition ? ToOrder(orderId) : await PageAsync(order, null, paid.Errors[0]);
    }

    private async Task<IActionResult> PageAsync(OrderView order, string? provider, CommerceError? error = null)
    {
        if (error is not null)
        {
            ModelState.AddModelError("", messages.Of(error));
            Response.StatusCode = Problems.StatusOf(error.Code);
        }

        var mine = OrderGate.UserId(HttpContext) is { } user ? await credits.OffersAsync(scope, order.OrderId, user, HttpContext.RequestAborted) : [];
        return View(nameof(Index), await pages.BuildAsync(order, provider, credits: mine));
    }

    private PaymentRequest RequestFor(OrderView order, string provider)
    {
        var root = $"{Request.Scheme}://{Request.Host}{Request.PathBase}";
        var name = GoodsSnapshot.NameOf(order.Lines[0], CultureInfo.CurrentUICulture);
        var title = order.Lines.Count == 1 ? name : $"{name} …";
        return new PaymentRequest(
            order.OrderId, order.Number, title, order.Total, order.ReservedUntil, $"{root}/orders/{order.OrderId}", $"{root}/payments/{provider}/callback",
            order.Culture, HttpContext.Connection.RemoteIpAddress?.ToString());
    }

    private RedirectToActionResult ToOrder(string orderId) => RedirectToAction(nameof(OrderController.Show), "Order", new { orderId });
}
