using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using OrchardCore;
using OrchardCore.Security;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Roles;

/// <summary>Grants a permission when one of the user's roles does. Roles are looked up at each request, so a change acts at once.</summary>
internal sealed class RolesPermissionsHandler(RolePermissions rolePermissions, ISiteService siteService) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.HasSucceeded) return;
        if (await IsSuperUserAsync(context.User) || await rolePermissions.IsGrantedAsync(RolesOf(context.User), requirement.Permission))
            context.Succeed(requirement);
    }

    internal static IEnumerable<string> RolesOf(ClaimsPrincipal user)
    {
        yield return OrchardCoreConstants.Roles.Anonymous;
        if (user.Identity?.IsAuthenticated != true) yield break;
        yield return OrchardCoreConstants.Roles.Authenticated;
        foreach (var claim in user.FindAll(ClaimTypes.Role)) yield return claim.Value;
    }

    private async Task<bool> IsSuperUserAsync(ClaimsPrincipal user)
        => user.Identity?.IsAuthenticated == true
            && user.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id
            && (await siteService.GetSiteSettingsAsync()).SuperUser == id;
}
