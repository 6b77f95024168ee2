using LinkShop.Catalogue;
using LinkShop.Commerce.Offers;
using Microsoft.AspNetCore.Html;

namespace LinkShop.VirtualGoods.ViewModels;

/// <summary>A product in one language, made once for each version of it and shared by all requests.</summary>
public sealed record ProductView(
    string ProductId,
    string Title,
    string Summary,
    IHtmlContent Body,
    IReadOnlyList<string> Pictures,
    CategoryView? Category,
    IReadOnlyList<SkuView> Skus,
    IReadOnlyList<string> SkuIds,
    IReadOnlyList<string> BuyerFields);

public sealed record SkuView(
    string Id, string Name, string Price, string? Was, int PercentOff, IReadOnlyList<TierView> Tiers, int Min, int Max, int? MaxPerBuyer, DeliveryKind Delivery, string? PickSurcharge);

public sealed record TierView(int Quantity, string Price);

public class ProductPageViewModel
{
    public ProductView Product { get; set; } = null!;

    public IReadOnlyDictionary<string, int?> Stock { get; set; } = new Dictionary<string, int?>();

    /// <summary>The variant that is chosen when the page opens.</summary>
    public SkuView Selected { get; set; } = null!;

    /// <summary>Whether the shop pays who recommends it.</summary>
    public bool Promotes { get; set; }

    /// <summary>Why the shop takes no orders now, or none for some variants; null when it does.</summary>
    public SalesPause? Pause { get; set; }

    /// <summary>Whether a variant can't be ordered now because of the shop, not of its stock.</summary>
    public bool Waits(SkuView sku) => Pause is { } pause && (!pause.ByHandOnly || sku.Delivery == DeliveryKind.Manual);

    public bool CanBuy(SkuView sku) => !Waits(sku) && Stock.TryGetValue(sku.Id, out var left) && (left is null || left >= sku.Min);

    public int? Left(SkuView sku) => Stock.TryGetValue(sku.Id, out var left) ? left : 0;
}
