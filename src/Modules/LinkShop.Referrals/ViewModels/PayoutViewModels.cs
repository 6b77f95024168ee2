using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;

namespace LinkShop.Referrals.ViewModels;

/// <summary>A promoter's page about being paid.</summary>
/// <param name="Wallets">What can be paid out, by currency.</param>
/// <param name="Payee">Who they said they are; null when they haven't.</param>
/// <param name="Missing">What has to be done before anything is paid out, in words.</param>
/// <param name="Ways">Where payouts can go: values of the form, kinds.</param>
/// <param name="Payouts">Their own, newest first.</param>
public sealed record PromoterPayoutPage(
    IReadOnlyList<(Money Available, PayoutLimits? Limits)> Wallets, Payee? Payee, PayeeForm Form, IReadOnlyList<string> Missing, IReadOnlyList<(string Value, PayoutDestinationKind Kind)> Ways,
    IReadOnlyList<Payout> Payouts, string Once);

/// <summary>What a promoter says about themselves.</summary>
public sealed class PayeeForm
{
    public string? LegalName { get; set; }

    public string? IdNumber { get; set; }

    public string? TaxId { get; set; }

    public string? TaxCountry { get; set; }

    /// <summary>Kind and provider of the destination: <c>Bank:manual</c>.</summary>
    public string? Way { get; set; }

    public string? Account { get; set; }

    public string? AccountName { get; set; }

    public string? Bank { get; set; }
}
