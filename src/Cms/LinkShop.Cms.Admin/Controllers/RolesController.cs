using LinkShop.Cms.Content.Caching;
using LinkShop.Cms.Admin.Roles;
using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Roles;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Security.Services;

namespace LinkShop.Cms.Admin.Controllers;

[Feature("OrchardCore.Roles")]
[Admin("Roles/{action}/{id?}", "Roles.{action}")]
public sealed class RolesController(
    IRoleService roleService, IPermissionService permissionService, INotifier notifier, IServiceProvider services,
    IStringLocalizer<RolesController> S, IHtmlLocalizer<RolesController> H) : AdminControllerBase
{
    private readonly TenantDocuments<RolesDocument> _documents = services.GetRequiredService<TenantDocuments<RolesDocument>>();
    private readonly RolePermissions _rolePermissions = services.GetRequiredService<RolePermissions>();

    [HttpGet]
    [Admin("Roles", "Roles.Index")]
    public async Task<IActionResult> Index()
    {
        if (!await IsAllowedAsync(RolesPermissions.ManageRoles)) return Forbid();
        var rows = new List<RoleRow>();
        foreach (var role in (await roleService.GetRolesAsync()).OrderBy(role => role.RoleName, StringComparer.CurrentCulture))
            rows.Add(new RoleRow(role, await roleService.IsSystemRoleAsync(role.RoleName), await roleService.IsAdminRoleAsync(role.RoleName)));
        return View(new RolesViewModel(rows));
    }

    [HttpGet]
    public async Task<IActionResult> Create()
        => await IsAllowedAsync(RolesPermissions.ManageRoles) ? View("Edit", await CompleteAsync(new RoleEditViewModel())) : Forbid();

    [HttpPost]
    public async Task<IActionResult> Create(RoleEditViewModel model)
    {
        if (!await IsAllowedAsync(RolesPermissions.ManageRoles)) return Forbid();
        var document = await _documents.LoadAsync();
        document.AddSystemRoles();
        // only spaces are no name, which the form's own rule says
        var name = (model.Name ?? "").Trim();
        if (document.Find(name) is not null) ModelState.AddModelError(nameof(model.Name), S["There is already a role '{0}'.", name]);
        if (!ModelState.IsValid) return View("Edit", await CompleteAsync(model));
        var stored = new StoredRole { Role = new Role { RoleName = name, NormalizedRoleName = name.ToUpperInvariant(), RoleDescription = model.Description } };
        document.Roles.Add(stored);
        _rolePermissions.Decide(stored, await KnownAsync(model));
        await _documents.SaveAsync(document);
        await notifier.SuccessAsync(H["The role {0} was created.", name]);
        return RedirectToAction(nameof(Index));
    }

    [HttpGet]
    public async Task<IActionResult> Edit(string id)
    {
        if (!await IsAllowedAsync(RolesPermissions.ManageRoles)) return Forbid();
        if ((await roleService.GetRolesAsync()).FirstOrDefault(role => Same(role.RoleName, id)) is not { } role) return NotFound();
        return View(await CompleteAsync(new RoleEditViewModel
        {
            Id = role.RoleName,
            Name = role.RoleName,
            Description = role.RoleDescription,
            Permissions = [.. await _rolePermissions.GrantedByAsync(role.RoleName)],
        }));
    }

    [HttpPost]
    public async Task<IActionResult> Edit(string id, RoleEditViewModel model)
    {
        if (!await IsAllowedAsync(RolesPermissions.ManageRoles)) return Forbid();
        var document = await _documents.LoadAsync();
        document.AddSystemRoles();
        if (document.Find(id) is not { } stored) return NotFound();
        // A role keeps its name: users and recipes refer to it.
        ModelState.Remove(nameof(model.Name));
        (model.Id, model.Name) = (stored.Role.RoleName, stored.Role.RoleName);
        if (!ModelState.IsValid) return View(await CompleteAsync(model));
        stored.Role.RoleDescription = model.Description;
        if (!await roleService.IsAdminRoleAsync(id)) _rolePermissions.Decide(stored, await KnownAsync(model));
        await _documents.SaveAsync(document);
        await notifier.SuccessAsync(H["The role {0} was saved.", stored.Role.RoleName]);
        return RedirectToAction(nameof(Index));
    }

    [HttpPost]
    public async Task<IActionResult> Delete(string id)
    {
        if (!await IsAllowedAsync(RolesPermissions.ManageRoles)) return Forbid();
        var document = await _documents.LoadAsync();
        if (document.Find(id) is not { } stored) return NotFound();
        if (await roleService.IsSystemRoleAsync(id))
        {
            await notifier.ErrorAsync(H["The role {0} is needed by the system and can't be deleted.", stored.Role.RoleName]);
            return RedirectToAction(nameof(Index));
        }

        document.Roles.Remove(stored);
        await _documents.SaveAsync(document);
        await notifier.SuccessAsync(H["The role {0} was deleted.", stored.Role.RoleName]);
        return RedirectToAction(nameof(Index));
    }

    private static bool Same(string name, string? other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private async Task<IEnumerable<string>> KnownAsync(RoleEditViewModel model)
        => (await permissionService.GetPermissionsAsync()).Select(permission => permission.Name).Intersect(model.Permissions, StringComparer.OrdinalIgnoreCase);

    private async Task<RoleEditViewModel> CompleteAsync(RoleEditViewModel model)
    {
        var permissions = (await permissionService.GetPermissionsAsync()).ToList();
        model.AllPermissions = [.. permissions.OrderBy(permission => permission.Name, StringComparer.Ordinal).GroupBy(permission => permission.Category ?? "").OrderBy(group => group.Key, StringComparer.CurrentCulture)];
        model.IsAdmin = model.Id is not null && await roleService.IsAdminRoleAsync(model.Id);
        var granted = model.Permissions.ToHashSet(StringComparer.OrdinalIgnoreCase);
        model.Implied = permissions.Where(permission => IsImplied(permission, granted)).Select(permission => permission.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return model;
    }

    private static bool IsImplied(Permission permission, HashSet<string> granted)
        => permission.ImpliedBy?.Any(stronger => granted.Contains(stronger.Name) || IsImplied(stronger, granted)) == true;
}
