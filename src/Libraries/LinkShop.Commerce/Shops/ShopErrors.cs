namespace LinkShop.Commerce.Shops;

/// <summary>The codes of <see cref="CommerceError"/> that only shops use.</summary>
public static class ShopErrors
{
    /// <summary>Another shop has, or had, this address or one that looks like it.</summary>
    public const string SlugTaken = "slug_taken";

    /// <summary>The address, or what it looks like, is the platform's own.</summary>
    public const string SlugReserved = "slug_reserved";

    /// <summary>The title reads as if the platform or a payment service itself were selling.</summary>
    public const string TitleReserved = "title_reserved";

    /// <summary>The shop is being opened already, by another request.</summary>
    public const string Opening = "shop_opening";

    /// <summary>Somebody has as many shops as one person may.</summary>
    public const string TooMany = "too_many_shops";

    /// <summary>The shop's plan has no room for one more.</summary>
    public const string PlanFull = "plan_full";

    /// <summary>The shop is paused and takes no orders.</summary>
    public const string Paused = "shop_paused";

    /// <summary>The shop is closed by its opening hours.</summary>
    public const string Closed = "shop_closed_now";

    /// <summary>The shop is suspended or closed.</summary>
    public const string Suspended = "shop_suspended";

    /// <summary>No shop answers at this address, or it is closed for good.</summary>
    public const string NoShop = "no_such_shop";

    /// <summary>A shop has as many domains as it may.</summary>
    public const string TooManyDomains = "too_many_domains";

    /// <summary>Nobody can have the domain: it is a public suffix or leads nowhere.</summary>
    public const string DomainNotPossible = "domain_not_possible";

    /// <summary>The domain is the platform's, or another site's of the platform.</summary>
    public const string DomainReserved = "domain_reserved";

    /// <summary>Another shop has the domain.</summary>
    public const string DomainTaken = "domain_taken";
}

/// <summary>Events about shops.</summary>
public static class ShopEvents
{
    /// <summary>Something about a shop was changed that the shop itself has to know: <see cref="ShopChanged"/>.</summary>
    public const string Changed = "ShopChanged";

    /// <summary>The platform gave a shop another look: <see cref="ShopLook"/>.</summary>
    public const string Look = "ShopLook";

    /// <summary>The platform did something with a shop that one of its owners is to hear of: <see cref="ShopNews"/>.</summary>
    public const string News = "ShopNews";

    /// <summary>The proof of a shop's domain is gone; the payload is a record of the same name.</summary>
    public const string DomainTrouble = "ShopDomainTrouble";
}

/// <summary>Payload of <see cref="ShopEvents.Changed"/>.</summary>
/// <param name="Shop">Name of the shop's tenant.</param>
/// <param name="FormerOwner">The account that it belonged to before, when it was given to another one.</param>
public sealed record ShopChanged(string Shop, string? FormerOwner = null);

/// <summary>Payload of <see cref="ShopEvents.Look"/>.</summary>
/// <param name="Shop">Name of the shop's tenant.</param>
/// <param name="Id">Later ones are greater: whoever comes again, or late, changes nothing.</param>
/// <param name="Preset">The look's code.</param>
/// <param name="KeepColours">Whether the owner's own colours and font stay.</param>
/// <param name="Reason">Why, for the owner.</param>
public sealed record ShopLook(string Shop, string Id, string Preset, bool KeepColours, string Reason);

/// <summary>What owners hear of.</summary>
public enum ShopNewsKind
{
    /// <summary>Their shop was shut.</summary>
    Suspended,

    /// <summary>Their shop was ended.</summary>
    Closed,

    /// <summary>Their shop was given to somebody else.</summary>
    GivenAway,

    /// <summary>A shop was given to them.</summary>
    Received,
}

/// <summary>Payload of <see cref="ShopEvents.News"/>.</summary>
/// <param name="Shop">Name of the shop's tenant.</param>
/// <param name="Kind">What was done.</param>
/// <param name="To">Mail address of the one who is to hear of it.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record ShopNews(string Shop, ShopNewsKind Kind, string To, string? Reason = null);
