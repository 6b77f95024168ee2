using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>
/// Tenants by (host, prefix). Lookups take no lock and allocate nothing but what the request's host string brings;
/// the path is the decoded one that routing sees, so dots and case cannot lead to another tenant than the rest of the pipeline assumes.
/// Beyond Orchard's addresses a tenant with a prefix also answers, at the root, at the domains that its setting <c>Domains</c> names, and at
/// <c>{prefix}.{LinkShop:PlatformDomain}</c> when it has no host of its own: a shop with a domain costs one entry, a subdomain none.
/// </summary>
internal sealed class RunningShellTable(IConfiguration configuration) : IRunningShellTable
{
    /// <summary>The setting with a tenant's own domains, separated by comma or space.</summary>
    internal const string DomainsKey = "Domains";

    private readonly string? _platformDomain = configuration["LinkShop:PlatformDomain"] is { Length: > 0 } domain ? "." + Ascii(domain.Trim().Trim('.')) : null;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ShellSettings Settings, (string Host, string Prefix)[] Keys)> _tenants = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, ShellSettings>> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private volatile bool _hasWildcards;
    private ShellSettings? _default;

    public void Add(ShellSettings settings)
    {
        lock (_lock)
        {
            var keys = KeysOf(settings);
            var old = _tenants.GetValueOrDefault(settings.Name);
            _tenants[settings.Name] = (settings, keys);
            foreach (var (host, prefix) in keys)
            {
                // the first to claim an address keeps it: a later tenant must not take over another's
                _hosts.GetOrAdd(host, _ => new(StringComparer.OrdinalIgnoreCase))
                    .AddOrUpdate(prefix, settings, (_, holder) => SameTenant(holder, settings) ? settings : holder);
            }
            // only now: between removing and adding, a request would have found another tenant
            if (old.Keys is not null) Free(settings, old.Keys.Except(keys));
            if (SameTenant(_default, settings)) _default = null;
            if (settings.IsDefaultShell()) _default = settings;
            _hasWildcards |= keys.Any(k => k.Host.StartsWith("*.", StringComparison.Ordinal));
        }
    }

    public void Remove(ShellSettings settings)
    {
        lock (_lock) RemoveCore(settings);
    }

    /// <summary>The first of a tenant's addresses that another tenant has, with that tenant; null when all are free.</summary>
    internal (string Host, string Prefix, ShellSettings Holder)? FindClash(ShellSettings settings)
    {
        foreach (var (host, prefix) in KeysOf(settings))
        {
            if (_hosts.TryGetValue(host, out var prefixes) && prefixes.TryGetValue(prefix, out var holder) && !SameTenant(holder, settings)) return (host, prefix, holder);
        }
        return null;
    }

    /// <summary>Whether a host is a domain of a tenant's own or its subdomain of the platform, where its prefix isn't needed.</summary>
    internal bool IsAtRoot(HostString host, ShellSettings settings)
    {
        var prefixes = _hosts.GetAlternateLookup<ReadOnlySpan<char>>();
        var bare = WithoutPort(Ascii(host));
        return (_platformDomain is not null && TryFindSubdomain(prefixes, bare, out var shop) && SameTenant(shop, settings))
            || (prefixes.TryGetValue(bare, out var own) && own.TryGetValue("", out var holder) && SameTenant(holder, settings));
    }

    public ShellSettings? Match(HostString host, PathString path, bool fallbackToDefault = true)
    {
        var prefixes = _hosts.GetAlternateLookup<ReadOnlySpan<char>>();
        var segment = FirstSegment(path.Value);
        // a request's host has its xn--… turned into letters; what is stored has not
        var full = Ascii(host).AsSpan();
        var bare = WithoutPort(full);
        if (TryFind(prefixes, full, segment, out var found)) return found;
        if (bare.Length != full.Length && TryFind(prefixes, bare, segment, out found)) return found;
        if (_platformDomain is not null && TryFindSubdomain(prefixes, bare, out var shop)) return shop;
        if (_hasWildcards && TryFindWildcard(prefixes, bare, segment, out found)) return found;
        if (TryFind(prefixes, default, segment, out found)) return found;
        return fallbackToDefault && _default is { } tenant && string.IsNullOrEmpty(tenant.RequestUrlHost) && string.IsNullOrEmpty(tenant.RequestUrlPrefix) ? tenant : null;
    }

    private static bool TryFind(
        ConcurrentDictionary<string, ConcurrentDictionary<string, ShellSettings>>.AlternateLookup<ReadOnlySpan<char>> hosts,
        ReadOnlySpan<char> host, ReadOnlySpan<char> segment, [NotNullWhen(true)] out ShellSettings? found)
    {
        found = null;
        if (!hosts.TryGetValue(host, out var prefixes)) return false;
        if (segment.Length > 0 && prefixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out found)) return true;
        // without a host of its own a tenant without prefix is the default one, which is a matter of the fallback
        return host.Length > 0 && prefixes.TryGetValue("", out found);
    }

    private bool TryFindSubdomain(
        ConcurrentDictionary<string, ConcurrentDictionary<string, ShellSettings>>.AlternateLookup<ReadOnlySpan<char>> hosts,
        ReadOnlySpan<char> host, [NotNullWhen(true)] out ShellSettings? found)
    {
        found = null;
        if (!host.EndsWith(_platformDomain, StringComparison.OrdinalIgnoreCase)) return false;
        var label = host[..^_platformDomain!.Length];
        return label.Length > 0 && hosts.TryGetValue("", out var prefixes) && prefixes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(label, out found);
    }

    private static bool TryFindWildcard(
        ConcurrentDictionary<string, ConcurrentDictionary<string, ShellSettings>>.AlternateLookup<ReadOnlySpan<char>> hosts,
        ReadOnlySpan<char> host, ReadOnlySpan<char> segment, [NotNullWhen(true)] out ShellSettings? found)
    {
        found = null;
        var dot = host.IndexOf('.');
        if (dot < 0) return false;
        Span<char> wildcard = stackalloc char[Math.Min(host.Length - dot + 1, 256)];
        if (host.Length - dot + 1 > wildcard.Length) return false;
        wildcard[0] = '*';
        host[dot..].CopyTo(wildcard[1..]);
        return TryFind(hosts, wildcard, segment, out found);
    }

    private static ReadOnlySpan<char> FirstSegment(string? path)
    {
        if (string.IsNullOrEmpty(path) || path[0] != '/') return default;
        var rest = path.AsSpan(1);
        var end = rest.IndexOf('/');
        return end < 0 ? rest : rest[..end];
    }

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host.LastIndexOf(']') > colon ? host : host[..colon];
    }

    private static (string Host, string Prefix)[] KeysOf(ShellSettings settings)
    {
        var stored = settings.Peek(nameof(ShellSettings.RequestUrlPrefix), nameof(ShellSettings.RequestUrlHost), DomainsKey);
        var prefix = (stored[0] ?? "").ToLowerInvariant();
        var keys = (Split(stored[1]) is { Length: > 0 } named ? named : [""]).Select(h => (Ascii(h), prefix));
        return [.. keys, .. Split(stored[2]).Select(d => (Ascii(d), ""))];
    }

    private static string Ascii(string host) => Ascii(new HostString(host.ToLowerInvariant()));

    private static string Ascii(HostString host)
    {
        try
        {
            return host.ToUriComponent();
        }
        catch (ArgumentException)
        {
            // letters that no domain can have: no tenant has such a name
            return host.Value ?? "";
        }
    }

    private static string[] Split(string? hosts) => hosts?.Split(ShellSettings.HostSeparators, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static bool SameTenant(ShellSettings? one, ShellSettings other) => string.Equals(one?.Name, other.Name, StringComparison.OrdinalIgnoreCase);

    private void RemoveCore(ShellSettings settings)
    {
        if (!_tenants.Remove(settings.Name, out var old)) return;
        Free(settings, old.Keys);
        if (SameTenant(_default, settings)) _default = null;
    }

    private void Free(ShellSettings settings, IEnumerable<(string Host, string Prefix)> keys)
    {
        foreach (var (host, prefix) in keys)
        {
            if (!_hosts.TryGetValue(host, out var prefixes) || !prefixes.TryGetValue(prefix, out var holder) || !SameTenant(holder, settings)) continue;
            prefixes.TryRemove(prefix, out _);
            // somebody who was second may have it now
            var heir = _tenants.Values.FirstOrDefault(t => !SameTenant(t.Settings, settings) && t.Keys.Contains((host, prefix)));
            if (heir.Settings is not null) prefixes.TryAdd(prefix, heir.Settings);
            else if (prefixes.IsEmpty) _hosts.TryRemove(host, out _);
        }
    }
}
