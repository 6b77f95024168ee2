using System.Text.Json;
using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Checkout.Api;

/// <summary>
/// The JSON API of orders. The handlers are plain request delegates: they bind, check and answer by themselves, because this is the hottest
/// path of a mall and because each mistake has to name its field.
/// </summary>
internal static class OrdersApi
{
    /// <summary>The header that makes a repeated request safe; mistakes of it are told under this name.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>The header with an order's lookup password.</summary>
    public const string LookupPassword = "LinkShop-Lookup-Password";

    private const int BodyLimit = 64 * 1024;
    private const int MaxIdempotencyKey = 128;
    private const string Orders = "api/v1/orders";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Orders, CreateAsync).Describe(OrdersApiDescription.Create);
        routes.MapOtherVerbs(Orders, HttpMethods.Post);
        routes.MapGet(Orders + "/{orderId}", GetAsync).Describe(OrdersApiDescription.Get);
        routes.MapOtherVerbs(Orders + "/{orderId}", HttpMethods.Get);
        routes.MapPost(Orders + "/lookup", LookupAsync).Describe(OrdersApiDescription.Lookup);
        routes.MapOtherVerbs(Orders + "/lookup", HttpMethods.Post);
        routes.MapPost(Orders + "/{orderId}/cancel", CancelAsync).Describe(OrdersApiDescription.Cancel);
        routes.MapOtherVerbs(Orders + "/{orderId}/cancel", HttpMethods.Post);
    }

    private static async Task CreateAsync(HttpContext context)
    {
        var (scope, ordering, limits) = Services(context);
        if (!limits.Allows(LimitedAction.Order, scope.Tenant, context))
        {
            await Problems.WriteAsync(context, TooMany());
            return;
        }

        var key = context.Request.Headers[IdempotencyKey] is { Count: > 0 } header ? header.ToString() : null;
        if (key is { Length: 0 or > MaxIdempotencyKey })
        {
            await Problems.WriteAsync(context, new CommerceError(CommerceErrors.Invalid, $"The key must have 1 to {MaxIdempotencyKey} characters.", IdempotencyKey));
            return;
        }

        var request = await ReadAsync(context, body => CreateOrderReader.Read(body, key, Address(context)));
        if (!request.Succeeded)
        {
            await Problems.WriteAsync(context, request.Errors);
            return;
        }

        var policy = await context.RequestServices.GetRequiredService<CheckoutPolicy>().ForOrderAsync();
        var created = await ordering.CreateAsync(scope, policy is null ? request.Value : request.Value with { Policy = policy }, context.RequestAborted);
        if (!created.Succeeded)
        {
            // ordering knows the key by its member's name
            await Problems.WriteAsync(context, [.. created.Errors.Select(e => e.Field == "idempotencyKey" ? e with { Field = IdempotencyKey } : e)]);
            return;
        }

        var receipt = created.Value;
        var path = context.Request.PathBase.Value;
        context.Response.Headers.Location = $"{path}/api/v1/orders/{receipt.OrderId}";
        await JsonReply.WriteAsync(context, StatusCodes.Status201Created, new CreatedOrder(
            receipt.OrderId, receipt.Number, receipt.AccessToken, receipt.State.Name(), receipt.Total, receipt.ReservedUntil,
            $"{path}/orders/{receipt.OrderId}/pay?token={receipt.AccessToken}"), ApiJson.Default.CreatedOrder);
    }

    private static async Task GetAsync(HttpContext context)
    {
        var (scope, ordering, limits) = Services(context);
        if (!limits.Allows(LimitedAction.Read, scope.Tenant, context))
        {
            await Problems.WriteAsync(context, TooMany());
            return;
        }

        if (AccessOf(context) is not { } access)
        {
            await Problems.WriteAsync(context, NoAccess(context), StatusCodes.Status401Unauthorized);
            return;
        }

        var order = await ordering.GetAsync(scope, OrderId(context), access, context.RequestAborted);
        await (order.Succeeded
            ? JsonReply.WriteAsync(context, StatusCodes.Status200OK, order.Value.ToBody(), ApiJson.Default.OrderBody)
            : Problems.WriteAsync(context, order.Errors));
    }

    private static async Task LookupAsync(HttpContext context)
    {
        var (scope, ordering, limits) = Services(context);
        if (!limits.Allows(LimitedAction.Lookup, scope.Tenant, context))
        {
            await Problems.WriteAsync(context, TooMany());
            return;
        }

        var body = await ReadAsync(context, json => CommerceResult<LookupBody>.Success(
            JsonSerializer.Deserialize(json, ApiJson.Default.LookupBody) ?? new LookupBody()));
        if (!body.Succeeded)
        {
            await Problems.WriteAsync(context, body.Errors);
            return;
        }

        var found = await ordering.LookupAsync(scope, body.Value.Contact, body.Value.LookupPassword, Address(context), context.RequestAborted);
        await (found.Succeeded
            ? JsonReply.WriteAsync(context, StatusCodes.Status200OK, new OrderListBody([.. found.Value.Select(o => o.ToItem())]), ApiJson.Default.OrderListBody)
            : Problems.WriteAsync(context, found.Errors));
    }

    private static async Task CancelAsync(HttpContext context)
    {
        var (scope, ordering, limits) = Services(context);
        if (!limits.Allows(LimitedAction.Read, scope.Tenant, context))
        {
            await Problems.WriteAsync(context, TooMany());
            return;
        }

        if (AccessOf(context) is not { } access)
        {
            await Problems.WriteAsync(context, NoAccess(context), StatusCodes.Status401Unauthorized);
            return;
        }

        var id = OrderId(context);
        var state = await ordering.CancelAsync(scope, id, access, context.RequestAborted);
        await (state.Succeeded
            ? JsonReply.WriteAsync(context, StatusCodes.Status200OK, new CancelledOrder(id, state.Value.Name()), ApiJson.Default.CancelledOrder)
            : Problems.WriteAsync(context, state.Errors));
    }

    private delegate CommerceResult<T> BodyReader<T>(ReadOnlySpan<byte> json);

    private static async ValueTask<CommerceResult<T>> ReadAsync<T>(HttpContext context, BodyReader<T> read)
    {
        if (!context.Request.HasJsonContentType())
        {
            return new CommerceError("unsupported_media_type", "Send application/json.", "Content-Type");
        }

        using var body = await PooledBody.ReadAsync(context.Request, BodyLimit);
        if (!body.Complete)
        {
            return new CommerceError("body_too_large", $"The body may have {BodyLimit} bytes.");
        }

        try
        {
            return read(body.Bytes);
        }
        catch (JsonException e)
        {
            return Problems.FromJson(e);
        }
    }

    /// <summary>Only headers open an order here, never a cookie: a foreign page can't make a visitor's browser send them.</summary>
    private static OrderAccess? AccessOf(HttpContext context)
    {
        const string scheme = "Bearer ";
        var headers = context.Request.Headers;
        if (headers.Authorization is [{ } authorization] && authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return OrderAccess.ByToken(authorization[scheme.Length..]);
        }

        return headers[LookupPassword] is [{ Length: > 0 } password]
            ? OrderAccess.ByPassword(password, Address(context))
            : null;
    }

    private static CommerceError NoAccess(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return new CommerceError(CommerceErrors.Required, "Send the order's access token (Authorization: Bearer …) or its lookup password (" + LookupPassword + ").", "Authorization");
    }

    private static CommerceError TooMany() => new(CommerceErrors.TooManyAttempts, "Too many requests from this address; try again later (Retry-After says when).");

    private static string? Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();

    private static string OrderId(HttpContext context) => (string)context.Request.RouteValues["orderId"]!;

    private static (TenantScope Scope, IOrdering Ordering, RequestLimits Limits) Services(HttpContext context)
    {
        var services = context.RequestServices;
        return (services.GetRequiredService<TenantScope>(), services.GetRequiredService<IOrdering>(), services.GetRequiredService<RequestLimits>());
    }
}
