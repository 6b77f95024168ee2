using System.Security.Claims;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>Asks the authorization service for a permission.</summary>
public static class AuthorizationServiceExtensions
{
    /// <summary>True when <paramref name="user"/> has <paramref name="permission"/>.</summary>
    public static Task<bool> AuthorizeAsync(this IAuthorizationService service, ClaimsPrincipal? user, Permission permission)
        => AuthorizeAsync(service, user, permission, null);

    /// <summary>True when <paramref name="user"/> has <paramref name="permission"/> on <paramref name="resource"/>, for example a content item or a content type's name.</summary>
    public static async Task<bool> AuthorizeAsync(this IAuthorizationService service, ClaimsPrincipal? user, Permission permission, object? resource)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (user is null) return false;
        var result = await service.AuthorizeAsync(user, resource, new PermissionRequirement(permission));
        return result.Succeeded;
    }
}
