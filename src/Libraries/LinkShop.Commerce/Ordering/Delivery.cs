using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Ordering;

/// <summary>A line as delivery needs it.</summary>
internal readonly record struct DeliverableLine(int Line, int Quantity, Offer Offer);

/// <summary>Hands over what is paid, in the transaction that makes it paid.</summary>
internal sealed class Delivery(IKeyStock stock, IOutbox outbox)
{
    private const string InsertDelivery = """
        insert into deliveries (tenant, order_id, line, unit, key_id, text, at, actor) values (@tenant, @orderId, @line, @unit, @keyId, @text, @at, @actor)
        """;

    private const string Finished = """
        update orders set state = @state, fulfilment = @fulfilment, fulfilled_at = @fulfilledAt where tenant = @tenant and id = @orderId
        """;

    /// <summary>Delivers the automatic lines, whose keys the order holds, and opens tasks for the others.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="lines">Its lines that aren't delivered yet.</param>
    /// <param name="now">The time.</param>
    /// <param name="held">The keys it holds, if they were read already.</param>
    /// <exception cref="StockMissingException">The order doesn't hold the keys it should: nothing may be stored of this transaction.</exception>
    public async Task<Fulfilment> DeliverAsync(ICommerceConnection connection, string orderId, IReadOnlyList<DeliverableLine> lines, DateTimeOffset now, IReadOnlyList<ClaimedKey>? held = null)
    {
        var wanted = 0;
        foreach (var line in lines)
            wanted += line.Offer.Delivery == DeliveryKind.CardKey ? line.Quantity : 0;
        if (wanted > 0)
        {
            if (held is null)
                held = await stock.DeliverAsync(connection, orderId).ConfigureAwait(false);
            else
                stock.Deliver(connection, orderId, held);
            RecordKeys(connection, orderId, lines, wanted, held, now);
        }

        var open = false;
        foreach (var line in lines)
        {
            if (line.Offer.Delivery == DeliveryKind.Manual)
            {
                OrderTasks.Open(connection, orderId, line.Line, now);
                open = true;
            }
            else if (line.Offer.Delivery != DeliveryKind.CardKey)
            {
                Insert(connection, orderId, line.Line, 1, null, null, now, null);
            }
        }

        return open ? Fulfilment.Open : Fulfilment.Done;
    }

    /// <summary>Stores the outcome for a free order and tells about it.</summary>
    public OrderState Finish(ICommerceConnection connection, string orderId, Fulfilment fulfilment, DateTimeOffset now)
    {
        var state = fulfilment == Fulfilment.Done ? OrderState.Fulfilled : OrderState.Fulfilling;
        OrderTransitions.Require(OrderState.Paid, state);
        connection.Defer(Finished, new { orderId, state, fulfilment, fulfilledAt = fulfilment == Fulfilment.Done ? now : (DateTimeOffset?)null });
        Tell(connection, orderId, fulfilment, paid: true);
        return state;
    }

    /// <summary>Tells what became of a paid order.</summary>
    public void Tell(ICommerceConnection connection, string orderId, Fulfilment fulfilment, bool paid)
    {
        if (paid && fulfilment != Fulfilment.Done)
            outbox.Add(connection, OrderEvents.Paid, new OrderEvent(orderId, Paid: true));
        if (fulfilment != Fulfilment.None)
            outbox.Add(connection, fulfilment == Fulfilment.Done ? OrderEvents.Fulfilled : OrderEvents.TaskOpened, new OrderEvent(orderId, Paid: paid && fulfilment == Fulfilment.Done));
    }

    public static void Insert(ICommerceConnection connection, string orderId, int line, int unit, long? keyId, byte[]? text, DateTimeOffset at, string? actor) =>
        connection.Defer(InsertDelivery, new { orderId, line, unit, keyId, text, at, actor });

    private static void RecordKeys(ICommerceConnection connection, string orderId, IReadOnlyList<DeliverableLine> lines, int wanted, IReadOnlyList<ClaimedKey> keys, DateTimeOffset now)
    {
        if (keys.Count != wanted)
            throw new StockMissingException(orderId);
        foreach (var line in lines)
        {
            var unit = 0;
            foreach (var key in keys)
            {
                if (key.OrderLine == line.Line)
                    Insert(connection, orderId, line.Line, ++unit, key.Id, null, now, null);
            }

            if (line.Offer.Delivery == DeliveryKind.CardKey && unit != line.Quantity)
                throw new StockMissingException(orderId);
        }
    }
}

/// <summary>An order that should hold keys doesn't. The payment is then recorded in a new transaction as one to give back.</summary>
internal sealed class StockMissingException(string orderId)
    : CommerceException("stock_missing", $"Order {orderId} doesn't hold the keys that it was paid for.");
