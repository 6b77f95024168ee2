using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Shops.Controllers;

/// <summary>What each shop costs the platform and brings it.</summary>
[Feature("LinkShop.Shops")]
[Admin("ShopUsage/{action}", "ShopUsage{action}")]
public sealed class ShopUsageController(IShopUsages usages, ISiteService sites, IAuthorizationService authorization) : Controller
{
    private const int PageSize = 50;

    /// <summary>The report.</summary>
    public async Task<IActionResult> Index(UsageFilter filter)
    {
        if (!await MayAsync())
            return Forbid();
        var currencies = await usages.CurrenciesAsync(PlatformTenant.Scope, HttpContext.RequestAborted);
        filter.Currency = CurrencyOf(filter, currencies);
        var page = await usages.ListAsync(PlatformTenant.Scope, filter.ToQuery(PageSize), HttpContext.RequestAborted);
        var sum = await usages.SumAsync(PlatformTenant.Scope, filter.Currency, HttpContext.RequestAborted);
        var zone = (await sites.GetSiteSettingsAsync()).TimeZoneId;
        return View(new UsagePage(filter, page.Shops, page.Next, sum, sum.CountedAt is { } at ? LocalTime.In(zone, at) : null, currencies));
    }

    /// <summary>The same as a CSV file, as it is being read.</summary>
    public async Task<IActionResult> Export(UsageFilter filter)
    {
        if (!await MayAsync())
            return Forbid();
        var currency = CurrencyOf(filter, await usages.CurrenciesAsync(PlatformTenant.Scope, HttpContext.RequestAborted));
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"shops.csv\"";
        await usages.WriteCsvAsync(PlatformTenant.Scope, currency, filter.Q, Response.Body, HttpContext.RequestAborted);
        return new EmptyResult();
    }

    private static string CurrencyOf(UsageFilter filter, IReadOnlyList<string> currencies) =>
        currencies.Contains(filter.Currency, StringComparer.Ordinal) ? filter.Currency! : currencies.Count > 0 ? currencies[0] : UsageFilter.DefaultCurrency;

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, PlatformPermissions.ManageShops);
}
