using LinkShop.Commerce;
using LinkShop.Commerce.Announcements;
using LinkShop.Http;
using LinkShop.Platform.Services;
using LinkShop.Platform.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Platform.Controllers;

/// <summary>What the platform tells all shops; only the platform itself has these screens. Any shop's staff may put a banner away.</summary>
[Admin("Announcements/{action}/{id?}", "Announcements{action}")]
public sealed class AnnouncementsController(
    IAnnouncements announcements, SeenAnnouncements seen, ISiteService sites, ShellSettings settings, TimeProvider clock, IAuthorizationService authorization, INotifier notifier,
    IHtmlLocalizer<AnnouncementsController> H) : Controller
{
    /// <summary>The list and the form.</summary>
    public async Task<IActionResult> Index() =>
        await MayAsync() ? View(new AnnouncementsViewModel(await announcements.ListAsync(HttpContext.RequestAborted), new AnnouncementForm(), clock.GetUtcNow())) : Forbid();

    /// <summary>Publishes one.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Publish(AnnouncementForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var (zone, now) = ((await sites.GetSiteSettingsAsync()).TimeZoneId, clock.GetUtcNow());
        var message = H["Please give a date from 1970 to 9998."].Value;
        if (!DateFields.Check(ModelState, nameof(form.StartsAt), form.StartsAt, message) | !DateFields.Check(ModelState, nameof(form.EndsAt), form.EndsAt, message))
        {
            return await AgainAsync(form, now);
        }

        var draft = new Announcement(
            "", form.TextZh ?? "", form.TextEn ?? "", form.Level, form.StartsAt is { } start ? LocalTime.Of(zone, start) : now, form.EndsAt is { } end ? LocalTime.Of(zone, end) : now.AddDays(7), User.Identity!.Name!);
        var published = await announcements.PublishAsync(draft, HttpContext.RequestAborted);
        if (published.Succeeded)
        {
            await notifier.SuccessAsync(H["Published. Every shop's admin shows it within seconds."]);
            return RedirectToAction(nameof(Index));
        }

        ModelState.AddModelError(
            published.Error!.Field ?? "",
            published.Error.Code switch
            {
                CommerceErrors.Required => H["Please write the announcement."].Value,
                CommerceErrors.TooLong => H["At most 500 characters."].Value,
                _ => H["The end must be after the start and not in the past."].Value,
            });
        return await AgainAsync(form, now);
    }

    private async Task<IActionResult> AgainAsync(AnnouncementForm form, DateTimeOffset now)
    {
        Response.StatusCode = 422;
        return View(nameof(Index), new AnnouncementsViewModel(await announcements.ListAsync(HttpContext.RequestAborted), form, now));
    }

    /// <summary>Takes one back.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Withdraw(string id)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        await announcements.WithdrawAsync(id, HttpContext.RequestAborted);
        await notifier.SuccessAsync(H["Taken back."]);
        return RedirectToAction(nameof(Index), new { id = "" });
    }

    /// <summary>Puts a banner away in this browser. Being in the admin at all is the permission.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Dismiss(string id, string? returnUrl)
    {
        if (!await authorization.AuthorizeAsync(User, AdminPermissions.AccessAdminPanel))
        {
            return Forbid();
        }

        seen.Add(HttpContext, id);
        return Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : Redirect("~/Admin");
    }

    private async Task<bool> MayAsync() => settings.IsDefaultShell() && await authorization.AuthorizeAsync(User, Permissions.ManageAnnouncements);
}
