using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Cms.Admin.Roles;

/// <summary>What a role is called for people: its name in their language, else its name as words.</summary>
public static partial class RoleText
{
    /// <summary>The words of a role's name.</summary>
    /// <param name="T">The view's translations.</param>
    /// <param name="name">The role's name, <c>CustomerService</c>.</param>
    public static string Of(IHtmlLocalizer T, string name)
    {
        var said = T[name];
        return said.IsResourceNotFound ? Words().Replace(name, m => " " + m.Value.ToLowerInvariant()) : said.Value;
    }

    [GeneratedRegex("(?<=[a-z])[A-Z]")]
    private static partial Regex Words();
}
