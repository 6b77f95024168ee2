namespace LinkShop.Commerce.Resale;

/// <summary>What can't be done with an order at a supplier by itself.</summary>
internal static class SupplyRules
{
    /// <summary>It is paid, called off and given back with the shop's order only: else the two would come to differ.</summary>
    public static readonly CommerceError Bound = new(CommerceErrors.SupplyOrder, "This order follows the order of the shop that sells on; it can't be changed by itself.");
}
