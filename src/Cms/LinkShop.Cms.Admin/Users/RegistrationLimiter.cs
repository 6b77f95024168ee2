using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace LinkShop.Cms.Admin.Users;

/// <summary>
/// Keeps one network from making accounts by the hundred, by tenant (<c>LinkShop:RateLimits:AccountsPerHour</c>): what each account may do once, as opening shops, is limited only while
/// accounts are.
/// </summary>
internal sealed class RegistrationLimiter(IConfiguration configuration) : IDisposable
{
    public const int AccountsPerHour = 20;

    private readonly PartitionedRateLimiter<(string Tenant, string Address)>? _limiter = configuration.GetValue("LinkShop:RateLimits:Enabled", true)
        ? LoginLimiter.Create(Math.Max(1, configuration.GetValue("LinkShop:RateLimits:AccountsPerHour", AccountsPerHour)), TimeSpan.FromHours(1))
        : null;

    /// <summary>Counts an account that is about to be made; when there were too many, says so on the page that is shown again.</summary>
    /// <returns>Whether there were.</returns>
    public static bool IsTooOften(Controller controller, IStringLocalizer S)
    {
        var limiter = controller.HttpContext.RequestServices.GetRequiredService<RegistrationLimiter>()._limiter;
        using var lease = limiter?.AttemptAcquire(LoginLimiter.CallerOf(controller.HttpContext));
        if (lease is null or { IsAcquired: true }) return false;
        controller.ModelState.AddModelError("", S["Many accounts were made from your network in the last hour. You can make one in an hour, or from another network."]);
        controller.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        // the window is over by then; it may be sooner
        controller.Response.Headers.RetryAfter = "3600";
        return true;
    }

    public void Dispose() => _limiter?.Dispose();
}
