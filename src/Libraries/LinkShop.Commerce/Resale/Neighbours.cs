using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Resale;

/// <summary>The other shops that goods go to or come from.</summary>
internal static class Neighbours
{
    /// <summary>The same work in a neighbour's scope; null for one that was moved to another database: rows may still tell of it, but there is nothing to do with it any more.</summary>
    /// <param name="connection">The work.</param>
    /// <param name="tenant">The neighbour.</param>
    public static ICommerceConnection? TryFor(this ICommerceConnection connection, string tenant)
    {
        try
        {
            return connection.For(new TenantScope(tenant));
        }
        catch (RefusedException refused) when (refused.Code == CommerceErrors.OtherDatabase)
        {
            return null;
        }
    }
}
