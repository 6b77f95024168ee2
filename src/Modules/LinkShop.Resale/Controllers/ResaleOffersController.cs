using System.Globalization;
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
using OrchardCore.Security.Permissions;
using OrchardCore.Settings;

namespace LinkShop.Resale.Controllers;

/// <summary>Which own goods other shops may sell.</summary>
[Feature("LinkShop.Resale.Upstream")]
[Admin("Resale/Offers/{action}", "ResaleOffers{action}")]
public sealed class ResaleOffersController(
    IResaleOffers offers, ISupplyHalts halts, IEnumerable<ISupplyGate> gates, ISupplyDues dues, Partners partners, ResaleMessages messages, ISiteService sites, IAuthorizationService authorization, IPermissionService permissions, TenantScope scope, INotifier notifier, IHtmlLocalizer<ResaleOffersController> H) : Controller
{
    /// <summary>All offers with the shops that sell them.</summary>
    [Admin("Resale/Offers", "ResaleOffersIndex")]
    public async Task<IActionResult> Index()
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        await FollowAsync();
        var list = await offers.ListAsync(scope, HttpContext.RequestAborted);
        var outlets = await offers.OutletsAsync(scope, null, HttpContext.RequestAborted);
        var due = await dues.DueAsync(scope, HttpContext.RequestAborted);
        // the wallet is another module's page, with its own permission: nobody is led to it who may not open it
        var wallet = await permissions.FindByNameAsync("ViewOwnWallet") is { } view && await authorization.AuthorizeAsync(User, view);
        return View(new OffersViewModel(
            list, outlets.ToLookup(o => o.OfferId), (await offers.CandidatesAsync(scope, HttpContext.RequestAborted)).Count > 0,
            due, await partners.NamesAsync(due.Select(d => d.Other), HttpContext.RequestAborted), wallet,
            await halts.FindAsync(scope, HttpContext.RequestAborted)));
    }

    /// <summary>The form, for a new offer or a known one.</summary>
    public async Task<IActionResult> Edit(string? sku)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var known = (await offers.ListAsync(scope, HttpContext.RequestAborted)).FirstOrDefault(o => o.SkuId == sku);
        if (sku is not null && known is null && (await offers.CandidatesAsync(scope, HttpContext.RequestAborted)).All(c => c.SkuId != sku))
        {
            return NotFound();
        }

        return View(await ModelAsync(known is null ? new OfferForm { Sku = sku, By = "cost", Supplier = (await sites.GetSiteSettingsAsync()).SiteName } : OfferForm.Of(known, await partners.NamesAsync(known.Shops, HttpContext.RequestAborted))));
    }

    /// <summary>Stores it.</summary>
    [HttpPost, ActionName("Edit"), ValidateAntiForgeryToken]
    public async Task<IActionResult> EditPost(OfferForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var model = await ModelAsync(form);
        var currency = model.Candidates.FirstOrDefault(c => c.SkuId == form.Sku)?.Price.Currency ?? model.Known?.Floor.Currency ?? "CNY";
        var draft = Read(form, currency);
        var (tenants, unknown) = await partners.TenantsAsync(draft.Shops, HttpContext.RequestAborted);
        draft = draft with { Shops = tenants };
        foreach (var address in unknown)
        {
            ModelState.AddModelError(nameof(form.Shops), messages.NoShop(address));
        }

        if (ModelState.IsValid)
        {
            await FollowAsync();
            var saved = await offers.SaveAsync(scope, draft, User.Identity!.Name!, HttpContext.RequestAborted);
            if (saved.Succeeded)
            {
                await notifier.SuccessAsync(H["Saved. It holds from the next order on, wherever this is sold on."]);
                return RedirectToAction(nameof(Index));
            }

            foreach (var error in saved.Errors)
            {
                ModelState.AddModelError(error.Field ?? "", messages.Of(error));
            }
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Edit", model);
    }

    /// <summary>Ends it.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Stop(string offer, string? note)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var stopped = await offers.StopAsync(scope, offer ?? "", note ?? "", User.Identity!.Name!, HttpContext.RequestAborted);
        if (stopped.Error is { } error)
        {
            await notifier.ErrorAsync(new LocalizedHtmlString("", messages.Of(error)));
        }
        else
        {
            await notifier.SuccessAsync(H["Stopped. No shop sells it any more, and each has been told."]);
        }

        return RedirectToAction(nameof(Index));
    }

    private ResaleDraft Read(OfferForm form, string currency)
    {
        var byRate = form.By == "rate";
        return new ResaleDraft
        {
            SkuId = form.Sku ?? "",
            FloorMinor = Amount(form.Floor, currency, nameof(form.Floor)),
            SuggestedMinor = Amount(form.Suggested, currency, nameof(form.Suggested)),
            CostMinor = byRate ? null : Amount(form.Cost, currency, nameof(form.Cost)),
            RateBasisPoints = byRate ? (decimal.TryParse(Typed.Plain(form.Rate).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100 ? (int)(percent * 100) : -1) : null,
            Refunds = form.Refunds,
            Audience = form.Audience,
            Shops = form.Audience == ResaleAudience.Everybody ? [] : (form.Shops ?? "").Split(['\n', ',', ' ', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Supplier = form.Supplier ?? "",
        };
    }

    private long Amount(string? typed, string currency, string field)
    {
        if (Money.Parse(typed, currency, field, CultureInfo.InvariantCulture) is { Succeeded: true } amount)
        {
            return amount.Value.Minor;
        }

        ModelState.AddModelError(field, messages.NoAmount(typed));
        return 0;
    }

    private async Task<OfferViewModel> ModelAsync(OfferForm form)
    {
        var known = (await offers.ListAsync(scope, HttpContext.RequestAborted)).FirstOrDefault(o => o.SkuId == form.Sku);
        var outlets = known is null ? [] : await offers.OutletsAsync(scope, known.Id, HttpContext.RequestAborted);
        return new OfferViewModel(
            form, known, await offers.CandidatesAsync(scope, HttpContext.RequestAborted), outlets, await partners.NamesAsync(outlets.Select(o => o.Shop), HttpContext.RequestAborted));
    }

    private async Task FollowAsync()
    {
        foreach (var gate in gates)
        {
            await gate.FollowAsync();
        }
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, OffersPermissions.OfferForResale);
}
