using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Ordering;

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

    public bool Waiting => Order.State is OrderState.AwaitingPayment or OrderState.Paid or OrderState.Fulfilling;

    public bool Delivered => Order.Lines.Any(line => line.Deliveries.Count > 0);
}

/// <summary>A list of a buyer's orders.</summary>
public sealed record OrderListViewModel(IReadOnlyList<(OrderSummary Order, DateTimeOffset Created)> Orders, string? NextPage)
{
    /// <summary>What the signed-in buyer has.</summary>
    public IReadOnlyList<CreditStanding> Credits { get; init; } = [];
}

/// <summary>The form that finds orders again.</summary>
public sealed class LookupForm
{
    public string? Contact { get; set; }

    public string? Password { get; set; }
}
