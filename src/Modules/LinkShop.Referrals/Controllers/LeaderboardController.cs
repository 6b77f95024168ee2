using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LinkShop.Referrals.Controllers;

/// <summary>The best promoters of the shop by own sales, without those who don't want to be shown.</summary>
[Authorize]
[Route("account/promote/leaderboard")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class LeaderboardController(IReferralDesks desks, IPromoters promoters, IReferralProgram program, TenantScope scope) : Controller
{
    /// <summary>The list.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index() => View(new LeaderboardPage(
        await desks.LeaderboardAsync(scope, 20, HttpContext.RequestAborted), await promoters.FindAsync(scope, OrderGate.UserId(HttpContext)!, HttpContext.RequestAborted),
        await program.FindAsync(scope, HttpContext.RequestAborted)));
}
