using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ordering;

/// <summary>Limits guessing of lookup passwords, per thing guessed at and per network address, across all processes.</summary>
internal sealed class LookupGuard(ICommerceDatabase database, OrderingOptions options, TimeProvider clock)
{
    private const string Count = """
        select coalesce(max(failures), 0) from lookup_failures where tenant = @tenant and time_window = @window and (subject = @target or subject = @address)
        """;

    private const string Add = """
        insert into lookup_failures (tenant, subject, time_window, failures) values (@tenant, @subject, @window, 1)
        on conflict (tenant, subject, time_window) do update set failures = lookup_failures.failures + 1
        """;

    public static long WindowOf(DateTimeOffset now, OrderingOptions options) => now.ToUnixTimeSeconds() / 60 / Math.Max(1, options.LookupWindowMinutes);

    /// <summary>Whether another attempt is refused unseen.</summary>
    public async Task<bool> IsBlockedAsync(ICommerceConnection connection, byte[] target, byte[]? address) =>
        await connection.QuerySingleOrDefaultAsync<int>(Count, new { window = WindowOf(clock.GetUtcNow(), options), target, address }).ConfigureAwait(false) >= options.MaxLookupFailures;

    /// <summary>Counts a wrong attempt.</summary>
    public Task FailedAsync(TenantScope scope, byte[] target, byte[]? address, CancellationToken cancellationToken)
    {
        var window = WindowOf(clock.GetUtcNow(), options);
        return database.WriteAsync(scope, c =>
        {
            // one after the other in one order, so that two failures at once don't wait for each other
            foreach (var subject in new[] { target, address }.OfType<byte[]>().OrderBy(Convert.ToHexString, StringComparer.Ordinal))
                c.Defer(Add, new { subject, window });
            return Task.CompletedTask;
        }, cancellationToken);
    }
}
