using LinkShop.Commerce.Shops;
using OrchardCore.ContentManagement;

namespace LinkShop.Shops.Models;

/// <summary>A plan of micro-shops: what it allows and costs. Prices are those of its products, which pay for it.</summary>
public class ShopPlanPart : ContentPart
{
    /// <summary>Its code; shops and fee rules know it by that.</summary>
    public string Code { get; set; } = "";

    /// <summary>Order among the plans; of two that are paid for the later one counts.</summary>
    public int Position { get; set; }

    /// <summary>How many products.</summary>
    public int Products { get; set; }

    /// <summary>How many accounts of staff, besides the owner.</summary>
    public int Staff { get; set; }

    /// <summary>Megabytes of media.</summary>
    public int StorageMb { get; set; }

    /// <summary>How many domains of its own.</summary>
    public int Domains { get; set; }

    /// <summary>Whether other shops may sell its goods. Plans that were made before this could be said may.</summary>
    public bool Supplies { get; set; } = true;

    /// <summary>The platform's commission, in 1/100 of a percent.</summary>
    public int FeeBasisPoints { get; set; }

    /// <summary>The variant that pays for a month, or null.</summary>
    public string? MonthSku { get; set; }

    /// <summary>The variant that pays for a year, or null.</summary>
    public string? YearSku { get; set; }

    /// <summary>One line about it, in the platform's language.</summary>
    public string? Summary { get; set; }

    /// <summary>Its name in English, or null.</summary>
    public string? TitleEn { get; set; }

    /// <summary>The line in English, or null.</summary>
    public string? SummaryEn { get; set; }

    /// <summary>What the register gets.</summary>
    public ShopPlan ToPlan() => new(Code, Position, Products, Staff, StorageMb, Domains, FeeBasisPoints, Empty(MonthSku), Empty(YearSku), Supplies);

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
