using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Mvc.ModelBinding;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Settings;

public class GeneralSettingsViewModel
{
    public string? SiteName { get; set; }

    public string? BaseUrl { get; set; }

    public string? TimeZoneId { get; set; }

    public int PageSize { get; set; }
}

internal sealed class GeneralSettingsDriver(IHttpContextAccessor accessor, IAuthorizationService authorization, IStringLocalizer<GeneralSettingsDriver> S)
    : DisplayDriver<ISite>
{
    public const string GroupId = "general";

    public override async Task<IDisplayResult?> EditAsync(ISite model, BuildEditorContext context)
    {
        if (!await IsAllowedAsync()) return null;
        return Initialize<GeneralSettingsViewModel>("GeneralSettings_Edit", view =>
        {
            view.SiteName = model.SiteName;
            view.BaseUrl = model.BaseUrl;
            view.TimeZoneId = model.TimeZoneId;
            view.PageSize = model.PageSize;
        }).Location("Content:1").OnGroup(GroupId);
    }

    public override async Task<IDisplayResult?> UpdateAsync(ISite model, UpdateEditorContext context)
    {
        if (context.GroupId != GroupId || !await IsAllowedAsync()) return null;
        var view = new GeneralSettingsViewModel();
        await context.Updater.TryUpdateModelAsync(view, Prefix);
        var errors = context.Updater.ModelState;
        if (string.IsNullOrWhiteSpace(view.SiteName)) errors.AddModelError(Prefix, nameof(view.SiteName), S["Enter the site's name."]);
        if (view.PageSize is < 5 or > 100) errors.AddModelError(Prefix, nameof(view.PageSize), S["Enter a number from 5 to 100."]);
        if (!string.IsNullOrWhiteSpace(view.BaseUrl) && !(Uri.TryCreate(view.BaseUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            errors.AddModelError(Prefix, nameof(view.BaseUrl), S["Enter an address that starts with http:// or https://."]);
        if (!string.IsNullOrEmpty(view.TimeZoneId) && !TimeZoneInfo.TryFindSystemTimeZoneById(view.TimeZoneId, out _))
            errors.AddModelError(Prefix, nameof(view.TimeZoneId), S["There is no such time zone."]);
        model.SiteName = view.SiteName?.Trim() ?? "";
        model.BaseUrl = string.IsNullOrWhiteSpace(view.BaseUrl) ? null : view.BaseUrl.Trim();
        model.TimeZoneId = string.IsNullOrEmpty(view.TimeZoneId) ? null : view.TimeZoneId;
        model.PageSize = view.PageSize;
        return await EditAsync(model, context);
    }

    private Task<bool> IsAllowedAsync()
        => authorization.AuthorizeAsync(accessor.HttpContext?.User, SettingsPermissions.ManageGroupSettings, (object)GroupId);
}
