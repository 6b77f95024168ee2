using System.Globalization;
using LinkShop.Checkout.Services;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Coupons;
using LinkShop.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Controllers;

/// <summary>Coupons in the admin.</summary>
[Admin("Coupons/{action}/{id?}", "Coupons{action}")]
public sealed class CouponsAdminController(
    ICoupons coupons, CouponGoods goods, CommerceMessages messages, IAuthorizationService authorization, TenantScope scope, ISiteService sites,
    INotifier notifier, IHtmlLocalizer<CouponsAdminController> H) : Controller
{
    private const int PageSize = 100;

    /// <summary>All coupons by code.</summary>
    public async Task<IActionResult> Index(string? after)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        return View(await coupons.ListAsync(scope, after, PageSize, HttpContext.RequestAborted));
    }

    /// <summary>The form for a new one.</summary>
    public async Task<IActionResult> Create() => await MayAsync() ? View(await PageAsync(null, new CouponForm())) : Forbid();

    /// <summary>Makes it.</summary>
    [HttpPost, ActionName("Create"), ValidateAntiForgeryToken]
    public async Task<IActionResult> CreatePost(CouponForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        if (DateFields.Check(ModelState, nameof(form.ValidUntil), form.ValidUntil, H["Please give a date from 1970 to 9998."].Value) && ModelState.IsValid)
        {
            var read = form.ToCoupon((await sites.GetSiteSettingsAsync()).TimeZoneId);
            var saved = await StoreAsync(read, null, coupons.AddAsync);
            if (saved.Succeeded)
            {
                await notifier.SuccessAsync(H["The coupon {0} was made.", saved.Value.Code]);
                return RedirectToAction(nameof(Index));
            }

            foreach (var error in saved.Errors)
            {
                Show(error, form.Kind);
            }
        }

        Response.StatusCode = 422;
        return View("Create", await PageAsync(null, form));
    }

    /// <summary>The form for what may change of one that is in use.</summary>
    public async Task<IActionResult> Edit(string id)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        return await coupons.GetAsync(scope, id, HttpContext.RequestAborted) is { } coupon
            ? View(await PageAsync(coupon, CouponForm.Of(coupon, (await sites.GetSiteSettingsAsync()).TimeZoneId)))
            : NotFound();
    }

    /// <summary>Changes it. Orders that have it keep what they were sold at.</summary>
    [HttpPost, ActionName("Edit"), ValidateAntiForgeryToken]
    public async Task<IActionResult> EditPost(string id, CouponForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        if (await coupons.GetAsync(scope, id, HttpContext.RequestAborted) is not { } coupon)
        {
            return NotFound();
        }

        if (DateFields.Check(ModelState, nameof(form.ValidUntil), form.ValidUntil, H["Please give a date from 1970 to 9998."].Value) && ModelState.IsValid)
        {
            var read = form.Change(coupon, (await sites.GetSiteSettingsAsync()).TimeZoneId);
            var saved = await StoreAsync(read, coupon, coupons.ChangeAsync);
            if (saved.Succeeded)
            {
                await notifier.SuccessAsync(H["The coupon {0} was changed. It holds from the next order on.", saved.Value.Code]);
                return RedirectToAction(nameof(Index));
            }

            if (saved.Error is { Code: CommerceErrors.Conflict } conflict)
            {
                // shown as it is now: sent again as it was, the form would undo what somebody else did
                await notifier.WarningAsync(H["{0}", messages.Of(conflict)]);
                return RedirectToAction(nameof(Edit), new { id });
            }

            foreach (var error in saved.Errors)
            {
                Show(error, coupon.Kind);
            }
        }

        Response.StatusCode = 422;
        return View("Edit", await PageAsync(coupon, form));
    }

    /// <summary>Switches a coupon on or off; orders that have it keep it.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Toggle(string id)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        if (await coupons.GetAsync(scope, id, HttpContext.RequestAborted) is not { } coupon)
        {
            return NotFound();
        }

        var saved = await coupons.ChangeAsync(scope, coupon with { Enabled = !coupon.Enabled }, HttpContext.RequestAborted);
        await (saved.Succeeded
            ? notifier.SuccessAsync(saved.Value.Enabled ? H["The coupon {0} can be used again.", id] : H["The coupon {0} can't be used any more.", id])
            : notifier.ErrorAsync(H["{0}", messages.Of(saved.Errors[0])]));
        return RedirectToAction(nameof(Index));
    }

    private async Task<CouponPage> PageAsync(Coupon? coupon, CouponForm form) => new(coupon, form, await goods.ListAsync(form, HttpContext.RequestAborted));

    private async Task<CommerceResult<Coupon>> StoreAsync(CommerceResult<Coupon> read, Coupon? before, Func<TenantScope, Coupon, CancellationToken, Task<CommerceResult<Coupon>>> store)
    {
        if (!read.Succeeded)
        {
            return read;
        }

        var missing = await goods.MissingAsync(read.Value, before, HttpContext.RequestAborted);
        return missing.Count > 0 ? CommerceResult<Coupon>.Failure(missing) : await store(scope, read.Value, HttpContext.RequestAborted);
    }

    private void Show(CommerceError error, CouponKind kind) => ModelState.AddModelError(CouponForm.FieldOf(error.Field), error switch
    {
        { Code: CommerceErrors.Conflict } => H["There is a coupon with this code already."].Value,
        { Code: CommerceErrors.NotFound, Field: "skuIds" } => string.Format(CultureInfo.CurrentCulture, H["There is no variant with the code “{0}”."].Value, error.Message),
        { Code: CommerceErrors.NotFound, Field: "categoryIds" } => string.Format(CultureInfo.CurrentCulture, H["There is no such category: {0}"].Value, error.Message),
        { Code: CommerceErrors.Invalid, Field: "value" or "basisPoints" } when kind == CouponKind.Percentage => H["A percentage from 0.01 to 100, with two decimals at most."].Value,
        _ when CouponForm.FieldOf(error.Field) is nameof(CouponForm.Value) or nameof(CouponForm.Cap) or nameof(CouponForm.Minimum) => H["An amount like 5.00, with no more decimals than the currency has."].Value,
        _ => messages.Of(error),
    });

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManageCoupons);
}
