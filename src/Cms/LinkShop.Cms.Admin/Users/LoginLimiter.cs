using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Admin.Users;

/// <summary>
/// Slows down guessing: attempts by tenant and caller's address, whichever accounts they are for. Configuration
/// <c>OrchardCore:OrchardCore_Users:SignInAttemptsPerMinute</c> is for sites behind one shared address.
/// </summary>
internal sealed class LoginLimiter(IConfiguration configuration) : IDisposable
{
    public const int AttemptsPerMinute = 20;

    private readonly PartitionedRateLimiter<(string Tenant, string Address)> _limiter = Create(
        Math.Max(1, configuration.GetValue("OrchardCore:OrchardCore_Users:SignInAttemptsPerMinute", AttemptsPerMinute)), TimeSpan.FromMinutes(1));

    public bool TryAttempt(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(CallerOf(context));
        return lease.IsAcquired;
    }

    internal static (string Tenant, string Address) CallerOf(HttpContext context) =>
        (context.RequestServices.GetRequiredService<ShellSettings>().Name, NetworkOf(context.Connection.RemoteIpAddress));

    /// <summary>Counts an attempt; when there were too many, says so on the page that is shown again.</summary>
    /// <returns>Whether there were.</returns>
    public static bool IsTooOften(Controller controller, IStringLocalizer S)
    {
        if (controller.HttpContext.RequestServices.GetRequiredService<LoginLimiter>().TryAttempt(controller.HttpContext)) return false;
        controller.ModelState.AddModelError("", S["Too many attempts from your address. Wait a minute and try again."]);
        controller.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        controller.Response.Headers.RetryAfter = "60";
        return true;
    }

    // who has one IPv6 address has all 2^64 of its network (/64); IPv4 in the form of IPv6 is IPv4
    private static string NetworkOf(IPAddress? address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address?.MapToIPv4().ToString() ?? "";

    public void Dispose() => _limiter.Dispose();

    /// <summary>Counts by tenant and network.</summary>
    internal static PartitionedRateLimiter<(string Tenant, string Address)> Create(int permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<(string Tenant, string Address), (string, string)>(caller => RateLimitPartition.GetSlidingWindowLimiter(
            caller,
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = window, SegmentsPerWindow = 6, QueueLimit = 0 }));
}
