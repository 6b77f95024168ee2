using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using LinkShop.Commerce;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LinkShop.Http;

/// <summary>How often one network address may do something in one tenant. Bound from <c>LinkShop:RateLimits</c>.</summary>
public sealed class RequestLimitOptions
{
    /// <summary>False switches all of these limits off.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Orders made per minute.</summary>
    public int OrdersPerMinute { get; set; } = 30;

    /// <summary>Attempts to find an order per minute.</summary>
    public int LookupsPerMinute { get; set; } = 20;

    /// <summary>Orders read per minute (the result page asks while it waits).</summary>
    public int ReadsPerMinute { get; set; } = 300;

    /// <summary>Messages to the shop per minute.</summary>
    public int MessagesPerMinute { get; set; } = 10;

    /// <summary>Looks of staff at what buyers told in confidence, per minute.</summary>
    public int RevealsPerMinute { get; set; } = 20;

    /// <summary>Downloads of what is kept about an account, and attempts to delete one, per minute.</summary>
    public int OwnDataPerMinute { get; set; } = 5;

    /// <summary>Payment callbacks with a bad signature per minute; signed ones are never limited.</summary>
    public int BadCallbacksPerMinute { get; set; } = 60;

    /// <summary>Questions of a proxy per minute whether it may have a certificate for a domain. High: it asks for everybody who knocks at it.</summary>
    public int DomainQuestionsPerMinute { get; set; } = 6000;

    /// <summary>Shops opened per hour. Each is a site with rows of its own and an address that nobody else can have.</summary>
    public int ShopsPerHour { get; set; } = 5;
}

/// <summary>What is limited.</summary>
public enum LimitedAction
{
    /// <summary>Making an order.</summary>
    Order,

    /// <summary>Finding an order by password.</summary>
    Lookup,

    /// <summary>Reading an order.</summary>
    Read,

    /// <summary>Writing to the shop.</summary>
    Message,

    /// <summary>Reading what a buyer told in confidence.</summary>
    Reveal,

    /// <summary>Taking along or deleting what is kept about oneself.</summary>
    OwnData,

    /// <summary>A callback that wasn't signed right.</summary>
    BadCallback,

    /// <summary>Asking whether a domain is a shop's.</summary>
    DomainQuestion,

    /// <summary>Opening a shop.</summary>
    OpenShop,
}

/// <summary>Counts by tenant and network address, so that no tenant's visitors use up another's. Idle counters are dropped by the limiter.</summary>
public sealed class RequestLimits : IDisposable
{
    private readonly bool _enabled;
    private readonly PartitionedRateLimiter<Key> _limiter;

    /// <summary>Reads the configured limits.</summary>
    public RequestLimits(IOptions<RequestLimitOptions> options, TimeProvider clock)
    {
        var limits = options.Value;
        _enabled = limits.Enabled;
        _limiter = PartitionedRateLimiter.Create<Key, Key>(key => RateLimitPartition.Get<Key>(key, k => new SlidingWindow(
            Math.Max(1, k.Action switch
            {
                LimitedAction.Order => limits.OrdersPerMinute,
                LimitedAction.Lookup => limits.LookupsPerMinute,
                LimitedAction.Message => limits.MessagesPerMinute,
                LimitedAction.Reveal => limits.RevealsPerMinute,
                LimitedAction.OwnData => limits.OwnDataPerMinute,
                LimitedAction.BadCallback => limits.BadCallbacksPerMinute,
                LimitedAction.DomainQuestion => limits.DomainQuestionsPerMinute,
                LimitedAction.OpenShop => limits.ShopsPerHour,
                _ => limits.ReadsPerMinute,
            }),
            k.Action == LimitedAction.OpenShop ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1),
            clock)));
    }

    /// <summary>Counts an action and tells whether it's still within the limit. If it isn't and is answered with 429, the answer says after how many seconds the next is.</summary>
    public bool Allows(LimitedAction action, string tenant, HttpContext context) => Allows(action, tenant, context, out _);

    /// <inheritdoc cref="Allows(LimitedAction, string, HttpContext)"/>
    /// <param name="action">What is done.</param>
    /// <param name="tenant">Where.</param>
    /// <param name="context">By whom.</param>
    /// <param name="wait">After how long the next is, when it isn't.</param>
    public bool Allows(LimitedAction action, string tenant, HttpContext context, out TimeSpan wait)
    {
        wait = default;
        if (!_enabled)
        {
            return true;
        }

        using var lease = _limiter.AttemptAcquire(new Key(action, tenant, NetworkAddress.Of(context.Connection.RemoteIpAddress ?? IPAddress.None)));
        if (!lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out wait))
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            // some are answered as if there were nothing
            context.Response.OnStarting(static state =>
            {
                var response = (HttpResponse)state;
                if (response.StatusCode != StatusCodes.Status429TooManyRequests)
                    response.Headers.RetryAfter = default;
                return Task.CompletedTask;
            }, context.Response);
        }

        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();

    private readonly record struct Key(LimitedAction Action, string Tenant, IPAddress Address);
}
