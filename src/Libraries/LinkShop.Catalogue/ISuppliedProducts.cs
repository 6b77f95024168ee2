namespace LinkShop.Catalogue;

/// <summary>A product that a shop sells for a supplier.</summary>
/// <param name="SkuId">Its only variant.</param>
/// <param name="Title">The shop's title.</param>
/// <param name="Variant">Name of the variant; may be empty.</param>
/// <param name="PriceMinor">The shop's price.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Upstream">Tenant name of the supplier.</param>
/// <param name="UpstreamSku">The supplier's variant, whose product's texts and pictures the shop begins with.</param>
/// <param name="OfferId">The supplier's offer.</param>
/// <param name="Listing">The shop's listing.</param>
public sealed record SuppliedProduct(string SkuId, string Title, string Variant, long PriceMinor, string Currency, string Upstream, string UpstreamSku, string OfferId, string Listing);

/// <summary>How putting goods of a supplier among the products went.</summary>
/// <param name="ProductId">Content item id; null when nothing was published.</param>
/// <param name="Errors">What is wrong; empty when it was published.</param>
/// <param name="WithoutPictures">Why it has none of the supplier's pictures; null when it has them, or there are none.</param>
public sealed record SuppliedPublication(string? ProductId, IReadOnlyList<string> Errors, string? WithoutPictures = null);

/// <summary>Puts goods of suppliers among a shop's products.</summary>
public interface ISuppliedProducts
{
    /// <summary>
    /// Publishes a product with the supplier's texts and pictures as they are now; from then on they are the shop's own. When there is a product of this variant already, that one.
    /// The supplier must have offered it to the shop.
    /// </summary>
    /// <param name="product">What it sells.</param>
    /// <param name="owner">User id of who adds it.</param>
    /// <param name="author">User name of who adds it.</param>
    Task<SuppliedPublication> PublishAsync(SuppliedProduct product, string? owner, string? author);
}
