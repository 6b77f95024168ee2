namespace LinkShop.Shops.Models;

/// <summary>Where a shop's owner wants its mails about work, in the site's settings.</summary>
public sealed class ShopMails
{
    /// <summary>One address, or several separated by commas; null: the owner's account.</summary>
    public string? Addresses { get; set; }

    /// <summary>Whose wish it is: it ends when the shop is given to somebody else.</summary>
    public string OwnerId { get; set; } = "";
}
