using LinkShop.Commerce.Announcements;
using LinkShop.Platform.ViewModels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.Environment.Shell;

namespace LinkShop.Platform.Services;

/// <summary>Shows the platform's announcements above every page of a shop's admin.</summary>
internal sealed class AnnouncementFilter(ILayoutAccessor layouts, IShapeFactory shapes, IAnnouncements announcements, SeenAnnouncements seen, ShellSettings settings) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.Result is ViewResult && !settings.IsDefaultShell() && http.User.Identity is { IsAuthenticated: true } && AdminAttribute.IsApplied(http)
            && await announcements.CurrentAsync(http.RequestAborted) is { Count: > 0 } current)
        {
            var away = seen.Of(http);
            var shown = current.Where(a => !away.Contains(a.Id)).ToList();
            if (shown.Count > 0 && (await layouts.GetLayoutAsync()).Zones["Messages"] is { } zone)
            {
                await zone.AddAsync(await shapes.CreateAsync<AnnouncementBannersViewModel>("AnnouncementBanners", model =>
                {
                    model.Announcements = shown;
                    model.ReturnUrl = http.Request.PathBase + http.Request.Path + http.Request.QueryString;
                }), "0");
            }
        }

        await next();
    }
}
