using System.Diagnostics;
using System.Globalization;
using LinkShop.Testing;

namespace LinkShop.Bench;

/// <summary>
/// Ten thousand micro-shops on one server: opened one by one from the recipe through the platform's own form; then, after a restart, each visited once, then random
/// ones, and the platform's list of shops searched. Pages are rendered for every request.
/// </summary>
internal static class ShopsBench
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var count = arguments.Number("count", 10_000);
        var data = arguments.Text("data", "");
        var folder = data.Length > 0 ? Directory.CreateDirectory(data).FullName : Directory.CreateTempSubdirectory("linkshop-shops-").FullName;
        var given = arguments.Text("connection", "");
        await using var cluster = arguments.Postgres && given.Length == 0 ? await PostgresCluster.StartAsync(durable: true) : null;
        try
        {
            var options = new ServerOptions(folder, cluster is not null ? await cluster.CreateDatabaseAsync() : given.Length > 0 ? given : null, new Dictionary<string, string>
            {
                ["LinkShop:RateLimits:Enabled"] = "false", // one address sends everything here
                ["Logging:LogLevel:Default"] = "Warning",
            });
            var (rate, created) = arguments.Flag("opened") ? default : await OpenAsync(options, count, arguments);
            var empty = created.Empty;
            if (arguments.Flag("open-only"))
            {
                Arguments.Report(new Dictionary<string, object>
                {
                    ["count"] = count,
                    ["created_per_second"] = Math.Round(rate, 1),
                    ["created_cpu_ms"] = Math.Round(created.CpuMilliseconds, 2),
                    ["start_empty_seconds"] = Math.Round(empty, 2),
                    ["start_full_seconds"] = arguments.Flag("no-starts") ? 0 : Math.Round(await StartsAsync(options), 2),
                });
                return 0;
            }

            var full = await StartsAsync(options);
            await using var server = await LinkShopServer.StartAsync(options);
            var result = await ShopVisits.RunAsync(server, options, count, arguments);
            Arguments.Report(new Dictionary<string, object>
            {
                ["db"] = arguments.Postgres ? "postgres" : "sqlite",
                ["count"] = count,
                ["created_per_second"] = Math.Round(rate, 1),
                ["created_cpu_ms"] = Math.Round(created.CpuMilliseconds, 2),
                ["server_resident_mb"] = Math.Round(result.ResidentMegabytes),
                ["cold_p50_ms"] = result.Cold.P50,
                ["cold_p99_ms"] = result.Cold.P99,
                ["pages_per_second"] = Math.Round(result.Pages.RequestsPerSecond),
                ["pages_p99_ms"] = Math.Round(result.Pages.P99Milliseconds, 2),
                ["list_p99_ms"] = result.List.P99,
                ["change_seen_ms"] = Math.Round(result.ChangeSeenMilliseconds),
                ["start_empty_seconds"] = Math.Round(empty, 2),
                ["start_full_seconds"] = Math.Round(full, 2),
                ["idle_core_percent"] = Math.Round(result.IdleCorePercent, 2),
                ["resident_after_mb"] = Math.Round(server.ResidentMegabytes),
                ["errors"] = result.Pages.Errors,
            });
            if (result.Pages.Errors > 0)
                await Console.Error.WriteLineAsync(server.Output);
            return result.Pages.Errors == 0 ? 0 : 1;
        }
        finally
        {
            if (data.Length == 0)
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The address of a shop; letters and digits that no two shops could be taken for one another by.</summary>
    public static string Slug(int number) => string.Create(CultureInfo.InvariantCulture, $"bench{number:00000}");

    private static async Task<(double PerSecond, (double CpuMilliseconds, double Empty) More)> OpenAsync(ServerOptions options, int count, Arguments arguments)
    {
        await (await LinkShopServer.StartAsync(options)).DisposeAsync(); // the first start sets the platform up
        var empty = arguments.Flag("no-starts") ? 0 : await StartsAsync(options);
        await using var server = await LinkShopServer.StartAsync(options);
        using var opener = await ShopOpener.SignInAsync(server);
        var clients = arguments.Number("clients", 4);
        // the just-in-time compiler settles; these shops stay
        await opener.OpenAsync(Enumerable.Range(90_000, arguments.Number("warm-up", 1_000)), clients);
        var before = server.ProcessorTime;
        var watch = Stopwatch.StartNew();
        await opener.OpenAsync(Enumerable.Range(0, count), clients);
        return (count / watch.Elapsed.TotalSeconds, ((server.ProcessorTime - before).TotalMilliseconds / count, empty));
    }

    /// <summary>Seconds of a warm start to the first page, the middle of five.</summary>
    private static async Task<double> StartsAsync(ServerOptions options)
    {
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            await using var server = await LinkShopServer.StartAsync(options);
            times.Add(server.StartedIn.TotalSeconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
