using System.Globalization;
using System.Security.Claims;
using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Commerce.Resale;
using LinkShop.Resale.Services;
using LinkShop.Resale.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;

namespace LinkShop.Resale.Controllers;

/// <summary>Goods of suppliers in this shop.</summary>
[Feature("LinkShop.Resale")]
[Admin("Resale/Goods/{action}", "ResaleGoods{action}")]
public sealed class ResaleGoodsController(
    IResaleListings listings, ISupplierNotices notices, ISupplyDues dues, Partners partners, ISuppliedProducts products, ResaleMessages messages, IAuthorizationService authorization, TenantScope scope, INotifier notifier, IHtmlLocalizer<ResaleGoodsController> H) : Controller
{
    private const int MaxTitle = 200;

    /// <summary>What is sold here already, and what can be.</summary>
    [Admin("Resale/Goods", "ResaleGoodsIndex")]
    public async Task<IActionResult> Index(string? q)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var listed = await listings.ListAsync(scope, HttpContext.RequestAborted);
        var owed = await dues.OwedAsync(scope, HttpContext.RequestAborted);
        var names = await partners.NamesAsync(listed.Select(l => l.Upstream).Concat(owed.Select(d => d.Other)).Distinct(), HttpContext.RequestAborted);
        var open = await notices.OpenAsync(scope, HttpContext.RequestAborted);
        var choices = await listings.SearchAsync(scope, q, 50, HttpContext.RequestAborted);
        var who = await partners.WhoAsync(listed.Select(l => l.Upstream).Concat(owed.Select(d => d.Other)).Concat(choices.Select(c => c.Upstream)), HttpContext.RequestAborted);
        return View(new GoodsViewModel(listed, open, q, choices, owed, names, who));
    }

    /// <summary>The form for one offer.</summary>
    public async Task<IActionResult> Add(string? upstream, string? offer)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        return await FindAsync(upstream, offer) is { } choice
            ? View(await ModelAsync(new AddForm { Upstream = upstream, Offer = offer, Price = choice.Offer.Suggested.ToDecimalString(), GoodsTitle = choice.Offer.Title }, choice))
            : NotFound();
    }

    /// <summary>Sells it here from now on.</summary>
    [HttpPost, ActionName("Add"), ValidateAntiForgeryToken]
    public async Task<IActionResult> AddPost(AddForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        if (await FindAsync(form.Upstream, form.Offer) is not { } choice)
        {
            await notifier.WarningAsync(H["The supplier doesn't offer this to your shop any more."]);
            return RedirectToAction(nameof(Index));
        }

        var title = string.IsNullOrWhiteSpace(form.GoodsTitle) ? choice.Offer.Title : form.GoodsTitle.Trim();
        var price = Money.Parse(form.Price, choice.Offer.Floor.Currency, nameof(form.Price), CultureInfo.InvariantCulture);
        if (!price.Succeeded)
        {
            return await RefusedAsync(form, choice, nameof(form.Price), messages.NoAmount(form.Price));
        }

        if (title.Length > MaxTitle)
        {
            return await RefusedAsync(form, choice, nameof(form.GoodsTitle), messages.Of(new CommerceError(CommerceErrors.TooLong, "")));
        }

        var listed = await listings.AddAsync(scope, new ListingDraft(choice.Upstream, choice.Offer.Id, price.Value.Minor), User.Identity!.Name!, HttpContext.RequestAborted);
        if (listed.Error is { } error)
        {
            return await RefusedAsync(form, choice, nameof(form.Price), messages.Of(error));
        }

        var product = new SuppliedProduct(
            listed.Value.SkuId, title, choice.Offer.Variant, price.Value.Minor, price.Value.Currency, choice.Upstream, choice.Offer.SkuId, choice.Offer.Id, listed.Value.Id);
        var published = await products.PublishAsync(product, User.FindFirstValue(ClaimTypes.NameIdentifier), User.Identity.Name);
        if (published.Errors.Count > 0)
        {
            return await RefusedAsync(form, choice, "", string.Join(" ", published.Errors));
        }

        await notifier.SuccessAsync(H["It is on sale in your shop, with the supplier's texts and pictures. They are yours now: change them in the product editor as you like."]);
        if (published.WithoutPictures is { } why)
        {
            await notifier.WarningAsync(H["Not all pictures could be taken over: {0}", why]);
        }

        return RedirectToAction(nameof(Index));
    }

    /// <summary>Notes that somebody has looked at changed terms.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Accept(string listing, int version)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        await listings.AcceptAsync(scope, listing ?? "", version, User.Identity!.Name!, HttpContext.RequestAborted);
        return RedirectToAction(nameof(Index));
    }

    /// <summary>Notes that somebody has looked at something else that a supplier did.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Seen(string notice)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        await notices.SeenAsync(scope, notice ?? "", User.Identity!.Name!, HttpContext.RequestAborted);
        return RedirectToAction(nameof(Index));
    }

    private async Task<ResaleChoice?> FindAsync(string? upstream, string? offer) =>
        string.IsNullOrEmpty(upstream) || string.IsNullOrEmpty(offer) ? null : await listings.FindAsync(scope, upstream, offer, HttpContext.RequestAborted);

    private async Task<AddViewModel> ModelAsync(AddForm form, ResaleChoice choice) =>
        new(form, choice, (await partners.WhoAsync([choice.Upstream], HttpContext.RequestAborted)).GetValueOrDefault(choice.Upstream));

    private async Task<ViewResult> RefusedAsync(AddForm form, ResaleChoice choice, string field, string message)
    {
        ModelState.AddModelError(field, message);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Add", await ModelAsync(form, choice));
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, GoodsPermissions.ResellGoods);
}
