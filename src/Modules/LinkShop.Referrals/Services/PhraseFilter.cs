using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LinkShop.Referrals.Services;

/// <summary>A share phrase (口令) pasted into the search box leads where its link leads.</summary>
internal sealed class PhraseFilter(IReferralLinks links, TenantScope scope) : IAsyncActionFilter
{
    private static readonly char[] s_marks = ['#', '＃', '「', '」'];

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        // nobody marks the words of a search like that
        if (context.RouteData.Values["area"]?.ToString() == "LinkShop.Storefront" && context.RouteData.Values["controller"]?.ToString() == "Search"
            && context.HttpContext.Request.Query["q"].ToString() is { Length: > 0 } text && text.IndexOfAny(s_marks) >= 0
            && await links.ResolveAsync(scope, text, context.HttpContext.RequestAborted) is { } link)
        {
            context.Result = new RedirectResult("~/r/" + link.Id);
            return;
        }

        await next();
    }
}
