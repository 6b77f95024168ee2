using System.Security.Claims;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Http;

/// <summary>Opens orders for the pages: by the cookie of this browser, or by being the signed-in buyer.</summary>
public sealed class OrderGate(IOrdering ordering, OrderCookie cookie, TenantScope scope)
{
    /// <summary>The right this request has to an order, or null.</summary>
    public OrderAccess? AccessTo(HttpContext context, string orderId)
    {
        if (cookie.Find(context, orderId) is { } token)
        {
            return OrderAccess.ByToken(token);
        }

        return UserId(context) is { } user ? OrderAccess.ByUser(user) : null;
    }

    /// <summary>The order, or null when it may not be seen.</summary>
    public async Task<OrderView?> OpenAsync(HttpContext context, string orderId)
    {
        if (!CommerceId.IsWellFormed(orderId) || AccessTo(context, orderId) is not { } access)
        {
            return null;
        }

        var order = await ordering.GetAsync(scope, orderId, access, context.RequestAborted);
        return order.Succeeded ? order.Value : null;
    }

    /// <summary>Whether the order may be seen; asking is no look at it.</summary>
    public async Task<bool> MayOpenAsync(HttpContext context, string orderId) =>
        CommerceId.IsWellFormed(orderId) && AccessTo(context, orderId) is { } access && (await ordering.GetAsync(scope, orderId, access.Unnoticed(), context.RequestAborted)).Succeeded;

    /// <summary>Id of the signed-in user, or null.</summary>
    public static string? UserId(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } ? context.User.FindFirstValue(ClaimTypes.NameIdentifier) : null;
}
