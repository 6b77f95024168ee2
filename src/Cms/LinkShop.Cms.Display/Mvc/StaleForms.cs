using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace LinkShop.Cms.Display.Mvc;

/// <summary>Remembers that a form's token was refused: whoever signed in or out in another tab is told so, instead of that their request isn't right.</summary>
internal sealed class StaleForms : IAlwaysRunResultFilter
{
    private static readonly object s_key = new();

    /// <summary>Whether the request was a form whose token isn't the visitor's.</summary>
    public static bool Refused(HttpContext context) => context.Items.ContainsKey(s_key);

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
            context.HttpContext.Items[s_key] = s_key;
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
