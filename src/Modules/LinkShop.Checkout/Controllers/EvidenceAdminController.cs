using LinkShop.Checkout.Services;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Evidence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;

namespace LinkShop.Checkout.Controllers;

/// <summary>The evidence pack of an order: a page to print and a file to hand over.</summary>
[Admin("Evidence/{action}/{id?}", "Evidence{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class EvidenceAdminController(IEvidence evidence, OrdersAdminPages pages, IAuthorizationService authorization, TenantScope scope) : Controller
{
    private const string FingerprintHeader = "LinkShop-Content-Sha256";

    /// <summary>The pack as a page.</summary>
    public Task<IActionResult> Index(string id) => BuildAsync(id, file => View(new EvidenceViewModel(file, pages.NameOf, pages.WhoOf, pages.NoteOf)));

    /// <summary>The pack as a JSON file.</summary>
    public Task<IActionResult> Download(string id) => BuildAsync(id, file => File(file.Json, "application/json", file.Name));

    private async Task<IActionResult> BuildAsync(string? id, Func<EvidenceFile, IActionResult> show)
    {
        if (!await authorization.AuthorizeAsync(User, Permissions.ManageOrders))
        {
            return Forbid();
        }

        if (!CommerceId.IsWellFormed(id))
        {
            return NotFound();
        }

        var built = await evidence.BuildAsync(scope, id!, User.Identity!.Name!, HttpContext.RequestAborted);
        if (!built.Succeeded)
        {
            return NotFound();
        }

        Response.Headers[FingerprintHeader] = built.Value.Sha256;
        return show(built.Value);
    }
}
