using System.Diagnostics;
using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Bench;

/// <summary>Transfers in durable batches between two hot accounts, the hardest case, then balances of one of them as of moments in its past.</summary>
internal static class LedgerBench
{
    private static readonly TenantScope Scope = new("Bench");
    private static readonly LedgerAccount Bank = new("bank", LedgerPurpose.ProviderClearing);
    private static readonly LedgerAccount Hot = new("hot", LedgerPurpose.MerchantPending);
    private static int _next;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var transfers = arguments.Number("transfers", 1_000_000);
        var size = arguments.Number("batch", 1000);
        var clients = arguments.Number("clients", 2);
        var folder = Directory.CreateTempSubdirectory("linkshop-ledger-").FullName;
        await using var cluster = arguments.Postgres ? await PostgresCluster.StartAsync(durable: true) : null;
        var services = EngineBench.Services(folder, cluster is null ? null : await cluster.CreateDatabaseAsync());
        try
        {
            await services.GetRequiredService<ICommerceDatabase>().MigrateAsync();
            await PostAsync(services, 20_000, size, clients);
            var watch = Stopwatch.StartNew();
            await PostAsync(services, transfers, size, clients);
            watch.Stop();
            var (median, worst, postings) = await AsOfAsync(services);
            Arguments.Report(new Dictionary<string, object>
            {
                ["db"] = arguments.Postgres ? "postgres" : "sqlite",
                ["transfers"] = transfers,
                ["batch"] = size,
                ["clients"] = clients,
                ["transfers_per_second"] = Math.Round(transfers / watch.Elapsed.TotalSeconds),
                ["as_of_ms"] = median,
                ["as_of_worst_ms"] = worst,
                ["postings_of_the_account"] = postings,
            });
            return 0;
        }
        finally
        {
            await services.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task PostAsync(ServiceProvider services, int transfers, int size, int clients) => Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
    {
        var (database, ledger) = (services.GetRequiredService<ICommerceDatabase>(), services.GetRequiredService<ILedger>());
        // all go through one merchant's account, so that it has a posting of each
        for (var left = transfers / clients; left > 0; left -= size)
        {
            var batch = Enumerable.Range(0, Math.Min(size, left)).Select(_ => Next()).ToArray();
            var posted = await database.WriteAsync(Scope, c => ledger.PostAsync(c, batch));
            if (!posted.Succeeded || posted.Value != batch.Length)
                throw new InvalidOperationException("A batch wasn't written: " + posted.Error);
        }
    })));

    private static LedgerTransfer Next()
    {
        var n = Interlocked.Increment(ref _next);
        return LedgerTransfer.Move(string.Create(CultureInfo.InvariantCulture, $"T{n:D12}"), Bank, Hot, new Money(1 + (n % 1000), "CNY"), "sale", "order");
    }

    private static async Task<(double Median, double Worst, long Postings)> AsOfAsync(ServiceProvider services)
    {
        var reads = services.GetRequiredService<ILedgerReads>();
        var postings = await services.GetRequiredService<ICommerceDatabase>().ReadAsync(Scope, c => c.QuerySingleOrDefaultAsync<long>(
            "select count(*) from ledger_transfer t join ledger_account a on a.id = t.credit where t.tenant = @tenant and a.purpose = 'MerchantPending'"));
        var now = DateTimeOffset.UtcNow;
        var first = (await reads.StatementAsync(Scope, Hot, "CNY", take: 1)).Movements[0].At;
        var times = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            var at = first + (now - first) * Random.Shared.NextDouble();
            var watch = Stopwatch.GetTimestamp();
            await reads.AsOfAsync(Scope, Hot, "CNY", at);
            if (i >= 20)
                times.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
        }

        times.Sort();
        return (Math.Round(times[times.Count / 2], 3), Math.Round(times[^1], 3), postings);
    }
}
