using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;
using LinkShop.Http;

namespace LinkShop.Finance.ViewModels;

/// <summary>A page of payouts.</summary>
/// <param name="All">Whether everybody's are shown, to who may take the file for the bank.</param>
/// <param name="Names">What the people in it are called, by id.</param>
public sealed record PayoutsViewModel(PayoutPage Page, PayoutState? State, bool All, IReadOnlyDictionary<string, string> Names);

/// <summary>One payout.</summary>
/// <param name="Actor">Who looks at it.</param>
/// <param name="MayManage">Whether they may decide.</param>
/// <param name="ByHand">Whether a person pays it.</param>
/// <param name="Usable">Whether its provider is switched on and set up. Otherwise a person says what came of it.</param>
/// <param name="Owed">What the owner has come to owe; null for nothing, and once it has ended.</param>
/// <param name="Stopped">Whether it waits because its promoter is looked at or switched off.</param>
public sealed record PayoutViewModel(Payout Payout, IReadOnlyDictionary<string, string> Names, string Actor, bool MayManage, bool ByHand, bool Usable, Money? Owed, bool Stopped);

/// <summary>The form that asks for a payout.</summary>
public sealed class PayoutForm
{
    public string? Owner { get; set; }

    public string? Currency { get; set; }

    public string? Amount { get; set; }

    /// <summary>Made with the form, so that sending it twice is one payout.</summary>
    public string? Once { get; set; }
}

/// <summary>The page with that form.</summary>
/// <param name="Owner">User id; empty for the shop.</param>
/// <param name="Limits">What holds for the currency; null when it isn't paid out.</param>
/// <param name="Missing">What has to be done before anything is paid out.</param>
public sealed record PayoutCreateViewModel(string Owner, string OwnerName, Money Available, PayoutLimits? Limits, Payee? Payee, IReadOnlyList<string> Missing, PayoutForm Form);

/// <summary>A page of payees.</summary>
public sealed record PayeesViewModel(IReadOnlyList<PayeeSummary> Payees, IReadOnlyDictionary<string, string> Names, bool Unverified, string? Next);

/// <summary>The page of a payee.</summary>
/// <param name="Stored">As it is stored; null when nothing is.</param>
/// <param name="Ways">Where payouts can go, by value of the form.</param>
public sealed record PayeeViewModel(
    PayeeForm Form, string OwnerName, Payee? Stored, IReadOnlyDictionary<string, string> Names, IReadOnlyList<PayoutWay> Ways, string Actor, bool MayVerify);
