using LinkShop.Commerce.Payouts;

namespace LinkShop.Commerce.Payments;

/// <summary>What people call those that payments come by and money is at, in English; screens translate it. The stored names are the system's.</summary>
/// <param name="payments">The tenant's gateways.</param>
/// <param name="payouts">The tenant's ways to pay out: the money that is at them has their names.</param>
public sealed class PaymentNames(IEnumerable<IPaymentProvider> payments, IEnumerable<IPayoutProvider> payouts)
{
    /// <summary>The account that shops and suppliers settle through; no provider.</summary>
    public const string BetweenShops = "Between shops and suppliers";

    /// <summary>What staff saw at the bank and recorded, and the bank where its money is.</summary>
    public const string ByHand = "Recorded by hand (bank)";

    /// <summary>A provider's name; one that isn't here any more stands for itself.</summary>
    /// <param name="provider">As it is stored.</param>
    public string Of(string provider) => provider == PaymentFacts.Resale ? BetweenShops : provider == PaymentFacts.Manual ? ByHand
        : payments.FirstOrDefault(p => p.Name == provider)?.DisplayName ?? payouts.FirstOrDefault(p => p.Name == provider)?.DisplayName ?? provider;

    /// <summary>Why a message about a payment was refused, in English; screens translate it.</summary>
    /// <param name="code">The stored code.</param>
    public static string WhyRefused(string code) => code switch
    {
        CommerceErrors.BadSignature => "The signature is missing or wrong",
        CommerceErrors.StaleSignature => "The signature is too old",
        CommerceErrors.AmountMismatch => "Another amount than the order's",
        CommerceErrors.CurrencyMismatch => "Another currency than the order's",
        CommerceErrors.UnknownOrder => "No such order",
        CommerceErrors.EventConflict => "The same id with another content",
        CommerceErrors.ProviderNotUsable => "The provider has no secret",
        _ => "Not readable",
    };

    /// <summary>What orders are paid with: stored names and their titles; the last is what staff record by hand.</summary>
    public IEnumerable<(string Name, string Title)> OfPayments() => payments.Select(p => p.Name).Append(PaymentFacts.Manual).Distinct().Select(name => (name, Of(name)));
}
