namespace LinkShop.Commerce.Offers;

/// <summary>From this quantity on, a unit costs less.</summary>
/// <param name="MinQuantity">The smallest quantity the tier is for; at least 2.</param>
/// <param name="UnitPriceMinor">Price of one unit in minor units of the offer's currency.</param>
public sealed record WholesaleTier(int MinQuantity, long UnitPriceMinor);
