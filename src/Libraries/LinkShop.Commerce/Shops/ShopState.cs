namespace LinkShop.Commerce.Shops;

/// <summary>Where a micro-shop is in its life.</summary>
public enum ShopState
{
    /// <summary>Its address is claimed; it is being set up.</summary>
    Opening,

    /// <summary>It sells.</summary>
    Open,

    /// <summary>Its owner takes no orders for now; the pages are there.</summary>
    Paused,

    /// <summary>The platform has shut it, with a reason. Orders that exist go on.</summary>
    Suspended,

    /// <summary>It has ended. Its orders and books are kept.</summary>
    Closed,
}
