using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Localization;

namespace LinkShop.Storefront.Controllers;

/// <summary>Remembers the visitor's language.</summary>
[Route("language")]
public sealed class LanguageController(ILocalizationService localization) : Controller
{
    [HttpGet("{culture}")]
    public async Task<IActionResult> Choose(string culture, string? returnUrl)
    {
        if (!(await localization.GetSupportedCulturesAsync()).Contains(culture, StringComparer.OrdinalIgnoreCase))
            return NotFound();
        Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = Request.IsHttps, Path = "/" });
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "~/");
    }
}
