using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;

namespace LinkShop.Referrals.Services;

/// <summary>Says above every page that a shared link led to that somebody may earn by it, and asks whether the browser may remember it.</summary>
internal sealed class SharedNoteFilter(ILayoutAccessor layouts, IShapeFactory shapes, LinkPages pages, IReferralProgram program, ReferralCookie cookie, TenantScope scope) : IAsyncResultFilter
{
    /// <summary>Names the link in a page's address.</summary>
    public const string LinkParameter = "ref";

    /// <summary>Carries the click's token there, until the visitor answered.</summary>
    public const string ClickParameter = "hit";

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (context.Result is ViewResult && request.Query[LinkParameter] is [{ Length: > 0 } id] && !AdminAttribute.IsApplied(context.HttpContext)
            && await pages.FindAsync(id, context.HttpContext.RequestAborted) is var (link, found) && (await layouts.GetLayoutAsync()).Zones["Content"] is { } zone)
        {
            // what the note says depends on the visitor's cookie: no cache may keep the page
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            var thing = await pages.DiscloseAsync(link, found, context.HttpContext.RequestAborted);
            await zone.AddAsync(await shapes.CreateAsync<SharedNoteViewModel>("SharedNote", model => FillAsync(model, link, thing, context.HttpContext)), "0");
        }

        await next();
    }

    private async ValueTask FillAsync(SharedNoteViewModel model, ReferralLink link, SharedThing thing, HttpContext context)
    {
        var request = context.Request;
        var click = request.Query[ClickParameter].ToString();
        model.Link = link.Id;
        model.Code = link.Code;
        model.Disclosure = thing.Disclosure;
        model.Click = click.Length is > 0 and <= 200 ? click : null;
        model.Remembers = cookie.VisitorId(context) is not null;
        model.Asks = model.Click is not null && !model.Remembers;
        model.Days = (await program.FindAsync(scope, context.RequestAborted))?.ClickWindowDays ?? 0;
        model.Saves = thing.SavesPercent;
        model.Back = QueryHelpers.AddQueryString(request.PathBase + request.Path, LinkParameter, link.Id);
    }
}
