using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Support;

namespace LinkShop.Commerce.Customers;

/// <summary>
/// The buyers of a tenant, out of its orders: there is no list to keep. A customer is a contact; orders without one belong to the account that made them. The caller has checked the permission.
/// </summary>
public interface ICustomers
{
    /// <summary>Customers by their latest order, newest first, in one statement.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="text">A buyer's whole contact, or a number or id of one of their orders; null or empty for all.</param>
    /// <param name="after"><see cref="CustomerPage.Next"/> of the page before, or null.</param>
    /// <param name="take">Customers per page, 1 to 200.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CustomerPage> ListAsync(TenantScope scope, string? text, string? after = null, int take = 50, CancellationToken cancellationToken = default);

    /// <summary>Who made an order, with their orders and tickets.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Any of their orders.</param>
    /// <param name="after"><see cref="OrderPage.Next"/> of the orders' page before, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The customer; null when there is no such order, or nobody is known to have made it.</returns>
    Task<CustomerDetail?> DetailAsync(TenantScope scope, string orderId, string? after = null, CancellationToken cancellationToken = default);
}

/// <summary>A buyer.</summary>
/// <param name="LastOrderId">Their latest order.</param>
/// <param name="Contact">Their contact in full; null when they are known by their account only.</param>
/// <param name="UserId">Account that made the latest order, or null.</param>
/// <param name="Orders">How many orders they made.</param>
/// <param name="PaidOrders">Of them, those that were paid.</param>
/// <param name="Paid">What their payments brought less refunds, per currency.</param>
/// <param name="Refunded">What went back, per currency in which something did.</param>
/// <param name="LastOrderAt">When they made the latest.</param>
public sealed record Customer(
    string LastOrderId, string? Contact, string? UserId, int Orders, int PaidOrders, IReadOnlyList<Money> Paid, IReadOnlyList<Money> Refunded, DateTimeOffset LastOrderAt);

/// <summary>A page of customers.</summary>
/// <param name="Customers">The customers.</param>
/// <param name="Next">Where the next page begins, or null when this is the last.</param>
public sealed record CustomerPage(IReadOnlyList<Customer> Customers, string? Next);

/// <summary>A buyer with what they ordered and asked.</summary>
/// <param name="Customer">The buyer.</param>
/// <param name="Orders">A page of their orders, newest first.</param>
/// <param name="Tickets">Their latest tickets, newest first.</param>
public sealed record CustomerDetail(Customer Customer, OrderPage Orders, IReadOnlyList<TicketSummary> Tickets);
