using System.Text.Json;
using System.Text.Json.Serialization;
using LinkShop.Cms.Content.Caching;
using Microsoft.Extensions.Localization;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;

namespace LinkShop.Cms.Admin.Roles;

/// <summary>The recipe step <c>roles</c>: creates roles or changes what they grant.</summary>
internal sealed class RolesStep(
    TenantDocuments<RolesDocument> documents, RolePermissions rolePermissions, IPermissionService permissionService,
    IStringLocalizer<RolesStep> S) : NamedRecipeStepHandler("roles")
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNameCaseInsensitive = true, Converters = { new JsonStringEnumConverter() } };

    protected override async Task HandleAsync(RecipeExecutionContext context)
    {
        if (Read(context) is not { } model) return;
        var known = (await permissionService.GetPermissionsAsync()).Select(permission => permission.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var document = await documents.LoadAsync();
        document.AddSystemRoles();
        foreach (var entry in model.Roles)
        {
            if (string.IsNullOrWhiteSpace(entry.Name))
            {
                context.Errors.Add(S["A role needs a name."]);
                continue;
            }

            foreach (var name in entry.Permissions.Where(name => !known.Contains(name)))
                context.Errors.Add(S["The role '{0}' names the permission '{1}', which no enabled feature has.", entry.Name, name]);
            await ApplyAsync(document, entry);
        }

        if (context.Errors.Count == 0) await documents.SaveAsync(document);
    }

    private async Task ApplyAsync(RolesDocument document, RoleEntry entry)
    {
        var stored = document.Find(entry.Name);
        if (stored is null)
            document.Roles.Add(stored = new StoredRole { Role = new Role { RoleName = entry.Name, NormalizedRoleName = entry.Name.ToUpperInvariant() } });
        stored.Role.RoleDescription = entry.Description ?? stored.Role.RoleDescription;
        var current = await rolePermissions.GrantedByAsync(stored.Role.RoleName);
        rolePermissions.Decide(stored, entry.PermissionBehavior switch
        {
            PermissionBehavior.Add => current.Union(entry.Permissions, StringComparer.OrdinalIgnoreCase),
            PermissionBehavior.Remove => current.Except(entry.Permissions, StringComparer.OrdinalIgnoreCase),
            _ => entry.Permissions,
        });
    }

    private StepModel? Read(RecipeExecutionContext context)
    {
        try
        {
            return context.Step.Deserialize<StepModel>(s_options);
        }
        catch (JsonException exception)
        {
            context.Errors.Add(S["The step 'roles' can't be read: {0}", exception.Message]);
            return null;
        }
    }

    private enum PermissionBehavior
    {
        Replace,
        Add,
        Remove,
    }

    private sealed class StepModel
    {
        public RoleEntry[] Roles { get; set; } = [];
    }

    private sealed class RoleEntry
    {
        public string Name { get; set; } = "";

        public string? Description { get; set; }

        public string[] Permissions { get; set; } = [];

        public PermissionBehavior PermissionBehavior { get; set; }
    }
}
