using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Modules;

namespace LinkShop.Shops.Controllers;

/// <summary>Opening one's own shop.</summary>
[Feature("LinkShop.Shops")]
[Route("open-a-shop")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class OpenController(ShopOpening opening, IShops shops, Visitors visitors, LookForms looks, ShopMessages messages, RequestLimits limits) : Controller
{
    /// <summary>The form; for a visitor what it is about, and the ways to an account.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index()
    {
        if (await visitors.CurrentAsync(User) is not { } owner)
            return View("Welcome");
        // what was interrupted comes first: it is repeated at the same address
        var begun = (await OwnAsync(owner)).FirstOrDefault(s => s.State == ShopState.Opening);
        var form = new OpenForm { Category = begun?.Category ?? ShopCategories.All[0], Title = begun?.Title, Slug = begun?.Slug ?? await SuggestAsync(owner.Name) };
        LookForms.Fill(form, new ShopBrand());
        return await ShowAsync(form, owner, 200);
    }

    /// <summary>Opens it.</summary>
    [HttpPost("")]
    [Authorize]
    [ValidateAntiForgeryToken]
    [RequestSizeLimit(4 * 1024 * 1024)]
    public async Task<IActionResult> Create(OpenForm form)
    {
        if (await visitors.CurrentAsync(User) is not { } owner)
            return Challenge();
        var brand = looks.Read(form, ModelState);
        var (logo, banner) = await looks.PicturesAsync(form, ModelState, HttpContext.RequestAborted);
        if (!ShopCategories.All.Contains(form.Category))
            form.Category = ShopCategories.All[^1];
        if (!limits.Allows(LimitedAction.Order, PlatformTenant.Scope.Tenant, HttpContext))
            return await TooOftenAsync(form, owner, messages.Of(new CommerceError(CommerceErrors.TooManyAttempts, "")));
        if (!ModelState.IsValid)
            return await ShowAsync(form, owner, 422);
        var wish = new ShopWish(new ShopClaim(form.Slug?.Trim() ?? "", form.Title ?? "", form.Category!, owner), brand, logo, banner);
        // only what can be opened counts, and what was begun has been counted
        if (!await opening.IsBegunAsync(wish.Claim.Slug, owner.UserId, HttpContext.RequestAborted))
        {
            if (await opening.CheckAsync(wish.Claim, HttpContext.RequestAborted) is { } wrong)
            {
                AddError(wrong);
                return await ShowAsync(form, owner, Problems.StatusOf(wrong.Code));
            }

            if (!limits.Allows(LimitedAction.OpenShop, PlatformTenant.Scope.Tenant, HttpContext, out var wait))
                return await TooOftenAsync(form, owner, messages.ShopsFromOneNetwork(wait));
        }

        var opened = await opening.OpenAsync(wish, limited: true, HttpContext.RequestAborted);
        if (opened.Succeeded)
            return RedirectToAction("Live", "MyShops", new { shop = opened.Value.Shop });
        AddError(opened.Error!);
        return await ShowAsync(form, owner, Problems.StatusOf(opened.Error!.Code));
    }

    /// <summary>Whether an address can be had, while it is typed.</summary>
    [HttpGet("check")]
    [Authorize]
    public async Task<IActionResult> Check(string? slug)
    {
        if (!limits.Allows(LimitedAction.Read, PlatformTenant.Scope.Tenant, HttpContext))
            return StatusCode(429, new { ok = false, message = messages.Of(new CommerceError(CommerceErrors.TooManyAttempts, "")) });
        var error = await opening.CheckAsync(slug, HttpContext.RequestAborted);
        if (error?.Code == ShopErrors.SlugTaken && await opening.IsBegunAsync(slug!, visitors.IdOf(User) ?? "", HttpContext.RequestAborted))
            error = null;
        return Json(new { ok = error is null, message = error is null ? messages.Free() : messages.Of(error) });
    }

    private void AddError(CommerceError error) => ModelState.AddModelError(error.Field switch
    {
        "slug" => nameof(OpenForm.Slug),
        "title" => nameof(OpenForm.Title),
        _ => "",
    }, messages.Of(error));

    private Task<IActionResult> TooOftenAsync(OpenForm form, ShopOwner owner, string message)
    {
        ModelState.AddModelError("", message);
        return ShowAsync(form, owner, 429);
    }

    private async Task<IActionResult> ShowAsync(OpenForm form, ShopOwner owner, int status)
    {
        Response.StatusCode = status;
        var own = await OwnAsync(owner);
        // one that was begun is no further one, and the register lets nobody open another beside it
        var mayOpen = own.Any(s => s.State == ShopState.Opening) || own.Count(s => s.State != ShopState.Closed) < opening.MaxPerOwner;
        return View("Index", new OpenPage(form, ShopAddresses.Of("", Request), mayOpen));
    }

    private async Task<IReadOnlyList<ShopInfo>> OwnAsync(ShopOwner owner) =>
        (await shops.SearchAsync(PlatformTenant.Scope, new ShopQuery(OwnerUser: owner.UserId, Take: 200), HttpContext.RequestAborted)).Shops;

    /// <summary>An address to begin with, made of the user's name. Only a suggestion: nothing is claimed.</summary>
    private async Task<string> SuggestAsync(string name)
    {
        var stem = string.Concat(name.ToLowerInvariant().Select(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') ? c : '-')).Trim('-');
        while (stem.Contains("--", StringComparison.Ordinal))
            stem = stem.Replace("--", "-", StringComparison.Ordinal);
        stem = stem.Length < 2 ? "my" : stem[..Math.Min(stem.Length, 20)].Trim('-');
        foreach (var ending in (string[])["", "-store", "-2", "-3", "-4"])
        {
            if (await opening.CheckAsync(stem + ending, HttpContext.RequestAborted) is null)
                return stem + ending;
        }

        return "";
    }
}
