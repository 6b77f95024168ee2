using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;
using LinkShop.Http;
using Microsoft.Extensions.Localization;

namespace LinkShop.Finance.Services;

/// <summary>Says what is wrong with a payout, a payee, a merchant or a settlement file in the reader's language, and what to do about it.</summary>
public sealed class FinanceMessages(IStringLocalizer<FinanceMessages> localizer, IEnumerable<PlatformApproves> platform)
{
    private readonly IStringLocalizer S = localizer;
    private readonly bool _platformApproves = platform.Any();

    /// <summary>The sentence to show.</summary>
    public string Of(CommerceError error) => error.Code switch
    {
        PayoutErrors.IdentityMissing => S["The payee's name and identity number are missing. Fill them in first."],
        PayoutErrors.IdentityUnverified when _platformApproves => S["The platform has yet to verify who the payee is. You get a mail when that is done."],
        PayoutErrors.IdentityUnverified => S["Nobody has verified who the payee is. Somebody else on the staff has to do that."],
        PayoutErrors.TaxProfileMissing => S["The payee has no tax number. Fill it in first."],
        PayoutErrors.DestinationMissing => S["There is no account to pay to. Fill it in first."],
        PayoutErrors.DestinationUnverified when _platformApproves => S["The platform has yet to verify the account to pay to. You get a mail when that is done."],
        PayoutErrors.DestinationUnverified => S["Nobody has verified the account to pay to. Somebody else on the staff has to do that."],
        PayoutErrors.BelowMinimum => S["This amount is below the minimum, or the fee would take all of it."],
        PayoutErrors.FourEyes => S["This takes another person: not the payee, and nobody who entered it, asked for it or approved it before."],
        PayoutErrors.OwnerOwes => S["Refunds have taken more than was free, so this payout can't leave: it is called off by itself, and its amount pays what is owed."],
        PayoutErrors.OwnerStopped => S["This promoter is looked at or switched off. Nothing is paid out until that is decided."],
        CommerceErrors.InsufficientFunds => S["The wallet has less than that available."],
        CommerceErrors.ProviderNotUsable => S["This way to pay out can't be used right now."],
        CommerceErrors.MoreThanHeld => S["By the books this provider holds less. Check the amount; if so much did arrive, say so below."],
        CommerceErrors.IllegalTransition => S["This payout has moved on meanwhile. Look at where it is now."],
        CommerceErrors.Conflict when error.Field == "paymentId" => S["The provider has told of one like this since the file was compared. Look at the order first."],
        CommerceErrors.HadByAnotherFile => S["Another settlement file of this time has this payment, so the provider does hold it. Nothing was written off."],
        CommerceErrors.AlreadyTakenOver => S["This was taken over already, out of another settlement file. Nothing was booked again."],
        CommerceErrors.AlreadyWrittenOff => S["This payment was written off already, in another settlement file. Nothing was written off again."],
        CommerceErrors.Conflict when error.Field == "reference" => S["This provider has an arrival with this reference already, with another amount or day."],
        CommerceErrors.Conflict => S["Somebody else changed this at the same time. Please look at it again."],
        CommerceErrors.Required or CommerceErrors.Invalid when error.Field == "taxCountry" => S["The country of the tax number is two letters, like CN."],
        CommerceErrors.Required => error.Field is null ? S["Something is missing."] : S["{0}: please fill this in.", Field(error.Field)],
        CommerceErrors.TooLong => S["{0}: this is too long.", Field(error.Field)],
        CommerceErrors.NotFound when error.Field == "provider" => S["The books have nothing of this provider in this currency."],
        CommerceErrors.NotFound => S["There is no such thing here."],
        CommerceErrors.UnknownOrder => S["The file names an order that doesn't exist here. Nothing was done."],
        CommerceErrors.AmountMismatch => S["The order comes to another amount than the file says. Nothing was done; ask the provider."],
        CommerceErrors.CurrencyMismatch => S["The order is in another currency than the file says. Nothing was done; ask the provider."],
        CommerceErrors.EventConflict => S["This payment belongs to another order. Nothing was done."],
        CommerceErrors.SupplyOrder => S["This order follows the order of the shop that sells on, and can't be paid by itself. Nothing was done."],
        CommerceErrors.Invalid when error.Field == "period" => S["Give the first and the last day, in this order, or neither."],
        CommerceErrors.AccessDenied => S["Only the owner, or who asked for it, calls a payout off."],
        _ => error.Field?.StartsWith("amount", StringComparison.Ordinal) == true
            ? S["An amount like 12.50, with no more decimals than the currency has, in a currency that is paid out."]
            : S["{0}: this isn't in the expected form.", Field(error.Field)],
    };

    private string Field(string? field) => field switch
    {
        "name" => S["Name"],
        "identity.legalName" => S["Legal name"],
        "identity.idNumber" => S["Identity or company number"],
        "taxId" => S["Tax number"],
        "taxCountry" => S["Country of the tax number"],
        "destination.account" => S["Account number"],
        "destination.accountName" => S["Account holder"],
        "destination.bank" => S["Bank"],
        "destination.kind" or "destination.provider" => S["Way to pay"],
        "note" => S["Reason"],
        "reference" => S["Reference of the bank"],
        "day" => S["Day"],
        "provider" => S["Payment provider"],
        "fileName" => S["File"],
        "period" => S["Period"],
        _ => S["Input"],
    };
}
