namespace LinkShop.Shops.Models;

/// <summary>On a shop's account of one of the platform's people: which account of the platform it is.</summary>
public sealed record PlatformAccount
{
    /// <summary>Its id there.</summary>
    public string UserId { get; set; } = "";
}
