using LinkShop.Commerce;
using OrchardCore.Environment.Shell;

namespace LinkShop.Shops.Services;

/// <summary>The tenant whose register a shop is in.</summary>
internal static class PlatformTenant
{
    public static readonly TenantScope Scope = new(ShellSettings.DefaultShellName);
}
