using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using LinkShop.Referrals.Services;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LinkShop.Referrals.Controllers;

/// <summary>A promoter's rewards, each with how it came about. Of the buyer nothing is shown.</summary>
[Authorize]
[Route("account/promote/commissions")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class CommissionsController(IReferralRecords records, PromoterPages pages, TenantScope scope) : Controller
{
    private string UserId => OrderGate.UserId(HttpContext)!;

    /// <summary>Newest first.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? before) => View(CommissionsPage.Of(
        await records.OfPromoterAsync(scope, UserId, CommerceId.IsWellFormed(before ?? "") ? before : null, CommissionsPage.Size + 1, HttpContext.RequestAborted)));

    /// <summary>How one came about.</summary>
    [HttpGet("{order:length(26)}/{line:int}/{level:int}")]
    public async Task<IActionResult> Trace(string order, int line, int level) =>
        await pages.TraceAsync(order, line, level, UserId, HttpContext.RequestAborted) is { } page ? View(page) : NotFound();
}
