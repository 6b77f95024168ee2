namespace LinkShop.Commerce.Ordering;

/// <summary>What an order would cost, without reserving anything.</summary>
/// <param name="Lines">The priced lines, in the order of the request.</param>
/// <param name="Subtotal">Sum of the lines before the discount.</param>
/// <param name="Discount">What the coupon takes off.</param>
/// <param name="Total">What the buyer would pay.</param>
public sealed record OrderQuote(IReadOnlyList<OrderQuoteLine> Lines, Money Subtotal, Money Discount, Money Total);

/// <summary>One priced line of a quote.</summary>
/// <param name="SkuId">The variant.</param>
/// <param name="Title">Product title.</param>
/// <param name="Variant">Variant name; may be empty.</param>
/// <param name="Quantity">How many.</param>
/// <param name="UnitPrice">Price of one unit at this quantity.</param>
/// <param name="Surcharge">For a specific key, whole line.</param>
/// <param name="Discount">This line's share of the coupon.</param>
/// <param name="Total">What the line comes to.</param>
public sealed record OrderQuoteLine(string SkuId, string Title, string Variant, int Quantity, Money UnitPrice, Money Surcharge, Money Discount, Money Total);

/// <summary>What the buyer gets when an order was made.</summary>
/// <param name="OrderId">Unguessable id; the gateways' order reference.</param>
/// <param name="Number">Number that people read out, unique in the tenant.</param>
/// <param name="AccessToken">Opens the order without a password; part of the link in the mail.</param>
/// <param name="Total">What is to be paid.</param>
/// <param name="State">State after creation: awaiting payment, or delivered already when it was free.</param>
/// <param name="ReservedUntil">Until when stock is kept for it.</param>
public sealed record OrderReceipt(string OrderId, string Number, string AccessToken, Money Total, OrderState State, DateTimeOffset ReservedUntil);
