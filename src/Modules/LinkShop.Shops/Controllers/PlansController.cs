using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Modules;
using YesSql;

namespace LinkShop.Shops.Controllers;

/// <summary>The plans, compared, with the way to buy one.</summary>
[Feature("LinkShop.Shops")]
[Route("plans")]
public sealed class PlansController(YesSql.ISession session, IOfferCatalog offers) : Controller
{
    /// <summary>All of them; from a shop's desk with the shop filled in.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? shop)
    {
        var columns = new List<PlanColumn>();
        foreach (var item in await session.Query<ContentItem, ContentItemIndex>(index => index.ContentType == "ShopPlan" && index.Published).ListAsync())
        {
            if (item.As<ShopPlanPart>() is { Code.Length: > 0 } part)
                columns.Add(await ColumnAsync(item, part));
        }

        return View(new PlansPage([.. columns.OrderBy(column => column.Plan.Rank)], ShopSlugs.Check(shop) is null ? shop : null));
    }

    private async Task<PlanColumn> ColumnAsync(ContentItem item, ShopPlanPart part)
    {
        var chinese = CultureInfo.CurrentUICulture.Name.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
        return new PlanColumn(
            part.ToPlan(), chinese || string.IsNullOrWhiteSpace(part.TitleEn) ? item.DisplayText ?? part.Code : part.TitleEn, chinese || string.IsNullOrWhiteSpace(part.SummaryEn) ? part.Summary : part.SummaryEn,
            await PriceAsync(part.MonthSku), await PriceAsync(part.YearSku));
    }

    // what the checkout would take: a plan has two variants, and there are few plans
    private async Task<Money?> PriceAsync(string? sku) =>
        !string.IsNullOrWhiteSpace(sku) && await offers.GetAsync(PlatformTenant.Scope, sku, HttpContext.RequestAborted) is { OnSale: true } offer ? offer.Price : null;
}
