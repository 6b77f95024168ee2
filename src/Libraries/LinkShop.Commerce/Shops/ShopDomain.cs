namespace LinkShop.Commerce.Shops;

/// <summary>How far a shop's claim to a domain is.</summary>
public enum ShopDomainState
{
    /// <summary>Nobody has shown yet that it is theirs.</summary>
    Waiting,

    /// <summary>It is this shop's, which answers there.</summary>
    Proven,

    /// <summary>It was this shop's; the proof has been gone for too long.</summary>
    Lost,
}

/// <summary>How a domain was proven.</summary>
public enum DomainProofMethod
{
    /// <summary>By a TXT record.</summary>
    Dns,

    /// <summary>By a file on the web server at the domain.</summary>
    File,

    /// <summary>The platform's staff says so; it isn't checked again.</summary>
    Platform,
}

/// <summary>A domain of a shop's own, or one that it wants.</summary>
/// <param name="Shop">The shop's tenant.</param>
/// <param name="Domain">The host name in ASCII.</param>
/// <param name="Token">What its owner publishes.</param>
/// <param name="State">How far it is.</param>
/// <param name="Method">How it was proven last, or null.</param>
/// <param name="Why">Why the last check found nothing, a code of <see cref="DomainProof"/>; or null.</param>
/// <param name="CreatedAt">Since when it is wanted.</param>
/// <param name="CheckedAt">When it was looked at last, or null.</param>
/// <param name="NextCheck">When it is looked at again by itself, or null.</param>
/// <param name="GoneSince">While it is proven: since when the proof is gone, or null.</param>
/// <param name="WarnedAt">When the owner was told of that, or null.</param>
public sealed record ShopDomain(
    string Shop, string Domain, string Token, ShopDomainState State, DomainProofMethod? Method, string? Why, DateTimeOffset CreatedAt,
    DateTimeOffset? CheckedAt, DateTimeOffset? NextCheck, DateTimeOffset? GoneSince, DateTimeOffset? WarnedAt)
{
    /// <summary>The record's name at which the proof by DNS is looked for.</summary>
    public string RecordName => "_linkshop." + Domain;

    /// <summary>The record's text.</summary>
    public string RecordText => "linkshop=" + Token;
}

/// <summary>What a look for the proof of a domain found.</summary>
/// <param name="Method">How it is proven; null when it isn't.</param>
/// <param name="Why">When it isn't: why, a code.</param>
/// <param name="Answered">False when nobody answered: then nothing is known, which isn't the same as no proof.</param>
public sealed record DomainProof(DomainProofMethod? Method, string? Why = null, bool Answered = true)
{
    /// <summary>Neither a record nor a file.</summary>
    public const string Missing = "missing";

    /// <summary>There is one, with another text.</summary>
    public const string Different = "different";

    /// <summary>The domain leads to an address that isn't on the public internet.</summary>
    public const string NotPublic = "not_public";

    /// <summary>The name servers didn't answer.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>It is proven, but another shop has it.</summary>
    public const string Taken = "taken";
}

/// <summary>Payload of the event of the same name in <see cref="ShopEvents"/>.</summary>
/// <param name="Shop">The shop's tenant.</param>
/// <param name="Domain">The domain.</param>
/// <param name="Lost">True when the shop no longer answers there, false when it is about to be lost.</param>
/// <param name="Until">While it isn't lost: when it will be.</param>
public sealed record DomainTrouble(string Shop, string Domain, bool Lost, DateTimeOffset Until);
