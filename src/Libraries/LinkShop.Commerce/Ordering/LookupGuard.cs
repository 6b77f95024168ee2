using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ordering;

/// <summary>Limits guessing of lookup passwords, per thing guessed at and per network address, across all processes.</summary>
internal sealed class LookupGuard(ICommerceDatabase database, OrderingOptions options, TimeProvider clock)
{
    private const string Add = """
        insert into lookup_failures (tenant, subject, time_window, failures) values (@tenant, @subject, @window, 1)
        on conflict (tenant, subject, time_window) do update set failures = lookup_failures.failures + 1 returning failures
        """;

    private const string TakeBack = "update lookup_failures set failures = failures - 1 where tenant = @tenant and subject = @subject and time_window = @window and failures > 0";

    public static long WindowOf(DateTimeOffset now, OrderingOptions options) => now.ToUnixTimeSeconds() / 60 / Math.Max(1, options.LookupWindowMinutes);

    /// <summary>Counts an attempt before it is looked at, so that many at once can't get past the limit together.</summary>
    /// <returns>What to give to <see cref="SucceededAsync"/>; null: refused unseen.</returns>
    public async Task<LookupAttempt?> BeginAsync(TenantScope scope, byte[] target, byte[]? address, CancellationToken cancellationToken)
    {
        var window = WindowOf(clock.GetUtcNow(), options);
        // one after the other in one order, so that two attempts at once don't wait for each other
        byte[][] subjects = [.. new[] { target, address }.OfType<byte[]>().OrderBy(Convert.ToHexString, StringComparer.Ordinal)];
        var most = await database.WriteAsync(scope, async c =>
        {
            var failures = 0;
            foreach (var subject in subjects)
                failures = Math.Max(failures, await c.QuerySingleOrDefaultAsync<int>(Add, new { subject, window }).ConfigureAwait(false));
            return failures;
        }, cancellationToken).ConfigureAwait(false);
        return most > options.MaxLookupFailures ? null : new LookupAttempt(subjects, window);
    }

    /// <summary>The attempt was right: it doesn't count.</summary>
    public Task SucceededAsync(TenantScope scope, LookupAttempt attempt, CancellationToken cancellationToken) =>
        database.WriteAsync(scope, c =>
        {
            foreach (var subject in attempt.Subjects)
                c.Defer(TakeBack, new { subject, window = attempt.Window });
            return Task.CompletedTask;
        }, cancellationToken);
}

/// <summary>An attempt that was counted.</summary>
internal sealed record LookupAttempt(byte[][] Subjects, long Window);
