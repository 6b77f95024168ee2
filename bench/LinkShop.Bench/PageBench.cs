using System.Globalization;

namespace LinkShop.Bench;

/// <summary>Product pages per second, driven by wrk: rendered for every request, or with <c>--cached</c> from the output cache.</summary>
internal static class PageBench
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var cached = arguments.Flag("cached");
        await using var bench = await BenchServer.StartAsync(arguments.Postgres);
        var goods = await BenchGoods.FirstCardKeyProductAsync(bench.Server);
        var page = new Uri(bench.Server.Address, goods.Path);
        var size = (await bench.Server.Client.GetByteArrayAsync(page)).Length;
        var clients = arguments.Number("clients", 16);
        await Wrk.RunAsync(page, cached, clients, arguments.Number("warm-up", 20)); // the just-in-time compiler settles
        var result = await Wrk.RunAsync(page, cached, clients, arguments.Number("seconds", 10));
        Arguments.Report(new Dictionary<string, object>
        {
            ["page"] = cached ? "cached" : "rendered",
            ["page_bytes"] = size,
            ["requests_per_second"] = Math.Round(result.RequestsPerSecond),
            ["p99_ms"] = Math.Round(result.P99Milliseconds, 2),
            ["errors"] = result.Errors,
            ["server_peak_mb"] = Math.Round(bench.Server.PeakMegabytes),
        });
        if (result.Errors > 0)
            Console.Error.WriteLine(bench.Server.Output);
        return result.Errors == 0 ? 0 : 1;
    }
}
