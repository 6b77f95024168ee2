using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LinkShop.Commerce.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.Shops;

/// <inheritdoc />
internal sealed class ShopVisits(ICommerceDatabase database) : IShopVisits
{
    private const int Batch = 500;

    // of a shop that doesn't exist (any more), no row is written
    private const string Add = """
        insert into shop_usage (tenant, shop, requests) select tenant, shop, @requests from shop where tenant = @tenant and shop = @shop
        on conflict (tenant, shop) do update set requests = shop_usage.requests + excluded.requests
        """;

    // one box per shop, never taken away: whoever has it in hand may still add to it
    private readonly ConcurrentDictionary<(string Platform, string Shop), StrongBox<long>> _counts = new();

    public void Count(TenantScope platform, string shop) => Interlocked.Increment(ref _counts.GetOrAdd((platform.Tenant, shop), static _ => new StrongBox<long>()).Value);

    public async Task<long> FlushAsync(CancellationToken cancellationToken = default)
    {
        var added = 0L;
        foreach (var platform in _counts.Where(c => Volatile.Read(ref c.Value.Value) > 0).GroupBy(c => c.Key.Platform, StringComparer.Ordinal))
        {
            foreach (var some in platform.OrderBy(c => c.Key.Shop, StringComparer.Ordinal).Chunk(Batch))
                added += await AddAsync(new TenantScope(platform.Key), some, cancellationToken).ConfigureAwait(false);
        }

        return added;
    }

    private async Task<long> AddAsync(TenantScope platform, KeyValuePair<(string Platform, string Shop), StrongBox<long>>[] some, CancellationToken cancellationToken)
    {
        var taken = Array.ConvertAll(some, c => Interlocked.Exchange(ref c.Value.Value, 0));
        var statements = some.Select((c, i) => (Add, (object?)new { shop = c.Key.Shop, requests = taken[i] })).ToList();
        try
        {
            await database.WriteAsync(platform, c => c.ExecuteBatchAsync(statements), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            for (var i = 0; i < some.Length; i++)
                Interlocked.Add(ref some[i].Value.Value, taken[i]);
            throw;
        }

        return taken.Sum();
    }
}

/// <summary>Adds up every five minutes, and once more when the process ends.</summary>
internal sealed partial class ShopVisitsWorker(IShopVisits visits, TimeProvider clock, ILogger<ShopVisitsWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                await FlushAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "What wasn't added is still counted, and is added with the next tick.")]
    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await visits.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The shops' requests could not be added up; it is tried again.")]
    private partial void LogFailure(Exception error);
}
