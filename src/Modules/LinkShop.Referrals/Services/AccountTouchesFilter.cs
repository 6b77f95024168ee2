using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LinkShop.Referrals.Services;

/// <summary>Once after a sign-in: what this browser remembers counts for the account, also on other devices.</summary>
internal sealed class AccountTouchesFilter(IReferralClicks clicks, ReferralCookie cookie, TenantScope scope) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        if (OrderGate.UserId(context.HttpContext) is { } user && cookie.TakeOver(context.HttpContext, user) && cookie.Tokens(context.HttpContext) is { Count: > 0 } tokens)
            await clicks.SignedInAsync(scope, user, tokens, context.HttpContext.RequestAborted);
        await next();
    }
}
