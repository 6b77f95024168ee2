namespace LinkShop.Catalogue;

/// <summary>A product that a shop sells for a supplier.</summary>
/// <param name="SkuId">Its only variant.</param>
/// <param name="Title">The shop's title.</param>
/// <param name="Variant">Name of the variant; may be empty.</param>
/// <param name="PriceMinor">The shop's price.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Upstream">Tenant name of the supplier.</param>
/// <param name="OfferId">The supplier's offer.</param>
/// <param name="Listing">The shop's listing.</param>
public sealed record SuppliedProduct(string SkuId, string Title, string Variant, long PriceMinor, string Currency, string Upstream, string OfferId, string Listing);

/// <summary>Puts goods of suppliers among a shop's products.</summary>
public interface ISuppliedProducts
{
    /// <summary>Publishes a product; when there is one of this variant already, that one.</summary>
    /// <param name="product">What it sells.</param>
    /// <param name="owner">User id of who adds it.</param>
    /// <param name="author">User name of who adds it.</param>
    /// <returns>Content item id, or null with what is wrong.</returns>
    Task<(string? ProductId, IReadOnlyList<string> Errors)> PublishAsync(SuppliedProduct product, string? owner, string? author);
}
