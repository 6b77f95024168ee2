using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;

namespace LinkShop.Commerce.Ordering;

/// <summary>Numbers and work lists for staff.</summary>
internal sealed class OrderStatistics(ICommerceDatabase database, OfferVersions versions)
{
    private const long DayLength = 86_400_000;

    private const string PerDay = """
        select (created_at + @offset) / 86400000 as day, currency, count(*) as orders, count(paid_at) as paid, cast(sum(captured) as bigint) as revenue
        from orders where tenant = @tenant and id >= @first and id < @last group by 1, 2 order by 1, 2
        """;

    private const string Now = """
        select (select count(*) from order_holds where tenant = @tenant) as awaiting, (select count(*) from order_tasks where tenant = @tenant) as tasks,
          (select count(*) from payments where tenant = @tenant and refund_due > 0) as refunds,
          (select count(distinct order_id) from payments where tenant = @tenant and disputed_at is not null and (dispute_ended_at is null or dispute_ended_at < disputed_at)) as disputes
        """;

    private const string Tasks = """
        select t.order_id, t.line, t.since, l.sku_id, l.version, l.quantity from order_tasks t
          join order_lines l on l.tenant = t.tenant and l.order_id = t.order_id and l.line = t.line
        where t.tenant = @tenant order by t.since limit @take
        """;

    private const string Refunds = """
        select p.order_id, p.provider, p.payment_id, p.refund_due, o.currency, o.captured_payment, p.first_at from payments p join orders o on o.tenant = p.tenant and o.id = p.order_id
        where p.tenant = @tenant and p.refund_due > 0 and (p.disputed_at is null or p.dispute_ended_at >= p.disputed_at) order by p.first_at limit @take
        """;

    public Task<OrderDashboard> DashboardAsync(TenantScope scope, DateTimeOffset from, DateTimeOffset to, TimeSpan offset, CancellationToken cancellationToken) =>
        database.ReadAsync(scope, async c =>
        {
            var shift = (long)offset.TotalMilliseconds;
            var rows = await c.QueryAsync<DayRow>(PerDay, new { offset = shift, first = CommerceId.LowerBound(from), last = CommerceId.LowerBound(to) }).ConfigureAwait(false);
            var now = (await c.QuerySingleOrDefaultAsync<NowRow>(Now).ConfigureAwait(false))!;
            var days = new List<OrderDay>();
            for (var day = (from.ToUnixTimeMilliseconds() + shift) / DayLength; (day * DayLength) - shift < to.ToUnixTimeMilliseconds() && days.Count < 3700; day++)
            {
                var of = rows.Where(r => r.Day == day).ToArray();
                days.Add(new OrderDay(DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day)), of.Sum(r => r.Orders), of.Sum(r => r.Paid), Revenue(of)));
            }

            return new OrderDashboard(rows.Sum(r => r.Orders), rows.Sum(r => r.Paid), Revenue(rows), now.Awaiting, now.Tasks, now.Refunds, days) { Disputes = now.Disputes };
        }, cancellationToken);

    public Task<IReadOnlyList<OpenTask>> OpenTasksAsync(TenantScope scope, int take, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<OpenTask>>(scope, async c =>
        {
            var tasks = new List<OpenTask>();
            foreach (var row in await c.QueryAsync<TaskRow>(Tasks, new { take = Math.Clamp(take, 1, 500) }).ConfigureAwait(false))
            {
                var offer = (await versions.GetAsync(c, row.SkuId, row.Version).ConfigureAwait(false)).Offer;
                tasks.Add(new OpenTask(row.OrderId, OrderNumber.Of(row.OrderId), row.Line, offer.Title, offer.Variant, offer.SnapshotJson, row.Quantity, row.Since));
            }

            return tasks;
        }, cancellationToken);

    public Task<IReadOnlyList<RefundDue>> RefundsDueAsync(TenantScope scope, int take, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RefundDue>>(scope, async c =>
        {
            var rows = await c.QueryAsync<RefundRow>(Refunds, new { take = Math.Clamp(take, 1, 500) }).ConfigureAwait(false);
            return [.. rows.Select(r => new RefundDue(
                r.OrderId, OrderNumber.Of(r.OrderId), r.Provider, r.PaymentId, new Money(r.RefundDue, r.Currency), r.CapturedPayment is null ? "paid_too_late" : "paid_twice", r.FirstAt))];
        }, cancellationToken);

    private static Money[] Revenue(IEnumerable<DayRow> rows) =>
        [.. rows.GroupBy(r => r.Currency, StringComparer.Ordinal).Select(g => new Money(g.Sum(r => r.Revenue), g.Key))];

    private sealed record DayRow(long Day, string Currency, int Orders, int Paid, long Revenue);

    private sealed record NowRow(int Awaiting, int Tasks, int Refunds, int Disputes);

    private sealed record TaskRow(string OrderId, int Line, DateTimeOffset Since, string SkuId, long Version, int Quantity);

    private sealed record RefundRow(string OrderId, string Provider, string PaymentId, long RefundDue, string Currency, string? CapturedPayment, DateTimeOffset FirstAt);
}
