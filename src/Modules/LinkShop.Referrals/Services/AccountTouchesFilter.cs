using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Logging;
using OrchardCore.Admin;

namespace LinkShop.Referrals.Services;

/// <summary>Once after a sign-in, at the first page of the storefront: what this browser remembers counts for the account, also on other devices.</summary>
internal sealed partial class AccountTouchesFilter(IReferralClicks clicks, IPromoters promoters, ReferralCookie cookie, TenantScope scope, ILogger<AccountTouchesFilter> logger) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        // forms do their own work only, and staff at work buys nothing
        if (HttpMethods.IsGet(context.HttpContext.Request.Method) && context.Controller is Controller && !AdminAttribute.IsApplied(context.HttpContext))
            await TakeOverAsync(context.HttpContext);
        await next();
    }

    private async Task TakeOverAsync(HttpContext context)
    {
        if (OrderGate.UserId(context) is not { } user || cookie.IsTakenOver(context, user) || cookie.Tokens(context) is not { Count: > 0 } tokens)
            return;
        try
        {
            await clicks.SignedInAsync(scope, user, tokens, context.RequestAborted);
            // of a promoter's browser nothing is earned, also when nobody is signed in
            if (cookie.VisitorId(context) is { } device)
                await promoters.SignalAsync(scope, user, PromoterSignal.Device, device, context.RequestAborted);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !context.RequestAborted.IsCancellationRequested)
        {
            // also while the shop moves to another database: the page matters more, and as the cookie isn't marked, the next one tries again
            LogLater(logger, scope.Tenant, e);
            return;
        }

        cookie.TakeOver(context, user);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Clicks of somebody who signed in at {Tenant} count for the account later.")]
    private static partial void LogLater(ILogger logger, string tenant, Exception error);
}
