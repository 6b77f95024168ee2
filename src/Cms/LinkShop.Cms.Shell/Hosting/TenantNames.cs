using System.Text.RegularExpressions;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>What a tenant may be called and where it may answer.</summary>
internal static partial class TenantNames
{
    internal static ShellSettings Check(ShellSettings settings)
    {
        if (!Name().IsMatch(settings.Name))
            throw new ArgumentException($"The tenant name '{settings.Name}' must start with a letter and have only letters, digits and underscores, at most 63.", nameof(settings));
        if (!string.IsNullOrEmpty(settings.RequestUrlPrefix) && !Prefix().IsMatch(settings.RequestUrlPrefix))
            throw new ArgumentException($"The URL prefix '{settings.RequestUrlPrefix}' must be one path segment of letters, digits, '-' and '_', at most 63.", nameof(settings));
        foreach (var host in settings.RequestUrlHosts.Concat(settings[RunningShellTable.DomainsKey]?.Split(ShellSettings.HostSeparators, StringSplitOptions.RemoveEmptyEntries) ?? []))
        {
            if (!Host().IsMatch(host)) throw new ArgumentException($"The host name '{host}' is not valid.", nameof(settings));
        }
        return settings;
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]{0,62}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,62}\z")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\A(\*\.)?[A-Za-z0-9.\-\[\]:]{1,253}\z")]
    private static partial Regex Host();
}
