namespace LinkShop.Commerce;

/// <summary>The tenant (= <c>ShellSettings.Name</c>) on whose rows an operation works. Every public operation takes one first.</summary>
/// <param name="Tenant">Name of the tenant, as stored in the <c>tenant</c> column of every row.</param>
public readonly record struct TenantScope(string Tenant)
{
    /// <inheritdoc />
    public override string ToString() => Tenant;
}
