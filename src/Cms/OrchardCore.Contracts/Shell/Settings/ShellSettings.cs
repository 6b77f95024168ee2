using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell.Models;

namespace OrchardCore.Environment.Shell;

/// <summary>What makes a tenant: its name, where it answers, its state, and further values by name.</summary>
public class ShellSettings
{
    /// <summary>The name of the tenant that every application has.</summary>
    public const string DefaultShellName = "Default";

    /// <summary>What separates the host names in <see cref="RequestUrlHost"/>.</summary>
    public static readonly char[] HostSeparators = [',', ' '];

    private ConcurrentDictionary<string, string?>? _values;
    private string? _stored;
    private string[]? _hosts;
    private PathString? _prefixPath;

    /// <summary>Makes settings that have only the state <see cref="TenantState.Uninitialized"/>.</summary>
    public ShellSettings()
    {
    }

    /// <summary>Makes an independent copy.</summary>
    /// <param name="settings">What to copy.</param>
    public ShellSettings(ShellSettings settings)
    {
        Name = settings.Name;
        State = settings.State;
        foreach (var (key, value) in settings.All) All[key] = value;
    }

    /// <summary>The unique name, by which rows are keyed.</summary>
    public string Name { get; set; } = "";

    /// <summary>Changes whenever the tenant is set up anew, so that old cached values and tickets do not fit.</summary>
    public string? VersionId
    {
        get => this["VersionId"];
        set => this["VersionId"] = value;
    }

    /// <summary>An id that stays when the tenant is renamed.</summary>
    public string? TenantId
    {
        get => this["TenantId"];
        set => this["TenantId"] = value;
    }

    /// <summary>The host names it answers at, separated by comma or space, each with an optional port; empty for any.</summary>
    public string? RequestUrlHost
    {
        get => this["RequestUrlHost"];
        set => this["RequestUrlHost"] = value;
    }

    /// <summary><see cref="RequestUrlHost"/> split up.</summary>
    public string[] RequestUrlHosts => _hosts ??= RequestUrlHost?.Split(HostSeparators, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The first path segment it answers at, without slashes; empty for none.</summary>
    public string? RequestUrlPrefix
    {
        get => this["RequestUrlPrefix"];
        set => this["RequestUrlPrefix"] = value?.Trim(' ', '/');
    }

    /// <summary>Where it is in its life.</summary>
    public TenantState State { get; set; } = TenantState.Uninitialized;

    /// <summary>A further value, such as <c>RecipeName</c>, <c>DatabaseProvider</c> or <c>Category</c>; null when not set.</summary>
    /// <param name="key">Its name; case does not matter.</param>
    public string? this[string key]
    {
        get => All.GetValueOrDefault(key);
        set
        {
            if (value is null) All.TryRemove(key, out _);
            else All[key] = value;
            _hosts = null;
            _prefixPath = null;
        }
    }

    /// <summary>The prefix as a path; empty for none.</summary>
    internal PathString PrefixPath => _prefixPath ??= string.IsNullOrEmpty(RequestUrlPrefix) ? PathString.Empty : new PathString("/" + RequestUrlPrefix);

    /// <summary>All further values, for the store.</summary>
    internal IReadOnlyDictionary<string, string?> Values => All;

    /// <summary>The stored values as JSON, not looked into before somebody asks: a start with ten thousand tenants must not cost more than one with ten.</summary>
    internal string Stored
    {
        init => _stored = value;
    }

    private ConcurrentDictionary<string, string?> All => _values ?? Read();

    /// <summary>Some stored values, without keeping the others.</summary>
    /// <param name="keys">Their names, as they are stored.</param>
    internal string?[] Peek(params ReadOnlySpan<string> keys)
    {
        var found = new string?[keys.Length];
        if (_values is not null || _stored is null)
        {
            for (var i = 0; i < keys.Length; i++) found[i] = this[keys[i]];
            return found;
        }
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(_stored));
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            var at = -1;
            for (var i = 0; i < keys.Length && at < 0; i++) if (reader.ValueTextEquals(keys[i])) at = i;
            reader.Read();
            if (at >= 0) found[at] = reader.GetString();
        }
        return found;
    }

    private ConcurrentDictionary<string, string?> Read()
    {
        var values = new ConcurrentDictionary<string, string?>(1, 16, StringComparer.OrdinalIgnoreCase);
        if (_stored is not null)
            foreach (var (key, value) in JsonSerializer.Deserialize<Dictionary<string, string?>>(_stored) ?? []) if (value is not null) values[key] = value;
        // of two that come at once both go on with the same one
        return Interlocked.CompareExchange(ref _values, values, null) ?? values;
    }
}
