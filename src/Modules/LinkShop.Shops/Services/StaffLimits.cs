using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrchardCore.Security;

namespace LinkShop.Shops.Services;

/// <summary>
/// The people of a shop and what they may do are its owner's, not the platform's: one of the platform's people who set the owner's password, or made themselves a second account that asks for the shop's
/// money, would be both of the two whom each payout takes.
/// </summary>
internal sealed class StaffLimits : AuthorizationHandler<PermissionRequirement>
{
    // Orchard has each of them for all users and for those of one role, by the same beginning; what is imported can hold users and roles too,
    // and who reads the shop's mails, or says by which server they go, gets the links by which its people choose passwords
    private static readonly string[] s_beginnings = ["EditUsers", "ManageUsers", "DeleteUsers", "AssignRole", "ManageRoles", "Import", "ManageEmailSettings"];

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (Array.Exists(s_beginnings, beginning => requirement.Permission.Name.StartsWith(beginning, StringComparison.Ordinal)) && ShopKeeper.IsStaff(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? ""))
            context.Fail();
        return Task.CompletedTask;
    }
}
