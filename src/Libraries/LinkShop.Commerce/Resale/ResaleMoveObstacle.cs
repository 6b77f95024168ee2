using LinkShop.Commerce.Data;
using LinkShop.Commerce.Placement;

namespace LinkShop.Commerce.Resale;

/// <summary>A shop and its suppliers have orders in common, each in one transaction and for ever: a delivered key is read where the supplier is. So a move must not part them.</summary>
internal sealed class ResaleMoveObstacle(ICommerceDatabase database, ICommercePlacement placement) : IMoveObstacle
{
    private const int Named = 5;

    private const string Suppliers = "select distinct upstream from (select upstream from resale_listing where tenant = @tenant union select upstream from supply_line where tenant = @tenant) u order by upstream";

    private const string Sellers = """
        select distinct shop from (select shop from resale_outlet where tenant = @tenant union select supply_shop from orders where tenant = @tenant and supply_shop is not null) s order by shop
        """;

    public async Task<string?> WhyNotAsync(TenantScope scope, string target, CancellationToken cancellationToken = default)
    {
        var (suppliers, sellers) = await database.ReadAsync(
            scope, async c => (await c.QueryAsync<string>(Suppliers).ConfigureAwait(false), await c.QueryAsync<string>(Sellers).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        var (from, to) = (Elsewhere(suppliers, target), Elsewhere(sellers, target));
        return from.Count + to.Count == 0
            ? null
            : $"'{scope}' can't go to '{DatabaseNames.Of(target)}': "
              + string.Join(" and ", ((string[])[Told(from, "it sells goods of"), Told(to, "its goods are sold by")]).Where(t => t.Length > 0))
              + ", which would stay behind, and each such sale is one transaction over both. It has to stay with them, also when they don't sell on any more, as delivered goods are read at the supplier. Move a shop that neither sells others' goods nor has its own sold by others.";
    }

    // one that is there already would be joined by the move
    private List<string> Elsewhere(IReadOnlyList<string> shops, string target) => [.. shops.Where(s => (placement.PlaceOf(s).Database ?? "") != target)];

    private static string Told(List<string> shops, string what) => shops.Count == 0
        ? ""
        : $"{what} {string.Join(", ", shops.Take(Named).Select(s => $"'{s}'"))}{(shops.Count > Named ? $" and {shops.Count - Named} more" : "")}";
}
