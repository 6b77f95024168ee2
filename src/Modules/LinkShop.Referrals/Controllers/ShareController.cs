using System.Text;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using LinkShop.Referrals.Services;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.WebUtilities;

namespace LinkShop.Referrals.Controllers;

/// <summary>Shared links: where they lead, and what they look like elsewhere.</summary>
[Route("r")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ShareController(
    LinkPages pages, IReferralClicks clicks, DataPictures pictures, ReferralCookie cookie, IReferralProgram program, RequestLimits limits, TenantScope scope, IHtmlLocalizer<ShareController> H) : Controller
{
    // who may show the card in a frame is anybody; it runs nothing and asks for nothing
    private const string CardPolicy = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

    /// <summary>Counts a person's click and leads to the goods. Nothing is stored in the browser before its owner agrees.</summary>
    [HttpGet("{id:length(4,32)}")]
    public async Task<IActionResult> Go(string id)
    {
        if (!limits.Allows(LimitedAction.Read, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        if (await pages.FindAsync(id, HttpContext.RequestAborted) is not var (link, thing))
            return Gone();
        var click = await clicks.HitAsync(scope, HitOf(link), HttpContext.RequestAborted);
        var query = new Dictionary<string, string?> { [SharedNoteFilter.LinkParameter] = link.Id };
        if (click.Token is { } token)
        {
            if (cookie.VisitorId(HttpContext) is not null)
                await RememberAsync(link.Id, token);
            else
                query[SharedNoteFilter.ClickParameter] = token;
        }

        return LocalRedirect(QueryHelpers.AddQueryString(thing.Target, query));
    }

    /// <summary>The visitor's answer: whether the browser may remember who recommended the shop.</summary>
    [HttpPost("consent"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Consent(string? link, string? click, string? answer, string? back)
    {
        if (!limits.Allows(LimitedAction.Read, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        if (answer == "yes" && await pages.FindAsync(link, HttpContext.RequestAborted) is var (found, _) && click is { Length: > 0 and <= 200 } token && !token.Any(char.IsWhiteSpace))
            await RememberAsync(found.Id, token);
        if (answer == "forget")
            cookie.Forget(HttpContext);
        return Url.IsLocalUrl(back) ? LocalRedirect(back) : Redirect("~/");
    }

    /// <summary>The poster.</summary>
    [HttpGet("{id:length(4,32)}/poster.svg")]
    public async Task<IActionResult> Poster(string id) => await DisclosedAsync(id) is { } thing
        ? Picture(Encoding.UTF8.GetBytes(GoodsPoster.Svg(await TextAsync(thing))), "image/svg+xml", $"poster-{thing.Id}.svg")
        : NotFound();

    /// <summary>The QR code as a vector picture.</summary>
    [HttpGet("{id:length(4,32)}/qr.svg")]
    public async Task<IActionResult> QrSvg(string id) => await ShownAsync(id) is { } thing
        ? Picture(Encoding.UTF8.GetBytes(QrCodes.Svg(thing.Address, thing.Title)), "image/svg+xml", $"qr-{thing.Id}.svg")
        : NotFound();

    /// <summary>The QR code as PNG.</summary>
    [HttpGet("{id:length(4,32)}/qr.png")]
    public async Task<IActionResult> QrPng(string id) => await ShownAsync(id) is { } thing ? Picture(QrCodes.Png(thing.Address), "image/png", $"qr-{thing.Id}.png") : NotFound();

    /// <summary>A card for other people's pages.</summary>
    [HttpGet("{id:length(4,32)}/card")]
    public async Task<IActionResult> Card(string id)
    {
        if (await DisclosedAsync(id) is not { } thing)
            return NotFound();
        Response.Headers.ContentSecurityPolicy = CardPolicy;
        Response.Headers.Remove("X-Frame-Options");
        return PartialView(thing);
    }

    private ReferralHit HitOf(ReferralLink link) => new()
    {
        LinkId = link.Id,
        UserAgent = Request.Headers.UserAgent.ToString(),
        // a question for the headers alone is a program's
        Purpose = HttpMethods.IsGet(Request.Method) ? First("Sec-Purpose", "Purpose", "X-Moz") : "prefetch",
        VisitorId = cookie.VisitorId(HttpContext),
        ClientAddress = HttpContext.Connection.RemoteIpAddress?.ToString(),
        // an account's click is kept with the account: only of who agreed to be remembered
        UserId = cookie.VisitorId(HttpContext) is null ? null : OrderGate.UserId(HttpContext),
    };

    private string? First(params string[] names) => names.Select(n => Request.Headers[n].ToString()).FirstOrDefault(v => v.Length > 0);

    private async Task<SharedThing?> ShownAsync(string id) =>
        limits.Allows(LimitedAction.Read, scope.Tenant, HttpContext) && await pages.FindAsync(id, HttpContext.RequestAborted) is var (_, thing) ? thing : null;

    private async Task<SharedThing?> DisclosedAsync(string id) =>
        limits.Allows(LimitedAction.Read, scope.Tenant, HttpContext) && await pages.FindAsync(id, HttpContext.RequestAborted) is var (link, thing) ? await pages.DiscloseAsync(link, thing, HttpContext.RequestAborted) : null;

    // the click's own window, as the visitor was told
    private async Task RememberAsync(string link, string token)
    {
        if (await program.FindAsync(scope, HttpContext.RequestAborted) is { } rules)
            cookie.Remember(HttpContext, link, token, rules.ClickWindowDays);
    }

    private async Task<PosterText> TextAsync(SharedThing thing) => new()
    {
        Brand = thing.Brand,
        Title = thing.Title,
        Price = thing.PriceText,
        Call = H["Scan to have a look"].Value,
        Code = thing.Code is { } code ? string.Format(System.Globalization.CultureInfo.CurrentCulture, H["Code {0}"].Value, code) : null,
        Disclosure = thing.Disclosure,
        Address = thing.Address,
        Picture = await pictures.ReadAsync(thing.Picture),
        Fill = thing.Colours.Fill,
        OnFill = thing.Colours.OnFill,
    };

    private FileContentResult Picture(byte[] bytes, string type, string name)
    {
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; sandbox";
        Response.Headers.ContentDisposition = $"inline; filename={name}";
        return File(bytes, type);
    }

    private ViewResult Gone()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View("Gone");
    }
}
