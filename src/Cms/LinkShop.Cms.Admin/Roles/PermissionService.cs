using OrchardCore.Security.Permissions;

namespace LinkShop.Cms.Admin.Roles;

internal sealed class PermissionService(IEnumerable<IPermissionProvider> providers) : IPermissionService
{
    private List<Permission>? _permissions;

    public async ValueTask<IEnumerable<Permission>> GetPermissionsAsync()
    {
        if (_permissions is not null) return _permissions;
        var all = new List<Permission>();
        foreach (var provider in providers) all.AddRange(await provider.GetPermissionsAsync());
        return _permissions = [.. all.DistinctBy(permission => permission.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public async ValueTask<Permission?> FindByNameAsync(string name)
        => (await GetPermissionsAsync()).FirstOrDefault(permission => string.Equals(permission.Name, name, StringComparison.OrdinalIgnoreCase));
}
