using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;

namespace LinkShop.Http;

/// <summary>A way that a payout can go.</summary>
/// <param name="Value">As <see cref="PayeeForm.Way"/> has it.</param>
/// <param name="Kind">Kind of the destination.</param>
/// <param name="ByHand">Whether a person pays it.</param>
public sealed record PayoutWay(string Value, PayoutDestinationKind Kind, bool ByHand)
{
    /// <summary>The ways that can be used in a tenant now.</summary>
    public static async Task<IReadOnlyList<PayoutWay>> UsableAsync(IEnumerable<IPayoutProvider> providers, TenantScope scope, CancellationToken cancellationToken)
    {
        var ways = new List<PayoutWay>();
        foreach (var provider in providers)
        {
            if (await provider.IsUsableAsync(scope, cancellationToken).ConfigureAwait(false))
                ways.AddRange(provider.DestinationKinds.Select(kind => new PayoutWay($"{kind}:{provider.Name}", kind, provider.IsByHand)));
        }

        return ways;
    }
}

/// <summary>What a payee says about themselves, as typed in.</summary>
public sealed class PayeeForm
{
    private const string DefaultCountry = "CN";

    public string? Owner { get; set; }

    public string? Name { get; set; }

    public string? LegalName { get; set; }

    public string? IdNumber { get; set; }

    public string? TaxId { get; set; }

    public string? TaxCountry { get; set; }

    /// <summary>Kind and provider of the destination: <c>Bank:manual</c>.</summary>
    public string? Way { get; set; }

    public string? Account { get; set; }

    public string? AccountName { get; set; }

    public string? Bank { get; set; }

    /// <summary>The form of what is stored; an empty one for null.</summary>
    public static PayeeForm Of(string owner, Payee? stored) => new()
    {
        Owner = owner,
        Name = stored?.Profile.Name,
        LegalName = stored?.Profile.Identity?.LegalName,
        IdNumber = stored?.Profile.Identity?.IdNumber,
        TaxId = stored?.Profile.TaxId,
        TaxCountry = stored?.Profile.TaxCountry ?? DefaultCountry,
        Way = stored?.Profile.Destination is { } to ? $"{to.Kind}:{to.Provider}" : null,
        Account = stored?.Profile.Destination?.Account,
        AccountName = stored?.Profile.Destination?.AccountName,
        Bank = stored?.Profile.Destination?.Bank,
    };

    /// <summary>The profile that was meant.</summary>
    /// <param name="owner">Whose; what the form says about it isn't believed.</param>
    public PayeeProfile ProfileOf(string owner)
    {
        var way = (Way ?? "").Split(':', 2);
        var known = Enum.TryParse<PayoutDestinationKind>(way[0], out var kind) && Enum.IsDefined(kind);
        var nowhere = string.IsNullOrWhiteSpace(Account) && string.IsNullOrWhiteSpace(AccountName) && string.IsNullOrWhiteSpace(Bank);
        return new PayeeProfile
        {
            Owner = owner,
            Name = Name ?? "",
            Identity = string.IsNullOrWhiteSpace(LegalName) && string.IsNullOrWhiteSpace(IdNumber) ? null : new PayeeIdentity(LegalName ?? "", IdNumber ?? ""),
            TaxId = TaxId,
            TaxCountry = string.IsNullOrWhiteSpace(TaxId) ? null : TaxCountry,
            // what isn't a bank has no bank: a browser keeps what was typed before another way was chosen
            Destination = nowhere ? null : new PayoutDestination(kind, known && way.Length == 2 ? way[1] : "", Account ?? "", AccountName ?? "", kind == PayoutDestinationKind.Bank ? Bank : null),
        };
    }
}
