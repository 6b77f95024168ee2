using System.Security.Claims;
using LinkShop.Platform.ViewModels;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.Security.Permissions;

namespace LinkShop.Platform.Services;

/// <summary>Which parts of a start page are for whom: those that lead to screens which they may open. The screens are other modules', and one that isn't there is nobody's.</summary>
public sealed class DashboardReader(IAuthorizationService authorization, IPermissionService permissions)
{
    /// <summary>The parts for somebody.</summary>
    /// <param name="user">Who reads the page.</param>
    public async Task<DashboardParts> PartsAsync(ClaimsPrincipal user)
    {
        return new DashboardParts(
            Sales: await authorization.AuthorizeAsync(user, Permissions.ViewDashboard) || await MayAsync("ViewOrderMoney"),
            Orders: await MayAsync("ViewOrders"),
            Refunds: await MayAsync("ManageOrders"),
            Messages: await MayAsync("ManageTickets"),
            Goods: await MayAsync("ManageKeyPools"),
            Supplies: await MayAsync("ResellGoods"),
            Wallet: await MayAsync("ViewShopWallet"));

        async Task<bool> MayAsync(string name) => await permissions.FindByNameAsync(name) is { } known && await authorization.AuthorizeAsync(user, known);
    }
}
