namespace LinkShop.Commerce.Payments;

/// <summary>What a provider needs to begin a payment.</summary>
/// <param name="OrderId">The order: the gateway's merchant reference.</param>
/// <param name="Number">Order number, for the buyer's statement.</param>
/// <param name="Title">What is bought, one line.</param>
/// <param name="Amount">What is to be paid.</param>
/// <param name="ExpiresAt">When the order's reservation ends.</param>
/// <param name="ReturnUrl">Absolute address of the result page.</param>
/// <param name="CallbackUrl">Absolute address for the gateway's callback.</param>
/// <param name="Culture">Culture of the buyer.</param>
/// <param name="ClientAddress">Network address of the buyer, or null.</param>
public sealed record PaymentRequest(string OrderId, string Number, string Title, Money Amount, DateTimeOffset ExpiresAt, string ReturnUrl, string CallbackUrl, string Culture, string? ClientAddress);

/// <summary>A begun payment.</summary>
/// <param name="RedirectUrl">Where to send the buyer; may be relative to the tenant's prefix when it is a page of this site.</param>
public sealed record PaymentStart(string RedirectUrl);

/// <summary>A callback as it came in.</summary>
/// <param name="Body">The raw body, byte for byte: signatures are over it.</param>
/// <param name="Headers">Headers by name, any case.</param>
/// <param name="Query">Query values by name.</param>
public sealed record PaymentCallback(ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Query);

/// <summary>An answer to a gateway.</summary>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="ContentType">Content type.</param>
/// <param name="Body">Body, exactly.</param>
public sealed record PaymentCallbackReply(int StatusCode, string ContentType, string Body);

/// <summary>What to give back.</summary>
/// <param name="RefundId">Our id of the refund: repeated requests repeat it, so that the gateway does it once.</param>
/// <param name="OrderId">The order.</param>
/// <param name="PaymentId">The gateway's id of the payment.</param>
/// <param name="Amount">How much.</param>
/// <param name="Reason">Why, for the gateway's records.</param>
public sealed record RefundRequest(string RefundId, string OrderId, string PaymentId, Money Amount, string Reason);
