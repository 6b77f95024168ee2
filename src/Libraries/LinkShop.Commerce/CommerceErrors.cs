namespace LinkShop.Commerce;

/// <summary>The codes of <see cref="CommerceError"/> that offers, ordering, payments and coupons use. They are part of the public API and never change.</summary>
public static class CommerceErrors
{
    /// <summary>A required input is missing or empty.</summary>
    public const string Required = "required";
    /// <summary>An input has the wrong form.</summary>
    public const string Invalid = "invalid";
    /// <summary>A text is longer than allowed.</summary>
    public const string TooLong = "too_long";
    /// <summary>A text is shorter than allowed.</summary>
    public const string TooShort = "too_short";
    /// <summary>The product, variant, order, coupon or payment doesn't exist for this tenant, or the caller may not see it.</summary>
    public const string NotFound = "not_found";
    /// <summary>The variant isn't on sale.</summary>
    public const string NotOnSale = "not_on_sale";
    /// <summary>Not enough is left to reserve.</summary>
    public const string SoldOut = "sold_out";
    /// <summary>The chosen specific key was taken by somebody else.</summary>
    public const string PickTaken = "pick_taken";
    /// <summary>A quantity is below or above the limits of one order. Facts: the least and the most; none when it is a picked number, which is ordered by itself.</summary>
    public const string QuantityOutOfRange = "quantity_out_of_range";
    /// <summary>Every buyer gets the same of this, so an order has one of it.</summary>
    public const string OnePerOrder = "one_per_order";
    /// <summary>The buyer (by contact) has reached the purchase limit. Facts: the most, and how many were bought or are reserved; none when it is about unpaid orders.</summary>
    public const string BuyerLimit = "buyer_limit";
    /// <summary>This contact has had as many free orders within the hour as it can have unpaid ones.</summary>
    public const string FreeLimit = "free_limit";
    /// <summary>The network address has reached the purchase limit.</summary>
    public const string AddressLimit = "address_limit";
    /// <summary>The price isn't the one the buyer was shown.</summary>
    public const string PriceChanged = "price_changed";
    /// <summary>All lines of an order must have one currency.</summary>
    public const string MixedCurrencies = "mixed_currencies";
    /// <summary>There is no such coupon, or it isn't valid now.</summary>
    public const string CouponInvalid = "coupon_invalid";
    /// <summary>The coupon doesn't apply to what is in the order.</summary>
    public const string CouponNotApplicable = "coupon_not_applicable";
    /// <summary>The goods that a coupon is for are below its minimum. Facts: the minimum and what those goods come to.</summary>
    public const string CouponMinimum = "coupon_minimum";
    /// <summary>The coupon has been used as often as it may be.</summary>
    public const string CouponUsedUp = "coupon_used_up";
    /// <summary>This buyer has used the coupon as often as one buyer may.</summary>
    public const string CouponBuyerLimit = "coupon_buyer_limit";
    /// <summary>The idempotency key was used before with another request.</summary>
    public const string IdempotencyMismatch = "idempotency_mismatch";
    /// <summary>The state machine doesn't allow this step from the present state.</summary>
    public const string IllegalTransition = "illegal_transition";
    /// <summary>The caller may not open this order: wrong token, password or user.</summary>
    public const string AccessDenied = "access_denied";
    /// <summary>It is the platform's to decide, not the shop's.</summary>
    public const string PlatformDecides = "platform_decides";
    /// <summary>Too many failed attempts; try again later.</summary>
    public const string TooManyAttempts = "too_many_attempts";
    /// <summary>A payment event names another amount than the order's.</summary>
    public const string AmountMismatch = "amount_mismatch";
    /// <summary>A payment event names another currency than the order's.</summary>
    public const string CurrencyMismatch = "currency_mismatch";
    /// <summary>A payment event names an order that doesn't exist.</summary>
    public const string UnknownOrder = "unknown_order";
    /// <summary>An event id was used before with another content.</summary>
    public const string EventConflict = "event_conflict";
    /// <summary>The signature of a callback is missing or wrong.</summary>
    public const string BadSignature = "bad_signature";
    /// <summary>A callback is signed but too old.</summary>
    public const string StaleSignature = "stale_signature";
    /// <summary>The payment provider has no secrets yet.</summary>
    public const string ProviderNotUsable = "provider_not_usable";
    /// <summary>Somebody else changed the record in between.</summary>
    public const string Conflict = "conflict";
    /// <summary>What a coupon takes off can't be changed.</summary>
    public const string CouponFixed = "coupon_fixed";
    /// <summary>The limit is below what was used already.</summary>
    public const string BelowUses = "below_uses";
    /// <summary>An account has less than is to be moved or held.</summary>
    public const string InsufficientFunds = "insufficient_funds";
    /// <summary>Somebody who was paid out already would owe by a refund, so only who decides for the platform may give it. Facts: what is missing.</summary>
    public const string SellerShort = "seller_short";
    /// <summary>A transfer's id was used before with another content.</summary>
    public const string TransferConflict = "transfer_conflict";
    /// <summary>The hold was posted, voided or timed out already, or there is none.</summary>
    public const string HoldEnded = "hold_ended";
    /// <summary>A refund is for more than is still paid of a line.</summary>
    public const string RefundTooHigh = "refund_too_high";
    /// <summary>The provider was asked to give back what is due, and nobody knows yet what came of it.</summary>
    public const string RefundUnderWay = "refund_under_way";
    /// <summary>The payment is disputed: whether money goes back is being decided at the provider.</summary>
    public const string PaymentDisputed = "payment_disputed";
    /// <summary>A request for a refund of this order waits for its answer already.</summary>
    public const string RefundOpen = "refund_open";
    /// <summary>No key is left in the pool to deliver in place of another.</summary>
    public const string PoolEmpty = "pool_empty";
    /// <summary>The key was replaced before.</summary>
    public const string AlreadyReplaced = "already_replaced";
    /// <summary>The line isn't delivered by single keys.</summary>
    public const string NotByKey = "not_by_key";
    /// <summary>The price is below the supplier's lowest.</summary>
    public const string BelowFloor = "below_floor";
    /// <summary>The price doesn't cover what the goods cost the shop.</summary>
    public const string BelowCost = "below_cost";
    /// <summary>The variant can't be offered for resale.</summary>
    public const string NotResellable = "not_resellable";
    /// <summary>The shop may not let others sell its goods.</summary>
    public const string SupplyOff = "supply_off";
    /// <summary>The order is a shop's at its supplier: it follows the shop's order and nothing else.</summary>
    public const string SupplyOrder = "supply_order";
    /// <summary>The two shops are on different databases, so that what needs both can't be done.</summary>
    public const string OtherDatabase = "other_database";
    /// <summary>The same file was imported before; the error's field is what came of it then.</summary>
    public const string AlreadyImported = "already_imported";
    /// <summary>Another settlement file had the payment that is to be written off.</summary>
    public const string HadByAnotherFile = "had_by_another_file";
    /// <summary>The same refund or chargeback was taken over out of another settlement file.</summary>
    public const string AlreadyTakenOver = "already_taken_over";
    /// <summary>The same payment was written off in another settlement file.</summary>
    public const string AlreadyWrittenOff = "already_written_off";
    /// <summary>A provider holds less than this by the books; whoever knows better says so.</summary>
    public const string MoreThanHeld = "more_than_held";
}
