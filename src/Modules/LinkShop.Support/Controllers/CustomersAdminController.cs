using LinkShop.Commerce;
using LinkShop.Commerce.Customers;
using LinkShop.Support.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;

namespace LinkShop.Support.Controllers;

/// <summary>Who bought here.</summary>
[Admin("Customers/{action}/{id?}", "Customers{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class CustomersAdminController(ICustomers customers, IAuthorizationService authorization, TenantScope scope) : Controller
{
    /// <summary>The list, by the latest order.</summary>
    public async Task<IActionResult> Index(string? q, string? after) =>
        await MayAsync() ? View(new CustomersViewModel(q, await customers.ListAsync(scope, q, after, cancellationToken: HttpContext.RequestAborted))) : Forbid();

    /// <summary>Who made an order.</summary>
    public async Task<IActionResult> Detail(string id, string? after) =>
        !await MayAsync() ? Forbid() : await customers.DetailAsync(scope, id, after, HttpContext.RequestAborted) is { } detail ? View(new CustomerViewModel(id, detail, await authorization.AuthorizeAsync(User, Permissions.ManageTickets))) : NotFound();

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ViewCustomers);
}
