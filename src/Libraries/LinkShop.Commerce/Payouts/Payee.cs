using System.Text.Json.Serialization;

namespace LinkShop.Commerce.Payouts;

/// <summary>What a destination is.</summary>
public enum PayoutDestinationKind
{
    /// <summary>An account at a bank.</summary>
    Bank,
    /// <summary>An Alipay account.</summary>
    Alipay,
    /// <summary>An account connected at Stripe.</summary>
    StripeConnect,
    /// <summary>The sandbox.</summary>
    Sandbox,
}

/// <summary>Who somebody is by their papers.</summary>
/// <param name="LegalName">Name of the person or company.</param>
/// <param name="IdNumber">Number of the identity card or of the company's registration.</param>
public sealed record PayeeIdentity(string LegalName, string IdNumber)
{
    /// <summary>Nothing: it must not get into a log.</summary>
    public override string ToString() => nameof(PayeeIdentity);
}

/// <summary>Where somebody is paid to.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Provider">Name of the provider that pays.</param>
/// <param name="Account">Number or name of the account.</param>
/// <param name="AccountName">Whom it belongs to.</param>
/// <param name="Bank">The bank, for a <see cref="PayoutDestinationKind.Bank"/> only.</param>
public sealed record PayoutDestination(PayoutDestinationKind Kind, string Provider, string Account, string AccountName, string? Bank = null)
{
    private const int Shown = 4;

    /// <summary>What may be shown of it: <c>招商银行 ****1234</c>. Of a short account nothing is.</summary>
    [JsonIgnore]
    public string Mask => $"{Bank ?? Kind.ToString()} ****{(Account.Length >= 2 * Shown ? Account[^Shown..] : "")}";

    /// <summary>What may be shown of it: it must not get into a log.</summary>
    public override string ToString() => Mask;
}

/// <summary>What a payee says about themselves.</summary>
public sealed record PayeeProfile
{
    /// <summary>A user's id; empty for the shop of the house.</summary>
    public required string Owner { get; init; }

    /// <summary>What staff call them.</summary>
    public required string Name { get; init; }

    /// <summary>Whether <see cref="Name"/> is only for who isn't stored yet: what staff call the others stays.</summary>
    public bool KeepsName { get; init; }

    /// <summary>Who they are; null keeps what is stored.</summary>
    public PayeeIdentity? Identity { get; init; }

    /// <summary>Tax id; null keeps what is stored.</summary>
    public string? TaxId { get; init; }

    /// <summary>Country of the tax id, ISO 3166-1 (<c>CN</c>).</summary>
    public string? TaxCountry { get; init; }

    /// <summary>Where they are paid to; null keeps what is stored.</summary>
    public PayoutDestination? Destination { get; init; }

    /// <summary>Whose it is: the rest must not get into a log.</summary>
    public override string ToString() => $"{nameof(PayeeProfile)} of '{Owner}'";
}

/// <summary>A payee with their secrets, for themselves and for who verifies them.</summary>
public sealed record Payee
{
    /// <summary>What they said.</summary>
    public required PayeeProfile Profile { get; init; }

    /// <summary>Which state of it this is: whoever verifies says what they have seen.</summary>
    public required long Version { get; init; }

    /// <summary>Who entered who they are: somebody else verifies it.</summary>
    public string? IdentityEnteredBy { get; init; }

    /// <summary>Who entered the tax number, which is verified together with who they are.</summary>
    public string? TaxEnteredBy { get; init; }

    /// <summary>Who entered the destination, likewise.</summary>
    public string? DestinationEnteredBy { get; init; }

    /// <summary>When who they are was verified; null when it wasn't since it was changed.</summary>
    public DateTimeOffset? IdentityVerifiedAt { get; init; }

    /// <summary>By whom.</summary>
    public string? IdentityVerifiedBy { get; init; }

    /// <summary>When the destination was verified; null when it wasn't since it was changed.</summary>
    public DateTimeOffset? DestinationVerifiedAt { get; init; }

    /// <summary>By whom.</summary>
    public string? DestinationVerifiedBy { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A payee in a list, without secrets but the name.</summary>
/// <param name="Owner">A user's id; empty for the shop of the house.</param>
/// <param name="Name">What staff call them.</param>
/// <param name="DestinationMask">Where to, as it may be shown; null when there is none.</param>
/// <param name="HasIdentity">Whether they said who they are.</param>
/// <param name="HasTaxProfile">Whether they have a tax id.</param>
/// <param name="IdentityVerifiedAt">When who they are was verified.</param>
/// <param name="DestinationVerifiedAt">When the destination was verified.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record PayeeSummary(
    string Owner, string Name, string? DestinationMask, bool HasIdentity, bool HasTaxProfile, DateTimeOffset? IdentityVerifiedAt, DateTimeOffset? DestinationVerifiedAt, DateTimeOffset UpdatedAt);
