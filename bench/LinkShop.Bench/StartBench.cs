using LinkShop.Testing;

namespace LinkShop.Bench;

/// <summary>From the start of the process to the first served mall page, with the set-up done before (a warm start).</summary>
internal static class StartBench
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-start-").FullName;
        try
        {
            var options = new ServerOptions(DataPath: folder);
            double firstStart;
            await using (var first = await LinkShopServer.StartAsync(options))
                firstStart = first.StartedIn.TotalSeconds;
            var times = new List<double>();
            for (var i = 0; i < arguments.Number("runs", 5); i++)
            {
                await using var server = await LinkShopServer.StartAsync(options);
                times.Add(server.StartedIn.TotalSeconds);
            }
            times.Sort();
            Arguments.Report(new Dictionary<string, object>
            {
                ["first_start_seconds"] = Math.Round(firstStart, 2),
                ["warm_start_median_seconds"] = Math.Round(times[times.Count / 2], 2),
                ["warm_start_worst_seconds"] = Math.Round(times[^1], 2),
            });
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
