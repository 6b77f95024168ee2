namespace LinkShop.Shops.Models;

/// <summary>A look to start from. Shapes (corners, the front's style) are in the theme's <c>css/shop.css</c> as the class <c>ls-preset-{Id}</c>.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Primary">Main colour.</param>
/// <param name="Accent">Second colour.</param>
/// <param name="Font">One of <see cref="BrandFonts"/>.</param>
public sealed record BrandPreset(string Id, string Primary, string Accent, string Font);

/// <summary>The looks.</summary>
public static class BrandPresets
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<BrandPreset> All =
    [
        new("sky", "#2f6df6", "#22b8cf", "plain"),
        new("forest", "#1d7a4f", "#e0a526", "plain"),
        new("sunset", "#e8590c", "#f03e7a", "round"),
        new("berry", "#a61e8c", "#7048e8", "round"),
        new("ink", "#23272f", "#c92a2a", "song"),
        new("candy", "#f06ba8", "#ffd43b", "round"),
    ];

    /// <summary>A look by its code; the first one when there is none.</summary>
    /// <param name="id">The code.</param>
    public static BrandPreset Of(string? id) => All.FirstOrDefault(p => p.Id == id) ?? All[0];
}

/// <summary>
/// Fonts that devices have: nothing is loaded for them. Before the first Chinese font stands a Latin one that every system has or substitutes: Chinese fonts have
/// apostrophes, quotes and dashes as wide as a character.
/// </summary>
public static class BrandFonts
{
    /// <summary>Font stacks by code.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["plain"] = """system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif""",
        ["round"] = """ui-rounded, "SF Pro Rounded", Quicksand, Nunito, "Segoe UI", "Helvetica Neue", Arial, "Yuanti SC", "YouYuan", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif""",
        ["song"] = """Georgia, "Times New Roman", "Songti SC", "Noto Serif SC", "Noto Serif CJK SC", SimSun, serif""",
        ["kai"] = """Palatino, "Palatino Linotype", "Times New Roman", "Kaiti SC", KaiTi, STKaiti, "Noto Serif CJK SC", serif""",
        ["mono"] = """ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Courier New", "PingFang SC", "Noto Sans Mono CJK SC", monospace""",
    };
}

/// <summary>What shops sell, as their owners say when they open them.</summary>
public static class ShopCategories
{
    /// <summary>Codes.</summary>
    public static readonly IReadOnlyList<string> All = ["gamecards", "memberships", "software", "courses", "design", "tickets", "other"];
}
