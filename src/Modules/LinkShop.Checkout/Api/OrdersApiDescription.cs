using System.ComponentModel;
using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace LinkShop.Checkout.Api;

/// <summary>What OpenAPI tells of each operation on orders.</summary>
internal static class OrdersApiDescription
{
    private const string Tag = "Orders";
    private const string Opening = "Open it with the access token (Authorization: Bearer) or with the lookup password (LinkShop-Lookup-Password).";

    public static ApiOperation Create { get; } = new(
        CreateOrder, Tag, "createOrder", "Make an order and reserve its goods",
        "Send the same Idempotency-Key to repeat a request safely: one order is made and the answer is the same.",
        typeof(CreatedOrder), StatusCodes.Status201Created, [400, 404, 405, 409, 413, 415, 422, 429])
    {
        Example = """{"lines":[{"skuId":"01KB3T5V6W7X8Y9ZABCDEFGHJK","quantity":1}],"contact":"me@example.com","lookupPassword":"a-password","expectedTotalMinor":1990}""",
    };

    public static ApiOperation Get { get; } = new(
        GetOrder, Tag, "getOrder", "Read an order and, once paid, what was delivered", Opening, typeof(OrderBody), StatusCodes.Status200OK, [401, 404, 405, 429]) { OpensOrder = true };

    public static ApiOperation Lookup { get; } = new(
        LookupOrders, Tag, "lookupOrders", "Find orders by contact and lookup password", "Newest first, at most 50.",
        typeof(OrderListBody), StatusCodes.Status200OK, [400, 404, 405, 413, 415, 422, 429]);

    public static ApiOperation Cancel { get; } = new(
        CancelOrder, Tag, "cancelOrder", "Call off an unpaid order", "Cancelling a cancelled order succeeds again. " + Opening,
        typeof(CancelledOrder), StatusCodes.Status200OK, [401, 404, 405, 409, 429]) { OpensOrder = true };

    private static void CreateOrder(
        [FromBody] CreateOrderBody body,
        [FromHeader(Name = OrdersApi.IdempotencyKey), Description("1 to 128 characters, new for each order; the same one repeats the request.")] string? key)
    {
    }

    private static void GetOrder([FromRoute] string orderId)
    {
    }

    private static void LookupOrders([FromBody] LookupBody body)
    {
    }

    private static void CancelOrder([FromRoute] string orderId)
    {
    }
}
