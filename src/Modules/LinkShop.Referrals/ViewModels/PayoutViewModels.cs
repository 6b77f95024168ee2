using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;
using LinkShop.Http;

namespace LinkShop.Referrals.ViewModels;

/// <summary>A promoter's page about being paid.</summary>
/// <param name="Wallets">What can be paid out, by currency.</param>
/// <param name="Missing">What has to be done before anything is paid out, in words.</param>
/// <param name="Ways">Where payouts can go: by value of the form.</param>
/// <param name="Payouts">Their own, newest first.</param>
public sealed record PromoterPayoutPage(
    IReadOnlyList<(Money Available, PayoutLimits? Limits)> Wallets, PayeeForm Form, IReadOnlyList<string> Missing, IReadOnlyList<PayoutWay> Ways, IReadOnlyList<Payout> Payouts, string Once);
