using System.Reflection;
using LinkShop.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace LinkShop.Checkout.Api;

/// <summary>
/// What OpenAPI tells of each operation. The signatures below are never called: the request delegates read the same things by hand, and
/// the API explorer reads parameters from here.
/// </summary>
internal static class OrdersApiDescription
{
    public static RouteHandlerDescription Create { get; } = new(
        CreateOrder, "createOrder", "Make an order and reserve its goods",
        "Send the same Idempotency-Key to repeat a request safely: one order is made and the answer is the same.",
        typeof(CreatedOrder), StatusCodes.Status201Created, [400, 404, 409, 413, 415, 422, 429]);

    public static RouteHandlerDescription Get { get; } = new(
        GetOrder, "getOrder", "Read an order and, once paid, what was delivered",
        "Open it with the access token (Authorization: Bearer) or with the lookup password.",
        typeof(OrderBody), StatusCodes.Status200OK, [401, 404, 429]);

    public static RouteHandlerDescription Lookup { get; } = new(
        LookupOrders, "lookupOrders", "Find orders by contact and lookup password", "Newest first, at most 50.",
        typeof(OrderListBody), StatusCodes.Status200OK, [400, 404, 413, 415, 422, 429]);

    public static RouteHandlerDescription Cancel { get; } = new(
        CancelOrder, "cancelOrder", "Call off an unpaid order", "Cancelling a cancelled order succeeds again.",
        typeof(CancelledOrder), StatusCodes.Status200OK, [401, 404, 409]);

    public static void Describe(this IEndpointConventionBuilder endpoint, RouteHandlerDescription description)
    {
        endpoint.WithTags("Orders").WithName(description.Name).WithSummary(description.Summary).WithDescription(description.Text);
        foreach (var parameter in description.Signature.Method.GetParameters())
        {
            endpoint.WithMetadata(new DescribedParameter(parameter));
        }

        endpoint.WithMetadata(description.Signature.Method, new ProducesResponseTypeMetadata(description.Status, description.Reply, ["application/json"]));
        foreach (var status in description.Problems)
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [LinkShop.Http.Problems.ContentType]));
        }
    }

    private sealed class DescribedParameter(ParameterInfo parameter) : IParameterBindingMetadata
    {
        public string Name => parameter.Name!;

        public bool HasTryParse => false;

        public bool HasBindAsync => false;

        public ParameterInfo ParameterInfo => parameter;

        public bool IsOptional => parameter.GetCustomAttribute<FromHeaderAttribute>() is not null;
    }

    private static void CreateOrder([FromBody] CreateOrderBody body, [FromHeader(Name = "Idempotency-Key")] string? key)
    {
    }

    private static void GetOrder(
        [FromRoute] string orderId, [FromHeader(Name = "Authorization")] string? authorization, [FromHeader(Name = "LinkShop-Lookup-Password")] string? password)
    {
    }

    private static void LookupOrders([FromBody] LookupBody body)
    {
    }

    private static void CancelOrder(
        [FromRoute] string orderId, [FromHeader(Name = "Authorization")] string? authorization, [FromHeader(Name = "LinkShop-Lookup-Password")] string? password)
    {
    }
}

/// <summary>One operation as OpenAPI shows it.</summary>
internal sealed record RouteHandlerDescription(
    Delegate Signature, string Name, string Summary, string Text, Type Reply, int Status, int[] Problems);
