using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.Security;

namespace LinkShop.Shops.Services;

/// <summary>In a shop only the platform's people verify payees and approve payouts, whatever its roles say: an account that somebody makes there is no second person.</summary>
internal sealed class PayoutApprovers : AuthorizationHandler<PermissionRequirement>
{
    private const string ManagePayouts = "ManagePayouts";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (requirement.Permission.Name == ManagePayouts && !ShopKeeper.IsStaff(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? ""))
            context.Fail();
        return Task.CompletedTask;
    }
}
