using System.Text.RegularExpressions;

namespace LinkShop.Web.Tests.Architecture;

/// <summary>Rules of this code base that a compiler doesn't know.</summary>
public sealed partial class StyleTests
{
    [Fact]
    public void No_unfinished_code_is_committed() => AssertNone("src", Unfinished());

    [Fact]
    public void Nothing_sleeps_instead_of_waiting_for_a_condition() => AssertNone("src", Sleep());

    [Fact]
    public void No_exception_is_swallowed() => AssertNone("src", SilentCatch());

    [Fact]
    public void Views_have_no_inline_script_or_style()
    {
        AssertNone("src/Modules", InlineScript());
        AssertNone("src/Themes", InlineScript());
        AssertNone("src/Cms", InlineScript());
    }

    // an HTML localizer formats when it is written; its value is the text with its {0}
    [Fact]
    public void No_text_is_shown_with_the_place_of_a_number_or_a_name_instead_of_it() => AssertNone("src", UnformattedText());

    [Fact]
    public void Files_stay_short_enough_to_read()
    {
        var longest = SourceTree.Code("src").Select(f => (Lines: File.ReadLines(f).Count(), File: SourceTree.Relative(f))).Where(f => f.Lines > 400);
        Assert.Empty(longest);
    }

    private static void AssertNone(string folder, Regex pattern)
    {
        var found =
            from file in SourceTree.Code(folder)
            let text = File.ReadAllText(file)
            from match in pattern.Matches(text).Cast<Match>()
            select $"{SourceTree.Relative(file)}:{text.AsSpan(0, match.Index).Count('\n') + 1} {match.Value.Trim()}";
        Assert.Empty(found);
    }

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|lorem ipsum", RegexOptions.IgnoreCase)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"Thread\.Sleep\(")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex SilentCatch();

    [GeneratedRegex(@"<script(?![^>]*\b(src|type=""application/(ld\+)?json"")\b)[^>]*>|<style[\s>]|\sstyle=""|\son[a-z]+=""", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"\b[TH]\[""[^""]*\{\d[^""]*"",(?:[^\[\]]|\[[^\]]*\])*\]\.Value")]
    private static partial Regex UnformattedText();
}
