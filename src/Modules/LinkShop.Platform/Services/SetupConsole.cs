using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace LinkShop.Platform.Services;

/// <summary>
/// Tells the person who started the process what a set-up is doing. Written to the console and not to the log: it's the program's answer to
/// its user, also where logging is configured away, and the first password must never reach a log file. Once the server runs it is silent:
/// a shop that somebody opens then is no news for whoever started the process.
/// </summary>
internal sealed class SetupConsole(IHostApplicationLifetime lifetime)
{
    /// <summary>Writes one line, with the seconds since the process started.</summary>
    public void Tell(string line)
    {
        if (lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return;
        }

        using var process = Process.GetCurrentProcess();
        var seconds = (DateTime.Now - process.StartTime).TotalSeconds;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{seconds,5:0.0} s] {line}"));
    }

    /// <summary>Writes lines as they are.</summary>
    public void TellPlain(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            Console.Out.WriteLine(line);
        }

        Console.Out.Flush();
    }
}
