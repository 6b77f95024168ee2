using Microsoft.AspNetCore.Authorization;
using LinkShop.Cms.Admin.Roles;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.Contents;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using RoleNames = OrchardCore.OrchardCoreConstants.Roles;

namespace LinkShop.Cms.Admin.Contents;

/// <summary>The permissions on content in general and on each securable type.</summary>
internal sealed class ContentPermissionProvider(IContentDefinitionManager definitions) : IPermissionProvider
{
    private static readonly Permission[] s_general =
    [
        CommonPermissions.PublishContent, CommonPermissions.EditContent, CommonPermissions.DeleteContent, CommonPermissions.ViewContent,
        CommonPermissions.PreviewContent, CommonPermissions.ListContent,
    ];

    public async Task<IEnumerable<Permission>> GetPermissionsAsync()
    {
        var securable = (await definitions.ListTypeDefinitionsAsync()).Where(type => type.IsSecurable());
        return [.. s_general, .. securable.SelectMany(type => s_general.Select(permission => TypePermissions.For(permission, type.Name, type.DisplayName)))];
    }

    public IEnumerable<PermissionStereotype> GetDefaultStereotypes() =>
    [
        new() { Name = RoleNames.Administrator, Permissions = s_general },
        new() { Name = RoleNames.Editor, Permissions = s_general },
        new() { Name = RoleNames.Moderator, Permissions = [CommonPermissions.ListContent, CommonPermissions.ViewContent] },
        new() { Name = RoleNames.Anonymous, Permissions = [CommonPermissions.ViewContent] },
        new() { Name = RoleNames.Authenticated, Permissions = [CommonPermissions.ViewContent] },
    ];
}

internal static class TypePermissions
{
    /// <summary>The permission on one type; whoever has the general one has it too. Names are Orchard's, so recipes fit both.</summary>
    public static Permission For(Permission general, string type, string displayName) => new(
        $"{Prefix(general)}_{type}",
        $"{general.Description} - {displayName}",
        [general, .. general.ImpliedBy?.Select(stronger => For(stronger, type, displayName)) ?? []]) { Category = displayName };

    private static string Prefix(Permission general)
        => general.Name == CommonPermissions.ListContent.Name ? "ListContent" : general.Name.Replace("Content", "", StringComparison.Ordinal);
}

/// <summary>Grants a general permission on a content item, or a type's name, to those who have it on that type.</summary>
internal sealed class ContentTypeAuthorizationHandler(RolePermissions rolePermissions, IContentDefinitionManager definitions)
    : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        var typeName = context.Resource switch
        {
            IContent content => content.ContentItem?.ContentType,
            string name => name,
            _ => null,
        };
        if (context.HasSucceeded || typeName is null || !requirement.Permission.Name.EndsWith("Content", StringComparison.Ordinal)) return;
        if (await definitions.GetTypeDefinitionAsync(typeName) is not { } type || !type.IsSecurable()) return;
        if (await rolePermissions.IsGrantedAsync(RolesPermissionsHandler.RolesOf(context.User), TypePermissions.For(requirement.Permission, type.Name, type.DisplayName)))
            context.Succeed(requirement);
    }
}
