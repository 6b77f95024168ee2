using LinkShop.Catalogue;
using System.Text.Json.Serialization;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Resale;

namespace LinkShop.VirtualGoods.Models;

/// <summary>A sellable variant of a product. Money is in minor units (fen) of <see cref="VirtualGoodsPart.Currency"/>.</summary>
public sealed class SkuDefinition
{
    /// <summary>Unique in the tenant; part of addresses and orders, so it never changes once sold.</summary>
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>Names by culture; others see <see cref="Name"/>.</summary>
    public Dictionary<string, string> Names { get; set; } = [];

    public long PriceMinor { get; set; }

    public long? OriginalPriceMinor { get; set; }

    public List<WholesaleTier> Tiers { get; set; } = [];

    public int MinPerOrder { get; set; } = 1;

    public int MaxPerOrder { get; set; } = 100;

    public int? MaxPerBuyer { get; set; }

    public int? MaxPerAddress { get; set; }

    public DeliveryKind Delivery { get; set; } = DeliveryKind.CardKey;

    /// <summary>Each unit counts though every buyer gets the same text or key, as the months of a plan do. Without it an order has one.</summary>
    public bool PerUnit { get; set; }

    /// <summary>Whose goods these are, for <see cref="DeliveryKind.Supplied"/>; made by listing a supplier's offer, never typed in.</summary>
    public SupplyReference? Supply { get; set; }

    /// <summary>The pool of card keys, or the reusable one; 0 when there is none or only its name is known.</summary>
    public long PoolId { get; set; }

    /// <summary>The pool by name: recipes don't know ids.</summary>
    public string? PoolName { get; set; }

    public KeyPickOrder PickOrder { get; set; } = KeyPickOrder.Oldest;

    /// <summary>What choosing a specific key costs on top; null when buyers may not choose.</summary>
    public long? PickSurchargeMinor { get; set; }

    /// <summary>Text or link in clear: only on the way in. It's encrypted before it is stored.</summary>
    public string? DeliveryText { get; set; }

    /// <summary>The delivery text, encrypted with the tenant's key, Base64.</summary>
    public string? DeliveryTextProtected { get; set; }

    public bool OnSale { get; set; } = true;

    [JsonIgnore]
    public bool SellsFromPool => Delivery is DeliveryKind.CardKey or DeliveryKind.ReusableKey;

    [JsonIgnore]
    public bool IsShared => Delivery is DeliveryKind.ReusableKey or DeliveryKind.Text;

    /// <summary>Whether an order has one of it at most: the same link or key twice is one thing.</summary>
    [JsonIgnore]
    public bool IsOne => IsShared && !PerUnit;

    /// <summary>The prices for more than one, where an order can have more than one.</summary>
    [JsonIgnore]
    public List<WholesaleTier> TiersPerOrder => IsOne ? [] : Tiers;

    [JsonIgnore]
    public int LeastPerOrder => IsOne ? 1 : MinPerOrder;

    [JsonIgnore]
    public int MostPerOrder => IsOne ? 1 : MaxPerOrder;

    public string NameIn(string culture) => Cultures.Pick(Names, culture) ?? Name;
}
