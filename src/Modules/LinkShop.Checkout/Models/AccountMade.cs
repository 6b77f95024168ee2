namespace LinkShop.Checkout.Models;

/// <summary>On an account: when it was made, which the CMS doesn't keep. Accounts from before this was kept have none.</summary>
public sealed record AccountMade
{
    /// <summary>In UTC.</summary>
    public DateTime? Utc { get; set; }
}
