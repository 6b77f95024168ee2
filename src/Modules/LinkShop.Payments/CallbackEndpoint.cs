using System.Diagnostics.CodeAnalysis;
using System.Text;
using LinkShop.Commerce;
using LinkShop.Commerce.Payments;
using LinkShop.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LinkShop.Payments;

/// <summary>
/// <c>POST /payments/{provider}/callback</c>, where gateways tell that money moved. No MVC on this path: it's the hottest one.
/// A refusal is a 4xx with a code, so that the gateway's operator sees what is wrong; only faults of this server are 5xx, so that the gateway tries again.
/// </summary>
internal static class CallbackEndpoint
{
    private const int BodyLimit = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("payments/{provider}/callback", HandleAsync).ExcludeFromDescription();

    private static async Task HandleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (Find(services, (string)context.Request.RouteValues["provider"]!) is not { } provider)
        {
            await Problems.WriteAsync(context, new CommerceError(CommerceErrors.NotFound, "There is no such payment provider.", "provider"));
            return;
        }

        using var body = await PooledBody.ReadAsync(context.Request, BodyLimit);
        if (!body.Complete)
        {
            await Problems.WriteAsync(context, new CommerceError("body_too_large", $"The body may have {BodyLimit} bytes."));
            return;
        }

        var callback = new PaymentCallback(body.Memory, new HeaderView(context.Request.Headers), QueryView.Of(context.Request));
        var parsed = await provider.ParseCallbackAsync(callback, context.RequestAborted);
        var error = parsed.Error;
        if (parsed.Succeeded)
        {
            // Not cancelled with the request: a gateway that hangs up early must still find the payment booked.
            var outcome = await services.GetRequiredService<IPaymentIntake>().ApplyAsync(services.GetRequiredService<TenantScope>(), parsed.Value, CancellationToken.None);
            error = outcome.Error;
        }

        if (error is not null)
        {
            await RefuseAsync(context, provider, error, unread: !parsed.Succeeded);
            return;
        }

        await WriteAsync(context, provider.SuccessReply);
    }

    private static async Task RefuseAsync(HttpContext context, IPaymentProvider provider, CommerceError error, bool unread)
    {
        var services = context.RequestServices;
        var tenant = services.GetRequiredService<TenantScope>().Tenant;
        // Anybody can send unsigned rubbish: it's refused without end, but a flood fills neither the log nor the database.
        if (services.GetRequiredService<RequestLimits>().Allows(LimitedAction.BadCallback, tenant, context))
        {
            if (unread)
            {
                await services.GetRequiredService<IPaymentRefusals>().RecordAsync(services.GetRequiredService<TenantScope>(), provider.Name, error.Code, CancellationToken.None);
            }

            services.GetRequiredService<ILoggerFactory>().CreateLogger("LinkShop.Payments.Callback").LogWarning(
                "Callback of {Provider} for {Tenant} from {Address} refused: {Code} {Message}",
                provider.Name, tenant, context.Connection.RemoteIpAddress, error.Code, error.Message);
        }

        await WriteAsync(context, provider.FailureReply(error));
    }

    private static async Task WriteAsync(HttpContext context, PaymentCallbackReply reply)
    {
        var bytes = Encoding.UTF8.GetBytes(reply.Body);
        context.Response.StatusCode = reply.StatusCode;
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static IPaymentProvider? Find(IServiceProvider services, string name)
    {
        foreach (var provider in services.GetServices<IPaymentProvider>())
        {
            if (provider.Name.Equals(name, StringComparison.Ordinal))
            {
                return provider;
            }
        }

        return null;
    }

    /// <summary>The request's headers without a copy.</summary>
    private sealed class HeaderView(IHeaderDictionary headers) : IReadOnlyDictionary<string, string>
    {
        public string this[string key] => headers[key].ToString();

        public IEnumerable<string> Keys => headers.Keys;

        public IEnumerable<string> Values => headers.Values.Select(v => v.ToString());

        public int Count => headers.Count;

        public bool ContainsKey(string key) => headers.ContainsKey(key);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
        {
            value = headers.TryGetValue(key, out var found) ? found.ToString() : null;
            return value is not null;
        }

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => headers.Select(h => KeyValuePair.Create(h.Key, h.Value.ToString())).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private static class QueryView
    {
        private static readonly Dictionary<string, string> s_none = [];

        public static IReadOnlyDictionary<string, string> Of(HttpRequest request) =>
            request.QueryString.HasValue ? request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()) : s_none;
    }
}
