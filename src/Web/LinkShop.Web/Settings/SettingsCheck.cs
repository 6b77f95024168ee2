using LinkShop.Commerce.Placement;

namespace LinkShop.Web.Settings;

/// <summary>The configuration has mistakes below <c>LinkShop:</c>; the message names each with what would be right.</summary>
internal sealed class SettingsException(string message) : InvalidOperationException(message);

/// <summary>Compares the configuration with <see cref="KnownSettings"/> before anything uses it: a wrong value would otherwise show when the first buyer comes, or never.</summary>
internal static class SettingsCheck
{
    // of two keys that differ by more letters one isn't the other misspelt
    private const int Near = 3;

    /// <exception cref="SettingsException">A value is none of its setting, or there is no such setting.</exception>
    public static void Check(IConfiguration configuration)
    {
        var mistakes = configuration.GetSection(KnownSettings.Section).AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Value is not null && pair.Key.Length > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => MistakeIn(pair.Key, pair.Value!)).OfType<string>().ToList();
        if (mistakes.Count > 0)
            throw new SettingsException(string.Join(' ', mistakes));
        CheckDatabases(configuration);
    }

    // what several settings have to be together
    private static void CheckDatabases(IConfiguration configuration)
    {
        if (DatabaseNames.IsPostgres(configuration) && string.IsNullOrWhiteSpace(configuration["LinkShop:Database:ConnectionString"]))
            throw new SettingsException("LinkShop:Database:ConnectionString is missing; PostgreSQL needs it.");
        try
        {
            DatabaseNames.Read(configuration);
        }
        catch (InvalidOperationException e)
        {
            throw new SettingsException(e.Message);
        }
    }

    private static string? MistakeIn(string key, string value)
    {
        var setting = KnownSettings.All.FirstOrDefault(known => known.Is(key));
        if (setting is not null)
            return setting.Kind.Fits(value) ? null : $"{KnownSettings.Section}:{key}: '{value}' — {setting.Kind.Wants}.";
        // an empty list or object of a JSON file is a section with no value
        if (value.Length == 0 && KnownSettings.All.Any(known => known.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase)))
            return null;
        return $"{KnownSettings.Section}:{key} isn't a setting{(Nearest(key) is { } nearest ? $"; did you mean {KnownSettings.Section}:{nearest}?" : ".")}";
    }

    private static string? Nearest(string key)
    {
        var (nearest, distance) = KnownSettings.All.Select(known => (known.Key, Distance: Distance(key, Filled(known.Key, key)))).MinBy(pair => pair.Distance);
        if (distance <= Near)
            return Filled(nearest, key);
        // the right name in the wrong section
        return KnownSettings.All.FirstOrDefault(known => known.Key.Split(':')[^1].Equals(key.Split(':')[^1], StringComparison.OrdinalIgnoreCase))?.Key;
    }

    // what stands in braces is as it was given
    private static string Filled(string pattern, string key)
    {
        var (parts, given) = (pattern.Split(':'), key.Split(':'));
        return parts.Length != given.Length ? pattern : string.Join(':', parts.Zip(given, (part, own) => part is "{Name}" or "{0}" ? own : part));
    }

    /// <summary>How many letters have to be changed, added or left out (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
