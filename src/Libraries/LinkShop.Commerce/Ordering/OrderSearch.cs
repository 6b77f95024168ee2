using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Ordering;

/// <summary>A search for orders; all given conditions must hold.</summary>
public sealed record OrderSearch
{
    /// <summary>Order number or id, exact, or null.</summary>
    public string? Number { get; init; }

    /// <summary>The buyer's whole e-mail address or phone number, or null. Contacts are encrypted, so parts can't be searched.</summary>
    public string? Contact { get; init; }

    /// <summary>One state, or null for all.</summary>
    public OrderState? State { get; init; }

    /// <summary>Made at or after, or null.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Made before, or null.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary><see cref="OrderPage.Next"/> of the page before, or null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>Orders per page, 1 to 200.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>A page of found orders.</summary>
/// <param name="Orders">The orders, newest first.</param>
/// <param name="Next">Where the next page begins, or null when this is the last.</param>
public sealed record OrderPage(IReadOnlyList<OrderSummary> Orders, string? Next);

/// <summary>Everything about an order for staff.</summary>
/// <param name="Order">The order; deliveries are left out, secret fields masked.</param>
/// <param name="Contact">The buyer's contact in full, or null.</param>
/// <param name="UserId">The signed-in buyer, or null.</param>
/// <param name="Payments">Payments, oldest first.</param>
/// <param name="Events">History, oldest first.</param>
/// <param name="OpenTasks">Lines that wait for a person.</param>
/// <param name="SupplyShop">Tenant name of the shop that sold it on, which is the buyer here; null for every other order.</param>
/// <param name="MayRedeliver">Whether it was delivered, or can still be: its money is here and neither asked nor decided to go back.</param>
public sealed record OrderDetail(OrderView Order, string? Contact, string? UserId, IReadOnlyList<PaymentView> Payments, IReadOnlyList<OrderEventView> Events, IReadOnlyList<int> OpenTasks, string? SupplyShop = null, bool MayRedeliver = false);

/// <summary>A payment as staff see it.</summary>
/// <param name="Provider">Name of the provider.</param>
/// <param name="PaymentId">The provider's id of it.</param>
/// <param name="Paid">What was paid.</param>
/// <param name="Refunded">What was given back.</param>
/// <param name="Captured">Whether it is the one the order lives on.</param>
/// <param name="RefundDue">What is to be given back still.</param>
/// <param name="Disputed">Whether a dispute is open.</param>
/// <param name="At">When the provider first told of it.</param>
/// <param name="Excess">What went back beyond what was paid.</param>
public sealed record PaymentView(string Provider, string PaymentId, Money Paid, Money Refunded, bool Captured, Money RefundDue, bool Disputed, DateTimeOffset At, Money Excess)
{
    /// <summary>Whether another payment is the same money: what staff recorded before the provider told of it.</summary>
    public bool Superseded { get; init; }

    /// <summary>Whether its provider was asked to give back what is due, and hasn't answered yet.</summary>
    public bool UnderWay { get; init; }

    /// <summary>Whether its provider was asked and gave nothing.</summary>
    public bool SaidNo { get; init; }

    /// <summary>A provider has the money, not our bank or our own books.</summary>
    public bool AtProvider => Provider != PaymentFacts.Manual && !CreditAccounts.IsOwn(Provider);
}

/// <summary>One entry of an order's history: made, payment event, delivery, views by the buyer, acts of staff.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Stable snake_case name: <c>created</c>, <c>payment_paid</c>, <c>payment_refused</c>, <c>delivered</c>, <c>viewed</c>, <c>downloaded</c>, <c>cancelled</c>, …</param>
/// <param name="Actor">User name of staff, provider's name, or null for the buyer or the system.</param>
/// <param name="Note">More about it, never a secret; may be null. Of a refused payment event the code why.</param>
/// <param name="Amount">How much it is about, of payments and refunds; else null.</param>
public sealed record OrderEventView(DateTimeOffset At, string Kind, string? Actor, string? Note, Money? Amount = null);

/// <summary>A manual line that waits for a person.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Number">Its number.</param>
/// <param name="Line">Number of the line.</param>
/// <param name="Title">What is to be delivered.</param>
/// <param name="Variant">The variant's name; may be empty.</param>
/// <param name="SnapshotJson">What the order kept of the product.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Since">Since when it waits.</param>
public sealed record OpenTask(string OrderId, string Number, int Line, string Title, string Variant, string SnapshotJson, int Quantity, DateTimeOffset Since);

/// <summary>A payment that is to be given back.</summary>
/// <param name="OrderId">The order it named.</param>
/// <param name="Number">Its number.</param>
/// <param name="Provider">Name of the provider.</param>
/// <param name="PaymentId">The provider's id of it.</param>
/// <param name="Amount">What is to be given back.</param>
/// <param name="Reason"><c>paid_twice</c> or <c>paid_too_late</c>.</param>
/// <param name="Since">Since when.</param>
public sealed record RefundDue(string OrderId, string Number, string Provider, string PaymentId, Money Amount, string Reason, DateTimeOffset Since);

/// <summary>Numbers for the dashboard.</summary>
/// <param name="Orders">Orders made in the period.</param>
/// <param name="PaidOrders">Of them, those that were paid.</param>
/// <param name="Revenue">What their payments brought less refunds, per currency.</param>
/// <param name="AwaitingPayment">Orders of any age that wait for payment now.</param>
/// <param name="OpenTasks">Manual lines that wait for a person now.</param>
/// <param name="RefundsDue">Payments to be given back now.</param>
/// <param name="Days">One entry per local day of the period, also for days without orders.</param>
public sealed record OrderDashboard(int Orders, int PaidOrders, IReadOnlyList<Money> Revenue, int AwaitingPayment, int OpenTasks, int RefundsDue, IReadOnlyList<OrderDay> Days)
{
    /// <summary>Orders whose payers' disputes are open now.</summary>
    public int Disputes { get; init; }
}

/// <summary>One local day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Orders">Orders made.</param>
/// <param name="PaidOrders">Of them, those that were paid.</param>
/// <param name="Revenue">What their payments brought less refunds, per currency.</param>
public sealed record OrderDay(DateOnly Day, int Orders, int PaidOrders, IReadOnlyList<Money> Revenue);
