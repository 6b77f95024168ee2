namespace LinkShop.Commerce.Shops;

/// <summary>What one shop costs and brings, since it was opened. Amounts are minor units of one currency.</summary>
/// <param name="Shop">Its tenant.</param>
/// <param name="Number">Its number on the platform.</param>
/// <param name="Slug">Its address.</param>
/// <param name="Title">Its name.</param>
/// <param name="OwnerName">Its owner's user name.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Products">Products on sale, own and resold.</param>
/// <param name="Orders">Orders that were paid.</param>
/// <param name="Records">Stored rows: orders, their lines, deliveries, card keys.</param>
/// <param name="Requests">Requests answered.</param>
/// <param name="MediaBytes">Size of its pictures and files.</param>
/// <param name="Turnover">What buyers paid and didn't get back.</param>
/// <param name="Commission">What of that is the platform's, less the refunds that it bore.</param>
/// <param name="Plans">What the owner paid for plans and didn't get back.</param>
public sealed record ShopUsage(
    string Shop, long Number, string Slug, string Title, string OwnerName, string Plan, ShopState State,
    long Products, long Orders, long Records, long Requests, long MediaBytes, long Turnover, long Commission, long Plans)
{
    /// <summary>What the platform has of it.</summary>
    public long Earned => Commission + Plans;

    /// <summary>A figure of it.</summary>
    /// <param name="measure">Which.</param>
    public long Of(ShopMeasure measure) => measure switch
    {
        ShopMeasure.Turnover => Turnover,
        ShopMeasure.Orders => Orders,
        ShopMeasure.Products => Products,
        ShopMeasure.Requests => Requests,
        ShopMeasure.MediaBytes => MediaBytes,
        ShopMeasure.Records => Records,
        _ => Earned,
    };
}

/// <summary>By what shops are compared.</summary>
public enum ShopMeasure
{
    /// <summary><see cref="ShopUsage.Earned"/>.</summary>
    Earned,

    /// <summary><see cref="ShopUsage.Turnover"/>.</summary>
    Turnover,

    /// <summary><see cref="ShopUsage.Orders"/>.</summary>
    Orders,

    /// <summary><see cref="ShopUsage.Products"/>.</summary>
    Products,

    /// <summary><see cref="ShopUsage.Requests"/>.</summary>
    Requests,

    /// <summary><see cref="ShopUsage.MediaBytes"/>.</summary>
    MediaBytes,

    /// <summary><see cref="ShopUsage.Records"/>.</summary>
    Records,
}

/// <summary>Where a page of the report begins: after this shop.</summary>
/// <param name="Value">Its measure.</param>
/// <param name="Number">Its number.</param>
public sealed record ShopUsageAfter(long Value, long Number);

/// <summary>A page of the report.</summary>
/// <param name="Currency">Of the amounts: shops that sell in another one count with zero.</param>
/// <param name="Measure">The order.</param>
/// <param name="Least">Whether the smallest come first.</param>
/// <param name="Text">Something of the title, the address or the owner's name, or null.</param>
/// <param name="After">Where it begins, or null for the first.</param>
/// <param name="Take">How many, up to 500.</param>
public sealed record ShopUsageQuery(string Currency, ShopMeasure Measure = ShopMeasure.Earned, bool Least = false, string? Text = null, ShopUsageAfter? After = null, int Take = 50);

/// <summary>The answer.</summary>
/// <param name="Shops">The shops.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record ShopUsagePage(IReadOnlyList<ShopUsage> Shops, ShopUsageAfter? Next);

/// <summary>All shops of a platform together, and when they were counted.</summary>
/// <param name="Shops">How many shops.</param>
/// <param name="Products">Products on sale.</param>
/// <param name="Orders">Paid orders.</param>
/// <param name="Records">Stored rows.</param>
/// <param name="Requests">Requests answered.</param>
/// <param name="MediaBytes">Size of pictures and files.</param>
/// <param name="Turnover">What buyers paid.</param>
/// <param name="Earned">What the platform has of it.</param>
/// <param name="CountedAt">When; null when never.</param>
public sealed record ShopUsageSum(long Shops, long Products, long Orders, long Records, long Requests, long MediaBytes, long Turnover, long Earned, DateTimeOffset? CountedAt);
