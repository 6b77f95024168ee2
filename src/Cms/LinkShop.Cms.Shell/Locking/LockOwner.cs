using System.Diagnostics;
using System.Globalization;

namespace LinkShop.Cms.Shell.Locking;

/// <summary>Names the holder of a lock: machine, process and a number of its own.</summary>
internal static class LockOwner
{
    internal static string New() => Of(Environment.ProcessId);

    internal static string Of(int process) => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}|{process}|{Guid.NewGuid():n}");

    /// <summary>Whether it was a process of this machine that is no more. When in doubt it lives, and its lock ends by time.</summary>
    internal static bool IsDead(string owner)
    {
        var parts = owner.Split('|');
        if (parts.Length != 3 || parts[0] != Environment.MachineName || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var id)) return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
