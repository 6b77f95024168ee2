using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Cms.Admin;

/// <summary>Texts that modules, recipes and people may leave out.</summary>
internal static class OptionalTexts
{
    /// <summary>The text in the reader's language; nothing when there is none.</summary>
    public static string Optional(this IViewLocalizer T, string? text) => string.IsNullOrEmpty(text) ? "" : T[text].Value;
}
