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
        var start = new ProcessStartInfo("wrk", ["-t1", $"-c{clients}", $"-d{seconds}s", "--latency", .. fresh, page.ToString()]) { RedirectStandardOutput = true };
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
