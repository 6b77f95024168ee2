using LinkShop.Commerce;
using LinkShop.Commerce.Customers;
using LinkShop.Http;
using LinkShop.Support.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;

namespace LinkShop.Support.Controllers;

/// <summary>Who bought here.</summary>
[Admin("Customers/{action}/{id?}", "Customers{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class CustomersAdminController(ICustomers customers, IAccountNames names, IAuthorizationService authorization, TenantScope scope) : Controller
{
    /// <summary>The list, by the latest order.</summary>
    public async Task<IActionResult> Index(string? q, string? after) =>
        await MayAsync() ? View(await PageAsync(q, await customers.ListAsync(scope, q, after, cancellationToken: HttpContext.RequestAborted))) : Forbid();

    /// <summary>Who made an order.</summary>
    public async Task<IActionResult> Detail(string id, string? after)
    {
        if (!await MayAsync())
            return Forbid();
        if (await customers.DetailAsync(scope, id, after, HttpContext.RequestAborted) is not { } detail)
            return NotFound();
        var account = detail.Customer.UserId ?? "";
        return View(new CustomerViewModel(id, detail, await authorization.AuthorizeAsync(User, Permissions.ManageTickets), (await names.NamesAsync([account]))[account]));
    }

    // who left no contact is known by their account
    private async Task<CustomersViewModel> PageAsync(string? q, CustomerPage page) =>
        new(q, page, await names.NamesAsync(page.Customers.Where(c => c.Contact is null).Select(c => c.UserId ?? "")));

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ViewCustomers);
}
