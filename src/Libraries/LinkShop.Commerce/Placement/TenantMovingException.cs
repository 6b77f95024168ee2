namespace LinkShop.Commerce.Placement;

/// <summary>A write was refused because the tenant is being moved to another database. Nothing was changed; it can be tried again in a moment.</summary>
/// <param name="tenant">The tenant.</param>
/// <param name="inner">The database's own refusal, if it was that.</param>
public sealed class TenantMovingException(string tenant, Exception? inner = null) : Exception($"The shop '{tenant}' is being moved to another database and can't be changed for a moment ({Marker}).", inner)
{
    /// <summary>Is in the message of this exception and of the database's own refusal.</summary>
    public const string Marker = "linkshop_tenant_moving";

    internal static bool IsRefusal(Exception error) => error is System.Data.Common.DbException && error.Message.Contains(Marker, StringComparison.Ordinal);
}
