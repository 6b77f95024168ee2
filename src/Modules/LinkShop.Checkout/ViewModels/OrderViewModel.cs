using LinkShop.Commerce;
using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;

namespace LinkShop.Checkout.ViewModels;

/// <summary>The pages of one order.</summary>
public sealed class OrderViewModel
{
    public required OrderView Order { get; init; }

    public required IReadOnlyList<PaymentChoice> Providers { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset ReservedUntil { get; init; }

    public DateTimeOffset? Paid { get; init; }

    public DateTimeOffset? Fulfilled { get; init; }

    /// <summary>The provider the buyer chose on the checkout page.</summary>
    public string? Preferred { get; init; }

    /// <summary>What the signed-in buyer has that covers the order.</summary>
    public IReadOnlyList<CreditStanding> Credits { get; init; } = [];

    /// <summary>What was asked for and answered so far, oldest first.</summary>
    public IReadOnlyList<RefundView> Refunds { get; init; } = [];

    /// <summary>What is still paid of each line, by its number.</summary>
    public IReadOnlyDictionary<int, Money> Kept { get; init; } = RefundStanding.None.Kept;

    /// <summary>The form by which the buyer asks for money back.</summary>
    public RefundForm Refund { get; init; } = new();

    /// <summary>Whether the buyer can ask for money back now: one request at a time, and a disputed payment is its provider's to decide.</summary>
    public bool MayAsk => Order.State is not (OrderState.AwaitingPayment or OrderState.Disputed) && Kept.Values.Any(k => !k.IsZero) && Refunds.All(r => r.DecidedAt is not null);

    /// <summary>Whether somebody stands above the shop, whom the buyer may ask after the shop declined.</summary>
    public bool HasPlatform { get; init; }

    /// <summary>Whether the buyer may ask the platform now.</summary>
    public bool MayAskPlatform => HasPlatform && MayAsk && RefundView.MayAskPlatform(Refunds);

    public bool Waiting => Order.State is OrderState.AwaitingPayment or OrderState.Paid or OrderState.Fulfilling;

    public bool Delivered => Order.Lines.Any(line => line.Deliveries.Count > 0);
}

/// <summary>A list of a buyer's orders.</summary>
public sealed record OrderListViewModel(IReadOnlyList<(OrderSummary Order, DateTimeOffset Created)> Orders, string? NextPage)
{
    /// <summary>Whether the links must bring the orders' tokens: the browser remembers fewer orders than are listed. The order's page takes the token out of the address.</summary>
    public bool WithTokens { get; init; }

    /// <summary>What the signed-in buyer has.</summary>
    public IReadOnlyList<CreditStanding> Credits { get; init; } = [];
}

/// <summary>The form that finds orders again.</summary>
public sealed class LookupForm
{
    public string? Contact { get; set; }

    public string? Password { get; set; }
}
