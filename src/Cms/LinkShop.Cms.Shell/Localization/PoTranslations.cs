using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using LinkShop.Cms.Shell.Catalog;
using Microsoft.Extensions.Localization;

namespace LinkShop.Cms.Shell.Localization;

/// <summary>The translations of all modules, by culture, read when a culture is first asked for.</summary>
internal sealed class PoTranslations(ModuleCatalog catalog)
{
    private readonly ConcurrentDictionary<string, Lazy<Translations>> _byCulture = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<string[]> _available = new(() => [.. catalog.Modules.SelectMany(m => m.Files.Paths).Where(IsPo)
        .Select(p => Path.GetFileNameWithoutExtension(p)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]);

    internal Translations Of(CultureInfo culture)
        => (_byCulture.TryGetValue(culture.Name, out var known) ? known : _byCulture.GetOrAdd(culture.Name, name => new Lazy<Translations>(() => Load(name)))).Value;

    private static bool IsPo(string path) => path.StartsWith("Localization/", StringComparison.OrdinalIgnoreCase) && path.EndsWith(".po", StringComparison.OrdinalIgnoreCase);

    private Translations Load(string culture)
    {
        if (FileCultureOf(culture) is not { } source) return Translations.None;
        var entries = new List<PoEntry>();
        foreach (var module in catalog.Modules)
        {
            foreach (var path in new[] { $"Localization/{source}.po", $"Localization/{source}/{module.Id}.po" })
            {
                var file = module.GetFile(path);
                if (!file.Exists) continue;
                using var reader = new StreamReader(file.CreateReadStream());
                entries.AddRange(PoParser.Parse(reader, module.Id + "/" + path));
            }
        }
        return new Translations(entries);
    }

    /// <summary>The culture itself, one of its parents, or another region's form of the same language: zh → zh-CN.</summary>
    private string? FileCultureOf(string culture)
    {
        for (var at = CultureInfo.GetCultureInfo(culture); at.Name.Length > 0; at = at.Parent)
        {
            if (_available.Value.FirstOrDefault(a => a.Equals(at.Name, StringComparison.OrdinalIgnoreCase)) is { } exact) return exact;
        }
        var language = CultureInfo.GetCultureInfo(culture).TwoLetterISOLanguageName;
        return _available.Value.FirstOrDefault(a => CultureInfo.GetCultureInfo(a).TwoLetterISOLanguageName == language);
    }
}

/// <summary>A culture's translations: first by context (a type's full name, a view's path), then by text alone.</summary>
internal sealed class Translations
{
    internal static readonly Translations None = new([]);
    private const int MaxMissing = 5000;
    private readonly FrozenDictionary<string, LocalizedString> _plain;
    private readonly FrozenDictionary<(string Context, string Id), LocalizedString> _contextual;
    private readonly ConcurrentDictionary<string, LocalizedString> _missing = new(StringComparer.Ordinal);

    internal Translations(IReadOnlyList<PoEntry> entries)
    {
        var plain = new Dictionary<string, LocalizedString>(StringComparer.Ordinal);
        var contextual = new Dictionary<(string, string), LocalizedString>();
        foreach (var entry in entries)
        {
            var value = new LocalizedString(entry.Id, entry.Text, false);
            // the first module wins: the host's words before those of modules
            if (entry.Context is null) plain.TryAdd(entry.Id, value);
            else contextual.TryAdd((entry.Context, entry.Id), value);
        }
        _plain = plain.ToFrozenDictionary(StringComparer.Ordinal);
        _contextual = contextual.ToFrozenDictionary();
    }

    internal IEnumerable<LocalizedString> All => _plain.Values;

    internal LocalizedString Find(string context, string id)
    {
        if (_contextual.Count > 0 && _contextual.TryGetValue((context, id), out var found)) return found;
        if (_plain.TryGetValue(id, out found) || _missing.TryGetValue(id, out found)) return found;
        found = new LocalizedString(id, id, true);
        // a text may be made at run time, so what is remembered has a limit
        if (_missing.Count < MaxMissing) _missing.TryAdd(id, found);
        return found;
    }
}
