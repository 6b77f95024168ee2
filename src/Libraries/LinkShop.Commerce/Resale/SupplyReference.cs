namespace LinkShop.Commerce.Resale;

/// <summary>Whose goods a variant is: part of a shop's offer, so of every version that was sold.</summary>
/// <param name="Upstream">Tenant name of the supplier.</param>
/// <param name="OfferId">The supplier's offer for resale.</param>
/// <param name="Listing">The shop's listing.</param>
public sealed record SupplyReference(string Upstream, string OfferId, string Listing);
