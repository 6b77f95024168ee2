using System.Diagnostics;

namespace LinkShop.Bench;

/// <summary>A file of card keys uploaded through the admin's form.</summary>
internal static class ImportKeysBench
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var count = arguments.Number("count", 1_000_000);
        await using var bench = await BenchServer.StartAsync(arguments.Postgres, new Dictionary<string, string>());
        using var admin = await AdminSession.SignInAsync(bench.Server, BenchGoods.Prefix);
        var pool = await admin.FindPoolAsync(BenchGoods.PoolName);
        var keys = BenchGoods.NewKeys(count).ToArray();
        var before = await admin.StockAsync(pool);
        var watch = Stopwatch.StartNew();
        await admin.ImportAsync(pool, keys);
        watch.Stop();
        var imported = await admin.StockAsync(pool) - before;
        Arguments.Report(new Dictionary<string, object>
        {
            ["db"] = arguments.Postgres ? "postgres" : "sqlite",
            ["count"] = count,
            ["imported"] = imported,
            ["seconds"] = Math.Round(watch.Elapsed.TotalSeconds, 2),
            ["server_peak_mb"] = Math.Round(bench.Server.PeakMegabytes),
        });
        return imported == count ? 0 : 1;
    }
}
