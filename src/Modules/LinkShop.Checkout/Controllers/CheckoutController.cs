using LinkShop.Checkout.Services;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Http;
using Microsoft.AspNetCore.Mvc;

namespace LinkShop.Checkout.Controllers;

/// <summary>From a variant to an order.</summary>
[Route("checkout")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class CheckoutController(
    CheckoutPages pages, IOfferCatalog offers, IOrdering ordering, OrderCookie cookie, CommerceMessages messages, RequestLimits limits, TenantScope scope) : Controller
{
    /// <summary>The form. Quantity, coupon and picked key may come by the address.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(CheckoutForm form)
    {
        // What the address says about the rest of the form isn't a mistake of the visitor's.
        ModelState.Clear();
        // a code that is tried is counted, so that nobody tries all of them
        if (!string.IsNullOrWhiteSpace(form.Coupon) && !limits.Allows(LimitedAction.Lookup, scope.Tenant, HttpContext))
        {
            form.Coupon = null;
            ModelState.AddModelError(nameof(form.Coupon), messages.Of(new CommerceError(CommerceErrors.TooManyAttempts, "")));
            return await ShowAsync(form, 429);
        }

        return await ShowAsync(form);
    }

    /// <summary>Makes the order; with <paramref name="act"/> "price" it only says what it would come to, and keeps what was typed; with "price:2" it shows the second page of numbers to pick from.</summary>
    [HttpPost("")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Place(CheckoutForm form, string? act)
    {
        if (act?.Split(':') is ["price", .. var page])
        {
            form.PickPage = page is [var number] && int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var wanted) ? wanted : form.PickPage;
            return await Index(form);
        }

        if (await offers.GetAsync(scope, form.Sku ?? "") is null)
        {
            return Missing();
        }

        if (!limits.Allows(LimitedAction.Order, scope.Tenant, HttpContext))
        {
            ModelState.AddModelError("", messages.Of(new CommerceError(CommerceErrors.TooManyAttempts, "")));
            return await ShowAsync(form, 429);
        }

        if (!ModelState.IsValid)
        {
            return await ShowAsync(form, 422);
        }

        var created = await ordering.CreateAsync(scope, await pages.ToRequestAsync(form, HttpContext), HttpContext.RequestAborted);
        if (!created.Succeeded)
        {
            foreach (var error in created.Errors)
            {
                ModelState.AddModelError(CheckoutPages.FieldOf(error.Field), messages.Of(error));
            }

            return await ShowAsync(form, Problems.StatusOf(created.Errors[0].Code));
        }

        var receipt = created.Value;
        cookie.Remember(HttpContext, (receipt.OrderId, receipt.AccessToken));
        return receipt.State == OrderState.AwaitingPayment
            ? RedirectToAction(nameof(PayController.Index), "Pay", new { orderId = receipt.OrderId, provider = form.Provider })
            : RedirectToAction(nameof(OrderController.Show), "Order", new { orderId = receipt.OrderId });
    }

    private async Task<IActionResult> ShowAsync(CheckoutForm form, int status = 200)
    {
        if (await offers.GetAsync(scope, form.Sku ?? "") is not { } offer)
        {
            return Missing();
        }

        var model = await pages.BuildAsync(offer, form, HttpContext, ModelState);
        if (status != 200)
        {
            // The order was refused: the next attempt is another order with the total that is shown now.
            ModelState.Remove(nameof(CheckoutForm.Key));
            ModelState.Remove(nameof(CheckoutForm.ExpectedTotal));
        }

        Response.StatusCode = status;
        return View("Index", model);
    }

    private ViewResult Missing()
    {
        Response.StatusCode = 404;
        return View("Missing");
    }
}
