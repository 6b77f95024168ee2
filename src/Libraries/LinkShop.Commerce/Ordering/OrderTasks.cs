using System.Collections.Frozen;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Ordering;

/// <summary>Which lines of a paid order are still to be handed over, and which of them wait for a person.</summary>
internal static class OrderTasks
{
    private const string Insert = "insert into order_tasks (tenant, order_id, line, since) values (@tenant, @orderId, @line, @at)";

    private const string Delete = "delete from order_tasks where tenant = @tenant and order_id = @orderId";

    private const string Delivered = "select distinct line from deliveries where tenant = @tenant and order_id = @orderId";

    private const string Waiting = "select line from order_tasks where tenant = @tenant and order_id = @orderId";

    public static void Open(ICommerceConnection connection, string orderId, int line, DateTimeOffset at) => connection.Defer(Insert, new { orderId, line, at });

    public static void CloseAll(ICommerceConnection connection, string orderId) => connection.Defer(Delete, new { orderId });

    /// <summary>Closes the task of a line; false when it has none.</summary>
    public static async Task<bool> CloseAsync(ICommerceConnection connection, string orderId, int line) =>
        await connection.ExecuteAsync(Delete + " and line = @line", new { orderId, line }).ConfigureAwait(false) > 0;

    /// <summary>Lines without a delivery, but those that were given back.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="rows">The order's rows, read under its lock.</param>
    /// <param name="captured">What is kept of its payment; above zero.</param>
    public static async Task<IReadOnlyList<OrderRow>> MissingAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> rows, long captured)
    {
        if (rows[0].PaidAt is null)
            return rows;
        var delivered = (await connection.QueryAsync<int>(Delivered, new { orderId = rows[0].Id }).ConfigureAwait(false)).ToHashSet();
        var back = await GivenBackAsync(connection, rows[0], captured).ConfigureAwait(false);
        return [.. rows.Where(r => !delivered.Contains(r.Line) && !back.Contains(r.Line))];
    }

    /// <summary>Lets the tasks of an order follow its refunds: nobody has to deliver what was given back, nor keeps others waiting for their money with it; of what is kept again somebody has to.</summary>
    /// <returns>How far the order is then.</returns>
    public static async Task<Fulfilment> FollowAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> rows, long captured, DateTimeOffset now)
    {
        var order = rows[0];
        if (captured == 0)
        {
            if (order.Fulfilment == Fulfilment.Open)
                CloseAll(connection, order.Id);
            return order.Fulfilment == Fulfilment.Open ? Fulfilment.None : order.Fulfilment;
        }

        // without a decision no line is given back but with all others
        if (order.RefundApproved == 0)
            return order.Fulfilment;
        var waiting = (await connection.QueryAsync<int>(Waiting, new { orderId = order.Id }).ConfigureAwait(false)).ToHashSet();
        // what was not delivered at once is delivered by a person
        var missing = (await MissingAsync(connection, rows, captured).ConfigureAwait(false)).Select(r => r.Line).ToHashSet();
        foreach (var line in waiting.Except(missing))
            connection.Defer(Delete + " and line = @line", new { orderId = order.Id, line });
        foreach (var line in missing.Except(waiting))
            Open(connection, order.Id, line, now);
        return missing.Count > 0 ? Fulfilment.Open : Fulfilment.Done;
    }

    /// <summary>The lines of which a refund was decided and nothing is kept.</summary>
    private static async Task<IReadOnlySet<int>> GivenBackAsync(ICommerceConnection connection, OrderRow order, long captured)
    {
        if (order.RefundApproved == 0)
            return FrozenSet<int>.Empty;
        var splits = await SplitStore.ReadAsync(connection, order.Id).ConfigureAwait(false);
        var refunds = await OrderBooks.RefundsAsync(connection, order, splits).ConfigureAwait(false);
        var kept = OrderBooks.KeptOf(splits, refunds, captured);
        return splits.Where((_, i) => refunds[i].All > 0 && kept[i] == 0).Select(s => s.Line).ToHashSet();
    }
}
