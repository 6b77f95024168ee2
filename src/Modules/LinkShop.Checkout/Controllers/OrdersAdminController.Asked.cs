using LinkShop.Commerce.Refunds;
using Microsoft.AspNetCore.Mvc;

namespace LinkShop.Checkout.Controllers;

/// <summary>Money that a payment provider was asked to give back, and no answer came.</summary>
public sealed partial class OrdersAdminController
{
    /// <summary>Has the provider asked once more.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> AskAgain([FromServices] IRefundAsks asks, string id, string? provider, string? paymentId) =>
        ActAsync(Permissions.ConfirmPayments, id, actor => asks.AgainAsync(scope, id, provider ?? "", paymentId ?? "", actor, HttpContext.RequestAborted), H["The payment provider is asked again."]);

    /// <summary>Records that it gave nothing back.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> NotGiven([FromServices] IRefundAsks asks, string id, string? provider, string? paymentId, string? reason) => WithReasonAsync(
        Permissions.ConfirmPayments, id, reason, (actor, why) => asks.NotGivenAsync(scope, id, provider ?? "", paymentId ?? "", actor, why, HttpContext.RequestAborted),
        H["Recorded. Give the money back yourself, or have the provider asked anew."]);
}
