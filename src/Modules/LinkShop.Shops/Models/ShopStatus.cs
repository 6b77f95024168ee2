using LinkShop.Commerce.Shops;

namespace LinkShop.Shops.Models;

/// <summary>What the platform's register says of the shop, in the shop's own settings, where each page has it without asking. Only the register writes it.</summary>
public sealed record ShopStatus
{
    /// <summary>Where it is in its life.</summary>
    public ShopState State { get; set; } = ShopState.Open;

    /// <summary>Why it is paused or suspended.</summary>
    public string? Reason { get; set; }

    /// <summary>Id of the owner's account, here as on the platform.</summary>
    public string OwnerId { get; set; } = "";

    /// <summary>The plan it is on.</summary>
    public string Plan { get; set; } = ShopInfo.FreePlan;

    /// <summary>Until when, or null when that has no end.</summary>
    public DateTimeOffset? PlanUntil { get; set; }

    /// <summary>Whether nothing is shown but a notice.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsShut => State is ShopState.Suspended or ShopState.Closed;
}

/// <summary>What the owner tells everybody who comes.</summary>
public sealed class ShopNotes
{
    /// <summary>A text on every page, or null.</summary>
    public string? Announcement { get; set; }

    /// <summary>When somebody answers, or null.</summary>
    public string? Hours { get; set; }
}
