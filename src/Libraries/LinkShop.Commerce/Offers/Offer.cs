using System.Text.Json.Serialization;
using LinkShop.Commerce.KeyPools;

namespace LinkShop.Commerce.Offers;

/// <summary>A sellable variant (SKU) at a price in a shop: all that ordering needs to know, copied here from the product when it's published.</summary>
public sealed record Offer
{
    /// <summary>Id of the variant; unique in the tenant; up to 64 characters.</summary>
    public required string SkuId { get; init; }

    /// <summary>Id of the product (the content item's id).</summary>
    public required string ProductId { get; init; }

    /// <summary>Id of the category, for coupons; null when there is none.</summary>
    public string? CategoryId { get; init; }

    /// <summary>User id of the merchant who earns by it; null for the tenant's own shop. At most 100 characters.</summary>
    public string? Merchant { get; init; }

    /// <summary>Product title as orders, mails and receipts show it.</summary>
    public required string Title { get; init; }

    /// <summary>Name of the variant (<c>100 diamonds</c>); empty when the product has one variant.</summary>
    public string Variant { get; init; } = "";

    /// <summary>JSON object kept on each order line as the product's snapshot (description, picture, delivery note, texts per culture).</summary>
    public string SnapshotJson { get; init; } = "{}";

    /// <summary>Price of one unit; zero is free.</summary>
    public required Money Price { get; init; }

    /// <summary>Struck-through former price in minor units, or null; display only.</summary>
    public long? OriginalPriceMinor { get; init; }

    /// <summary>Prices by quantity, ascending by quantity.</summary>
    public IReadOnlyList<WholesaleTier> Tiers { get; init; } = [];

    /// <summary>Limits on quantities.</summary>
    public PurchaseLimits Limits { get; init; } = new();

    /// <summary>How it is delivered.</summary>
    public required DeliveryKind Delivery { get; init; }

    /// <summary>Whose goods these are, for <see cref="DeliveryKind.Supplied"/>; null for own goods.</summary>
    public Resale.SupplyReference? Supply { get; init; }

    /// <summary>Whether each unit counts though every buyer gets the same text or key, as the months of a plan do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PerUnit { get; init; }

    /// <summary>Whether an order has one of it at most: the same link or key twice is one thing.</summary>
    [JsonIgnore]
    public bool IsOne => !PerUnit && (Delivery is DeliveryKind.ReusableKey or DeliveryKind.Text);

    /// <summary>Fewest units in one order.</summary>
    [JsonIgnore]
    public int LeastPerOrder => IsOne ? 1 : Limits.MinPerOrder;

    /// <summary>Most units in one order.</summary>
    [JsonIgnore]
    public int MostPerOrder => IsOne ? 1 : Limits.MaxPerOrder;

    /// <summary>Pool the keys come from; needed for <see cref="DeliveryKind.CardKey"/> and <see cref="DeliveryKind.ReusableKey"/> (a reusable pool), null otherwise.</summary>
    public long? PoolId { get; init; }

    /// <summary>Text or link that every buyer gets; needed for <see cref="DeliveryKind.Text"/>.
    /// Write-only: stored encrypted, null in what the catalogue returns; null on update keeps the stored one.</summary>
    [JsonIgnore]
    public string? DeliveryText { get; init; }

    /// <summary>Which key of the pool goes out first.</summary>
    public KeyPickOrder PickOrder { get; init; } = KeyPickOrder.Oldest;

    /// <summary>What choosing a specific key (靓号) costs on top per unit, in minor units; null when buyers may not choose.</summary>
    public long? PickSurchargeMinor { get; init; }

    /// <summary>What the buyer must or may tell.</summary>
    public IReadOnlyList<BuyerField> Fields { get; init; } = [];

    /// <summary>Whether it can be bought now.</summary>
    [JsonIgnore]
    public bool OnSale { get; init; } = true;

    /// <summary>Grows by one with each change; set by the catalogue.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>Price of one unit when this many are bought.</summary>
    /// <param name="quantity">At least 1.</param>
    public Money UnitPriceFor(int quantity)
    {
        var price = Price.Minor;
        foreach (var tier in Tiers)
        {
            if (quantity >= tier.MinQuantity)
                price = tier.UnitPriceMinor;
        }

        return new Money(price, Price.Currency);
    }
}
