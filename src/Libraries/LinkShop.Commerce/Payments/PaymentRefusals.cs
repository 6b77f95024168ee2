using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Payments;

/// <inheritdoc />
internal sealed class PaymentRefusals(ICommerceDatabase database, TimeProvider clock) : IPaymentRefusals
{
    private const int HourLength = 3_600_000;

    private const string Add = """
        insert into refused_callbacks (tenant, provider, code, hour, times, last_at) values (@tenant, @provider, @code, @hour, 1, @at)
        on conflict (tenant, provider, code, hour) do update set times = refused_callbacks.times + 1, last_at = excluded.last_at
        """;

    private const string Callbacks = """
        select last_at as at, provider, code, cast(null as text) as order_id, times from refused_callbacks where tenant = @tenant order by last_at desc limit @take
        """;

    private const string Events = """
        select received_at as at, provider, refused as code, order_id, cast(1 as bigint) as times from payment_events
        where tenant = @tenant and refused is not null order by received_at desc limit @take
        """;

    public Task RecordAsync(TenantScope scope, string provider, string code, CancellationToken cancellationToken = default)
    {
        var at = clock.GetUtcNow();
        return database.WriteAsync(
            scope,
            c => c.ExecuteAsync(Add, new { provider, code, hour = at.ToUnixTimeMilliseconds() / HourLength, at }),
            cancellationToken);
    }

    public Task<IReadOnlyList<PaymentRefusal>> ListAsync(TenantScope scope, int take = 50, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<PaymentRefusal>>(scope, async c =>
        {
            var most = new { take = Math.Clamp(take, 1, 200) };
            var callbacks = await c.QueryAsync<PaymentRefusal>(Callbacks, most).ConfigureAwait(false);
            var events = await c.QueryAsync<PaymentRefusal>(Events, most).ConfigureAwait(false);
            return [.. callbacks.Concat(events).OrderByDescending(r => r.At).Take(most.take)];
        }, cancellationToken);
}
