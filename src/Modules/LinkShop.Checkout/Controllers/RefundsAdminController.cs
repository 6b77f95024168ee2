using LinkShop.Commerce;
using LinkShop.Commerce.Refunds;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;

namespace LinkShop.Checkout.Controllers;

/// <summary>What buyers want back, in the admin. It is answered on the order's page.</summary>
[Admin("Refunds/{action}/{id?}", "Refunds{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class RefundsAdminController(IRefunds refunds, IAuthorizationService authorization, TenantScope scope) : Controller
{
    /// <summary>Requests that wait for an answer.</summary>
    public async Task<IActionResult> Index() =>
        await authorization.AuthorizeAsync(User, Permissions.ManageOrders) ? View(await refunds.OpenAsync(scope, 100, HttpContext.RequestAborted)) : Forbid();
}
