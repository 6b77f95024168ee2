namespace LinkShop.Commerce.Resale;

/// <summary>What can be said about terms without looking at the variant.</summary>
internal static class ResaleRules
{
    private const int MaxShops = 1000;
    private const int MostRate = 9000;
    private const long Highest = 1_000_000_000_000;

    public static List<CommerceError> Check(ResaleDraft draft, TenantScope supplier)
    {
        var errors = new List<CommerceError>();
        That(draft.SkuId is { Length: >= 1 and <= 64 }, "skuId", "A variant's id has 1 to 64 characters.");
        That(draft.FloorMinor is > 0 and <= Highest, "floorMinor", "The lowest price must be above zero.");
        That(draft.SuggestedMinor >= draft.FloorMinor && draft.SuggestedMinor <= Highest, "suggestedMinor", "The suggested price can't be below the lowest.");
        That(draft.CostMinor is null != draft.RateBasisPoints is null, "costMinor", "Either a cost or a commission.");
        That(draft.CostMinor is null || (draft.CostMinor >= 1 && draft.CostMinor <= draft.FloorMinor), "costMinor", "The cost is above zero and not above the lowest price.");
        That(draft.RateBasisPoints is null or >= 0 and <= MostRate, "rateBasisPoints", "0 to 90 percent.");
        That(Enum.IsDefined(draft.Refunds), "refunds", "There is no such rule.");
        That(Enum.IsDefined(draft.Audience), "audience", "There is no such audience.");
        That(draft.Audience == ResaleAudience.Everybody || draft.Shops.Count is >= 1 and <= MaxShops, "shops", $"Name 1 to {MaxShops} shops.");
        That(draft.Shops.All(s => s is { Length: >= 1 and <= 100 } && s != supplier.Tenant), "shops", "A shop's name has 1 to 100 characters and isn't one's own.");
        That(!string.IsNullOrWhiteSpace(draft.Supplier) && draft.Supplier.Trim().Length <= 100, "supplier", "A supplier's name has 1 to 100 characters.");
        return errors;

        void That(bool holds, string field, string message)
        {
            if (!holds)
                errors.Add(new CommerceError(CommerceErrors.Invalid, message, field));
        }
    }
}
