using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;
using Microsoft.Extensions.Localization;

namespace LinkShop.Referrals.Services;

/// <summary>Says a refusal in the reader's language, with what to do about it.</summary>
public sealed class ReferralMessages(IStringLocalizer<ReferralMessages> localizer)
{
    private readonly IStringLocalizer S = localizer;

    /// <summary>What is wrong with a payout or with what a promoter said about themselves.</summary>
    public string OfPayout(CommerceError error) => error.Code switch
    {
        PayoutErrors.IdentityMissing => S["Your name and identity number are missing. Fill them in below."],
        PayoutErrors.IdentityUnverified => S["Somebody of the shop still has to verify who you are."],
        PayoutErrors.TaxProfileMissing => S["Your tax number is missing. Fill it in below."],
        PayoutErrors.DestinationMissing => S["There is no account to pay to. Fill it in below."],
        PayoutErrors.DestinationUnverified => S["Somebody of the shop still has to verify the account to pay to."],
        PayoutErrors.BelowMinimum => S["This amount is below the minimum, or the fee would take all of it."],
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
