using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using Microsoft.Extensions.Localization;

namespace LinkShop.Referrals.Services;

/// <summary>Says a refusal in the reader's language, with what to do about it.</summary>
public sealed class ReferralMessages(IStringLocalizer<ReferralMessages> localizer)
{
    private readonly IStringLocalizer S = localizer;

    /// <summary>Nobody promotes without having agreed.</summary>
    public string TermsNeeded => S["Please read the terms and agree to them."];

    /// <summary>A refusal.</summary>
    public string Of(CommerceError error) => error.Code switch
    {
        ReferralErrors.ProgramOff => S["Promotion is switched off here at the moment."],
        ReferralErrors.AdultsOnly => S["Only adults can promote. Please say that you are one."],
        ReferralErrors.NoPromoter => S["There is no such promoter here."],
        ReferralErrors.PromoterInactive => S["This promoter is being looked at, was switched off or has left, so this isn't possible now."],
        ReferralErrors.EdgeFixed => S["Who brought a promoter is said when they join, and doesn't change later."],
        ReferralErrors.CodeTaken => S["This code is somebody else's. Choose another one."],
        ReferralErrors.NoLink => S["There is no such link."],
        ReferralErrors.NoApproval => S["There is no such approval in force here."],
        ReferralErrors.BudgetSpent => S["Nothing is left of this plan's budget. Raise it first, then put the plan into force."],
        ReferralErrors.SameReviewer => S["Who decided the case can't decide the appeal. Somebody else has to."],
        ReferralErrors.OwnCase => S["Nobody decides about themselves. Somebody else has to."],
        ReferralErrors.NameRefused when error.Field is "code" => S["A code that others see can't promise income or the whole price back, and can't use words of pyramid schemes. Choose another one."],
        ReferralErrors.NameRefused => S["A name that others see can't promise income, and can't use words of pyramid schemes. Choose another one."],
        ReferralErrors.CaseClosed => S["This case was decided already, or it is too late to appeal."],
        ReferralErrors.Unlawful => Refusal(error.Field ?? ""),
        CommerceErrors.Required when error.Field is "code" => S["A code has 2 to 30 letters and digits."],
        CommerceErrors.Invalid when error.Field is "code" => S["A code has 2 to 30 letters and digits."],
        CommerceErrors.Invalid when error.Field is "phone" => S["A phone number has 5 to 20 digits, and may begin with a plus sign."],
        CommerceErrors.Required => S["Please fill this in."],
        CommerceErrors.TooLong => S["This is too long."],
        CommerceErrors.NotFound => S["There is no such thing here."],
        CommerceErrors.IllegalTransition => S["This isn't possible in its present state. Reload the page."],
        CommerceErrors.Conflict => S["Somebody else changed this at the same time. Please look at it again."],
        CommerceErrors.Invalid => S["This isn't in the expected form."],
        _ => S["This didn't work ({0}). Nothing was changed; please try again.", error.Code],
    };

    /// <summary>A reason of the linter, in its own words.</summary>
    public static string Reason(string code) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? ReferralReasons.Chinese(code) : ReferralReasons.English(code);

    // code:path
    private static string Refusal(string field) => field.Split(':', 2) is [var code, ..] ? Reason(code) : field;

    /// <summary>What is wrong with a payout or with what a promoter said about themselves.</summary>
    public string OfPayout(CommerceError error) => error.Code switch
    {
        PayoutErrors.IdentityMissing => S["Your name and identity number are missing. Fill them in below."],
        PayoutErrors.IdentityUnverified => S["Who you are still has to be verified. That takes no step of yours."],
        PayoutErrors.TaxProfileMissing => S["Your tax number is missing. Fill it in below."],
        PayoutErrors.DestinationMissing => S["There is no account to pay to. Fill it in below."],
        PayoutErrors.DestinationUnverified => S["The account to pay to still has to be verified. That takes no step of yours."],
        PayoutErrors.BelowMinimum => S["This amount is below the minimum, or the fee would take all of it."],
        PayoutErrors.OwnerStopped => S["Your promotion is looked at or switched off. Nothing is paid out until that is decided."],
        CommerceErrors.InsufficientFunds => S["Less than that is available."],
        CommerceErrors.ProviderNotUsable => S["This way to pay out can't be used right now."],
        CommerceErrors.IllegalTransition => S["This payout has moved on meanwhile. Look at where it is now."],
        CommerceErrors.Conflict => S["Somebody else changed this at the same time. Please look at it again."],
        CommerceErrors.Required => S["{0}: please fill this in.", Field(error.Field)],
        CommerceErrors.TooLong => S["{0}: this is too long.", Field(error.Field)],
        _ => error.Field?.StartsWith("amount", StringComparison.Ordinal) == true
            ? S["An amount like 12.50, in a currency that is paid out."]
            : S["{0}: this isn't in the expected form.", Field(error.Field)],
    };

    private string Field(string? field) => field switch
    {
        "identity.legalName" => S["Name as on your papers"],
        "identity.idNumber" => S["Number of your identity card"],
        "taxId" => S["Tax number"],
        "taxCountry" => S["Country"],
        "destination.account" => S["Account number"],
        "destination.accountName" => S["Account holder"],
        "destination.bank" => S["Bank"],
        "destination.kind" or "destination.provider" => S["Way to pay"],
        _ => S["Input"],
    };
}
