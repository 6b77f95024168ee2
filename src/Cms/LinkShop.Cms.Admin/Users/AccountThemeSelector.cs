using Microsoft.AspNetCore.Http;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Theming;

namespace LinkShop.Cms.Admin.Users;

/// <summary>Shows sign-in and password pages in the admin's theme.</summary>
internal sealed class AccountThemeSelector(IHttpContextAccessor accessor, IAdminThemeService adminTheme) : IThemeSelector
{
    public async Task<ThemeSelectorResult?> GetThemeAsync()
    {
        if (accessor.HttpContext?.Request.RouteValues["area"] is not ("OrchardCore.Users" or "OrchardCore.Users.Registration" or "OrchardCore.Users.ResetPassword" or "OrchardCore.Users.ChangeEmail")) return null;
        return await adminTheme.GetAdminThemeNameAsync() is { Length: > 0 } name ? new ThemeSelectorResult { Priority = 100, ThemeName = name } : null;
    }
}
