using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LinkShop.Bench;

/// <summary>Runs wrk (Debian package) against a page of a local server.</summary>
internal static partial class Wrk
{
    public sealed record Result(double RequestsPerSecond, double P99Milliseconds, long Errors);

    public static async Task<Result> RunAsync(Uri page, bool cached, int clients, int seconds)
    {
        // a signed-in visitor's cookie (of another site) keeps the output cache out of it
        string[] fresh = cached ? [] : ["-H", "Cookie: orchauth_bench=1"];
        return await RunAsync(["-t1", $"-c{clients}", $"-d{seconds}s", "--latency", .. fresh, page.ToString()]);
    }

    /// <summary>The same for the home pages of random shops, rendered for every request.</summary>
    public static async Task<Result> RunRandomAsync(Uri server, int shops, int clients, int seconds)
    {
        var script = Path.GetTempFileName();
        try
        {
            // two of its threads must not visit the same shops in the same order
            await File.WriteAllTextAsync(script, string.Create(CultureInfo.InvariantCulture, $$"""
                local threads = 0
                function setup(thread) threads = threads + 1; thread:set("id", threads) end
                function init(args) math.randomseed(id * 7919) end
                function request() return wrk.format("GET", string.format("/bench%05d/", math.random(0, {{shops - 1}}))) end
                """));
            return await RunAsync(["-t1", $"-c{clients}", $"-d{seconds}s", "--latency", "-H", "Cookie: orchauth_bench=1", "-s", script, server.ToString()]);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static async Task<Result> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"wrk ended with {process.ExitCode}: {text}");
        var errors = NonSuccess().Match(text) is { Success: true } e ? long.Parse(e.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return new Result(Parse(Rate().Match(text).Groups[1].Value), P99(text), errors);
    }

    private static double P99(string text)
    {
        var match = Percentile().Match(text);
        var value = Parse(match.Groups[1].Value);
        return match.Groups[2].Value switch { "us" => value / 1000, "ms" => value, _ => value * 1000 };
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex Percentile();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex NonSuccess();
}
