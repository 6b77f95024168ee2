using System.Globalization;
using LinkShop.Commerce;
using Microsoft.Extensions.Localization;

namespace LinkShop.Checkout.Services;

/// <summary>Says a refusal in the visitor's language, with what to do next. The code decides; the library's own text is for programs.</summary>
public sealed class CommerceMessages(IStringLocalizer<CommerceMessages> localizer)
{
    private readonly IStringLocalizer S = localizer;

    /// <summary>For a lookup; says nothing about which of the two was wrong.</summary>
    public string NothingFound => S["We found no order with this contact and password. Please check both; the password is the one you chose when you ordered."];

    /// <summary>The sentence to show.</summary>
    public string Of(CommerceError error) => error.Code switch
    {
        CommerceErrors.Required or CommerceErrors.Invalid when error.Field is { } at && (at.StartsWith("Amounts", StringComparison.Ordinal) || at.EndsWith(".minor", StringComparison.Ordinal)) => S["Please say how much: a number above zero, with a point before its decimals, like 12.50."],
        CommerceErrors.Required when error.Field is "note" => S["Please tell the buyer why. Without a reason nothing was answered."],
        CommerceErrors.Required => S["Please fill this in."],
        CommerceErrors.Invalid => error.Field == "contact"
            ? S["Please give an e-mail address or a phone number."]
            : S["This isn't in the expected form."],
        CommerceErrors.TooLong => S["This is too long."],
        CommerceErrors.TooShort => error.Field == "lookupPassword" ? S["Please use at least 4 characters."] : S["This is too short."],
        CommerceErrors.NotFound => S["We can't find this."],
        CommerceErrors.NotOnSale => S["This isn't on sale any more. Please choose another one."],
        Commerce.Shops.ShopErrors.Closed => S["The shop is closed at the moment, and nobody is there to deliver this. Nothing was charged."],
        Commerce.Shops.ShopErrors.NoShop => S["There is no open shop at this address. Please check it; nothing was charged."],
        CommerceErrors.SoldOut => S["Sold out. Nothing was charged. Try a smaller quantity, or come back later: unpaid reservations are released after a few minutes."],
        CommerceErrors.PickTaken => S["Somebody else just took this number. Please pick another one."],
        CommerceErrors.OnePerOrder => S["Every buyer gets the same of this product, so one is enough."],
        CommerceErrors.QuantityOutOfRange when error.Facts is [var least, var most] => S["An order can have {0} to {1} of this.", least, most],
        CommerceErrors.QuantityOutOfRange => S["A picked number is ordered by itself: please set the quantity to 1."],
        CommerceErrors.BuyerLimit when error.Field == "contact" => S["You have unpaid orders. Please pay or cancel one of them first."],
        CommerceErrors.BuyerLimit when error.Facts is [var most, var bought] => S["A buyer can have {0} of this, and you have bought or reserved {1} already.", most, bought],
        CommerceErrors.BuyerLimit => S["You have reached the purchase limit for this product."],
        CommerceErrors.FreeLimit => S["This contact has had many free orders just now. Please try again in an hour."],
        CommerceErrors.AddressLimit => S["There are too many unpaid or recent orders from your network. Please pay or cancel one of them, or try again later."],
        CommerceErrors.PriceChanged => S["The price has changed. Please check the new total and order again."],
        CommerceErrors.CouponInvalid => S["There is no such coupon, or it has expired."],
        CommerceErrors.CouponNotApplicable => S["This coupon isn't for these goods."],
        CommerceErrors.CouponMinimum when error.Facts is [Money minimum, Money goods] =>
            S["This coupon is for {0} or more; what it applies to comes to {1} here.", minimum.Format(CultureInfo.CurrentUICulture), goods.Format(CultureInfo.CurrentUICulture)],
        CommerceErrors.CouponUsedUp => S["This coupon has been used up."],
        CommerceErrors.CouponBuyerLimit => S["You have used this coupon already."],
        CommerceErrors.CouponFixed => S["How much a coupon takes off can't be changed. Make another one."],
        CommerceErrors.BelowUses => S["It was used more often already. Choose a higher number, or switch the coupon off."],
        CommerceErrors.IllegalTransition => S["This isn't possible any more, the order has moved on. Please reload the page."],
        CommerceErrors.AccessDenied => S["This order can't be opened this way."],
        CommerceErrors.PlatformDecides => S["This is the platform's to decide: the request is overdue or was left to it, or it would have to bear the refund."],
        CommerceErrors.TooManyAttempts => S["Too many attempts. Please wait a few minutes and try again."],
        CommerceErrors.ProviderNotUsable => S["This way to pay isn't available right now. Please choose another one."],
        CommerceErrors.InsufficientFunds => S["You don't have enough for this order. Nothing was taken; please choose another way to pay."],
        CommerceErrors.SellerShort when error.Facts is [Money missing] =>
            S["{0} of this isn't there: it was paid out, is set aside for a payout, or isn't earned yet. Only the platform can give that back now. Give less back, wait until more of what was earned is released, or leave the buyer's request to the platform.", missing.Format(CultureInfo.CurrentUICulture)],
        CommerceErrors.RefundTooHigh => S["That is more than is still paid of this line."],
        CommerceErrors.PaymentDisputed => S["This payment is disputed. If the dispute is lost, the money goes back that way, so send nothing before it is decided; what is still due then is asked for again."],
        CommerceErrors.RefundUnderWay => S["The payment provider was asked to give this back and hasn't answered yet, so it may do it any moment. Record it yourself only once the provider has said no."],
        CommerceErrors.RefundOpen => S["A request for this order is waiting for its answer already."],
        CommerceErrors.PoolEmpty => S["No key is left in the pool, so nothing was changed. Import keys into it and replace this one then, or give the money back."],
        CommerceErrors.AlreadyReplaced => S["This key was replaced before. Reload the page to see the one the buyer has now."],
        CommerceErrors.NotByKey => S["This isn't delivered by single keys, so there is none to replace. Change what the pool or the product hands out."],
        CommerceErrors.BelowCost => S["This coupon takes off too much for these goods. Please order without it."],
        CommerceErrors.SupplyOrder => S["This order follows the order of the shop that sells on. It can't be changed by itself."],
        CommerceErrors.Conflict => S["Somebody else changed this at the same time. Please try again."],
        _ => S["This didn't work ({0}). Nothing was changed; please try again.", error.Code],
    };
}
