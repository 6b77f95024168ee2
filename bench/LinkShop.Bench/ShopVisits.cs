using System.Diagnostics;
using System.Globalization;
using System.Net;
using LinkShop.Testing;

namespace LinkShop.Bench;

/// <summary>What visitors and the operator of many shops see of their number.</summary>
internal static class ShopVisits
{
    private const string Fresh = "orchauth_bench=1"; // keeps the output cache out of it, as in the page bench

    public sealed record Result(double ResidentMegabytes, Latencies Cold, Wrk.Result Pages, Latencies List, double ChangeSeenMilliseconds, double IdleCorePercent);

    public static async Task<Result> RunAsync(LinkShopServer server, ServerOptions options, int count, Arguments arguments)
    {
        var cold = await VisitEachAsync(server, count);
        var resident = server.ResidentMegabytes;
        var clients = arguments.Number("page-clients", 16);
        await Wrk.RunRandomAsync(server.Address, count, clients, arguments.Number("warm-up-seconds", 10));
        var pages = await Wrk.RunRandomAsync(server.Address, count, clients, arguments.Number("seconds", 15));
        using var opener = await ShopOpener.SignInAsync(server);
        var list = await SearchAsync(opener, count);
        var seen = await ChangeAsync(server, opener, options);
        return new(resident, cold, pages, list, seen, await IdleAsync(server, arguments.Number("idle-seconds", 120)));
    }

    private static async Task<Latencies> VisitEachAsync(LinkShopServer server, int count)
    {
        var numbers = Enumerable.Range(0, count).ToArray();
        new Random(1).Shuffle(numbers);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("Cookie", Fresh);
        // the process compiles its code with the first pages of any shop; these are not among those visited
        for (var i = 0; i < 300; i++)
            await client.GetStringAsync(new Uri($"/{ShopsBench.Slug(90_000 + i)}/", UriKind.Relative));
        var ticks = new List<long>(count);
        foreach (var number in numbers)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(new Uri($"/{ShopsBench.Slug(number)}/", UriKind.Relative));
            ticks.Add(Stopwatch.GetTimestamp() - started);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{ShopsBench.Slug(number)} answered {answer.StatusCode}");
        }

        return Latencies.Of([ticks]);
    }

    /// <summary>The operator's list: plain, by page, by state, and searched by address, by name and for something that isn't there.</summary>
    private static async Task<Latencies> SearchAsync(ShopOpener opener, int count)
    {
        var random = new Random(2);
        var ticks = new List<long>();
        for (var i = 0; i < 300; i++)
        {
            var number = random.Next(count);
            string[] queries =
            [
                "", $"?before={number + 2}", "?state=Suspended", $"?q={ShopsBench.Slug(number)}", $"?q={Uri.EscapeDataString("小店 " + number.ToString(CultureInfo.InvariantCulture))}", "?q=nothing-like-this", "?owner=admin",
            ];
            var started = Stopwatch.GetTimestamp();
            using var answer = await opener.GetAsync("/Admin/Shops/Index" + queries[i % queries.Length]);
            ticks.Add(Stopwatch.GetTimestamp() - started);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"The list of shops answered {answer.StatusCode}");
        }

        return Latencies.Of([ticks]);
    }

    /// <summary>How long until another process (PostgreSQL) or this one shows that a shop was suspended.</summary>
    private static async Task<double> ChangeAsync(LinkShopServer server, ShopOpener opener, ServerOptions options)
    {
        await using var other = options.Postgres is null ? null : await LinkShopServer.StartAsync(options with { DataPath = null });
        var (shown, path) = (other ?? server, new Uri($"/{ShopsBench.Slug(90_001)}/", UriKind.Relative));
        for (var i = 0; i < 50; i++)
            (await shown.Client.GetAsync(path)).EnsureSuccessStatusCode().Dispose();
        var tenant = await TenantAsync(opener, ShopsBench.Slug(90_001));
        var started = Stopwatch.GetTimestamp();
        using var answer = await opener.PostAsync($"/Admin/Shops/Suspend/{tenant}", new() { ["reason"] = "bench" });
        while (true)
        {
            using var page = await shown.Client.GetAsync(path);
            if (!page.IsSuccessStatusCode)
                return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
                throw new InvalidOperationException($"The suspension was never seen; it was answered with {answer.StatusCode}");
            await Task.Delay(5); // poll of the condition above
        }
    }

    private static async Task<string> TenantAsync(ShopOpener opener, string slug)
    {
        using var answer = await opener.GetAsync($"/Admin/Shops/Index?q={slug}");
        var html = await answer.Content.ReadAsStringAsync();
        const string link = "/Admin/Shops/Detail/";
        var start = html.IndexOf(link, StringComparison.Ordinal) + link.Length;
        return html[start..html.IndexOf('"', start)];
    }

    /// <summary>The share of one core that the server uses while nobody asks for anything.</summary>
    private static async Task<double> IdleAsync(LinkShopServer server, int seconds)
    {
        // a shop that was just visited has its background tasks once more in the next minute; idle is what comes after
        await Task.Delay(TimeSpan.FromSeconds(95));
        var (before, started) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds)); // the time that is measured
        return (server.ProcessorTime - before) / Stopwatch.GetElapsedTime(started) * 100;
    }
}
