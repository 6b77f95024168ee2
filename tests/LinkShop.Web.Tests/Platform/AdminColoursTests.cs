using System.Text.RegularExpressions;
using LinkShop.Shops.Models;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Platform;

/// <summary>What is read, and what is seen of a field, in the administration's two schemes.</summary>
public sealed partial class AdminColoursTests
{
    // what WCAG 2 asks of the edge of a field, and of what shows where the keyboard is
    private const double Seen = 3;
    private static readonly string s_css = File.ReadAllText(Path.Combine(Repository.Root, "src/Themes/LinkShop.Theme.Admin/wwwroot/css/admin.css"));

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Texts_links_and_buttons_are_read_and_edges_and_the_keyboards_ring_are_seen_on_every_ground(string scheme)
    {
        var colours = Colours().Matches(Block(scheme)).ToDictionary(m => m.Groups[1].Value, m => Rgb.Parse(Long(m.Groups[2].Value)));
        foreach (var ground in new[] { "canvas", "surface" })
        {
            foreach (var text in new[] { "ink", "ink-soft", "accent", "accent-strong", "ok", "warn", "bad" })
                Assert.True(Rgb.Contrast(colours[text], colours[ground]) >= Rgb.Readable, $"{text} on {ground}: {Rgb.Contrast(colours[text], colours[ground]):0.00}");
            Assert.True(Rgb.Contrast(colours["edge"], colours[ground]) >= Seen, $"edge on {ground}: {Rgb.Contrast(colours["edge"], colours[ground]):0.00}");
        }

        Assert.True(Rgb.Contrast(colours["on-accent"], colours["accent"]) >= Rgb.Readable);
        Assert.True(Rgb.Contrast(colours["accent-strong"], colours["accent-soft"]) >= Rgb.Readable);
    }

    [Fact]
    public void Nothing_of_Bootstrap_takes_the_ring_or_keeps_a_colour_of_its_own()
    {
        Assert.Matches(@":focus-visible:not\(main\) \{ outline: 3px solid var\(--ls-accent\) !important;", s_css);
        Assert.Matches(@"\.form-control, \.form-select \{[^}]*border-color: var\(--ls-edge\)", s_css);
        Assert.Matches(@"\.form-check-input \{[^}]*border-color: var\(--ls-edge\)", s_css);
        Assert.Matches(@"\.btn-outline-primary \{[^}]*--bs-btn-color: var\(--ls-accent\)", s_css);
        // plain links and .btn-link
        Assert.Equal(2, Regex.Count(s_css, "--bs-link-color: var\\(--ls-accent\\);"));
    }

    private static string Block(string scheme) => Regex.Match(s_css, $"\\[data-bs-theme=\"{scheme}\"\\] \\{{([^}}]*)\\}}").Groups[1].Value;

    private static string Long(string colour) => colour.Length == 4 ? string.Concat(colour.Select(c => c == '#' ? "#" : $"{c}{c}")) : colour;

    [GeneratedRegex("--ls-([a-z-]+): (#[0-9a-f]{3,6});")]
    private static partial Regex Colours();
}
