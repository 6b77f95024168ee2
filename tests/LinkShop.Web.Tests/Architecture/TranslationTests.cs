using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Architecture;

/// <summary>Every text that a person can see exists in Chinese.</summary>
public sealed partial class TranslationTests
{
    public static TheoryData<string> Folders() =>
        [.. new[] { "src/Modules", "src/Themes", "src/Cms" }
            .SelectMany(f => Directory.GetDirectories(Path.Combine(Repository.Root, f)))
            .Where(d => Directory.GetFiles(d, "*.csproj").Length > 0)
            .Select(SourceTree.Relative)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_localised_text_has_a_Chinese_translation(string folder)
    {
        var used = SourceTree.Code(folder).SelectMany(f => Localised().Matches(File.ReadAllText(f)).Select(m => Unescape(m.Groups[1].Value))).ToHashSet(StringComparer.Ordinal);
        var translated = Translations(folder);
        Assert.DoesNotContain(used, text => !translated.TryGetValue(text, out var chinese) || chinese.Length == 0);
    }

    [Fact]
    public void Every_module_that_shows_words_of_the_shared_library_translates_them()
    {
        var shown = 0;
        foreach (var file in SourceTree.Code("src/Libraries/LinkShop.Http"))
        {
            var texts = Localised().Matches(File.ReadAllText(file)).Select(m => Unescape(m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
            var use = Path.GetFileNameWithoutExtension(file) + ".";
            foreach (var folder in Folders().Select(row => row.Data).Where(f => texts.Count > 0 && SourceTree.Code(f).Any(c => File.ReadAllText(c).Contains(use, StringComparison.Ordinal))))
            {
                shown++;
                var translated = Translations(folder);
                Assert.DoesNotContain(texts, text => !translated.TryGetValue(text, out var chinese) || chinese.Length == 0);
            }
        }

        Assert.True(shown >= 4, $"found only {shown} uses");
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Translations_keep_the_placeholders(string folder)
    {
        var broken = Translations(folder).Where(t => t.Value.Length > 0 && !Placeholders(t.Key).SetEquals(Placeholders(t.Value))).Select(t => t.Key);
        Assert.Empty(broken);
    }

    // all modules' words are in one dictionary, also on genuine Orchard Core: a second translation would be shown in the wrong module
    [Fact]
    public void A_text_has_the_same_translation_in_all_modules()
    {
        var all = Folders().SelectMany(row => Translations(row.Data).Select(t => (Text: t.Key, Chinese: t.Value, Folder: row.Data))).ToList();
        Assert.True(all.Count > 2000, $"found only {all.Count} texts");
        Assert.Empty(all.GroupBy(t => t.Text, StringComparer.Ordinal).Where(g => g.Select(t => t.Chinese).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(", ", g.Select(t => $"{t.Chinese} ({t.Folder})"))}"));
    }

    [Fact]
    public void Names_and_descriptions_of_features_permissions_types_roles_and_recipes_have_a_Chinese_translation()
    {
        var folders = Folders().Select(row => row.Data).ToList();
        var all = folders.SelectMany(Translations).Where(t => t.Value.Length > 0).Select(t => t.Key).ToHashSet(StringComparer.Ordinal);
        var code = folders.SelectMany(SourceTree.Code).Where(f => f.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        var named = code.Where(c => c.Contains("[assembly:", StringComparison.Ordinal)).SelectMany(c => Manifest().Matches(c)).Select(m => m.Groups[1].Value)
            .Concat(code.SelectMany(c => Named().Matches(c)).Select(m => m.Groups[1].Value)).Select(Unescape)
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "recipes"), "*.json").SelectMany(InRecipe)).Concat(LinkShop.Commerce.Splits.MoneyNames.All).Concat(LinkShop.Commerce.Outbox.MessageNames.All).Concat(Providers()).Append(LinkShop.Commerce.Payments.PaymentNames.BetweenShops)
            .Concat(LinkShop.Commerce.Ordering.OrderNames.All).ToHashSet(StringComparer.Ordinal);
        Assert.True(named.Count > 80, $"found only {named.Count} names");
        Assert.DoesNotContain(named, name => name.Length > 0 && !all.Contains(name));
    }

    // gateways are named where they are written, and translated where they are shown
    private static IEnumerable<string> Providers()
    {
        var names = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*Provider.cs", SearchOption.AllDirectories).SelectMany(File.ReadLines)
            .Where(line => line.Contains("public string DisplayName =>", StringComparison.Ordinal)).SelectMany(line => Literal().Matches(line)).Select(m => m.Groups[1].Value).ToList();
        Assert.Contains("Points", names);
        Assert.True(names.Count >= 5, $"found only {names.Count} names");
        return names;
    }

    private static IEnumerable<string> InRecipe(string file)
    {
        var recipe = JsonNode.Parse(File.ReadAllText(file))!;
        yield return recipe["displayName"]!.ToString();
        yield return recipe["description"]!.ToString();
        foreach (var role in recipe["steps"]!.AsArray().Where(step => step!["name"]!.ToString() == "roles").SelectMany(step => step!["Roles"]!.AsArray()))
        {
            yield return role!["Name"]!.ToString();
            yield return role["Description"]!.ToString();
        }
    }

    private static Dictionary<string, string> Translations(string folder)
    {
        var file = Path.Combine(Repository.Root, folder, "Localization", "zh-CN.po");
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(file))
            return result;
        var (id, text) = ("", "");
        var inText = false;
        foreach (var line in File.ReadLines(file).Append("msgid \"\""))
        {
            if (line.StartsWith("msgid ", StringComparison.Ordinal))
            {
                if (id.Length > 0)
                    result.TryAdd(id, text);
                (id, text, inText) = (Quoted(line), "", false);
            }
            else if (line.StartsWith("msgstr", StringComparison.Ordinal))
            {
                // of plural forms, the first is what Chinese has
                if (!line.StartsWith("msgstr[", StringComparison.Ordinal) || line.StartsWith("msgstr[0]", StringComparison.Ordinal))
                    text = Quoted(line);
                inText = true;
            }
            else if (line.StartsWith('"'))
            {
                if (inText) text += Quoted(line);
                else id += Quoted(line);
            }
        }
        return result;
    }

    private static string Quoted(string line)
    {
        var start = line.IndexOf('"', StringComparison.Ordinal);
        return start < 0 ? "" : Unescape(line[(start + 1)..line.LastIndexOf('"')]);
    }

    private static string Unescape(string text) => text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    private static HashSet<string> Placeholders(string text) => Placeholder().Matches(text).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\b[TSH]\[""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Localised();

    [GeneratedRegex(@"\b(?:Name|Description|Category) = ""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Manifest();

    [GeneratedRegex(@"(?:Permission \w+ = new\(""\w+"", |\bDisplayedAs\()""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Named();

    [GeneratedRegex(@"""([^""]+)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();
}
