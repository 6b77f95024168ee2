using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace LinkShop.Platform.Recipes;

/// <summary>Finds every mistake in a step before anything is created.</summary>
internal static partial class ChildTenantRules
{
    /// <summary>The mistakes, each naming the tenant's position and the field.</summary>
    public static List<string> Check(IReadOnlyList<ChildTenant> tenants, IReadOnlySet<string> setupRecipes, IStringLocalizer S)
    {
        var errors = new List<string>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var addresses = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < tenants.Count; i++)
        {
            var at = $"Tenants[{i}]";
            var tenant = tenants[i];
            if (string.IsNullOrEmpty(tenant.Name) || !NamePattern().IsMatch(tenant.Name))
            {
                errors.Add(S["{0}.Name: '{1}' must be letters and digits and start with a letter.", at, tenant.Name ?? ""]);
            }
            else if (!names.Add(tenant.Name))
            {
                errors.Add(S["{0}.Name: '{1}' is in the list twice.", at, tenant.Name]);
            }

            CheckAddress(tenant, at, addresses, errors, S);
            if (string.IsNullOrEmpty(tenant.RecipeName) || !setupRecipes.Contains(tenant.RecipeName))
            {
                errors.Add(S["{0}.RecipeName: there is no set-up recipe '{1}'.", at, tenant.RecipeName ?? ""]);
            }

            if (string.IsNullOrWhiteSpace(tenant.SiteName))
            {
                errors.Add(S["{0}.SiteName is missing.", at]);
            }
        }

        return errors;
    }

    private static void CheckAddress(ChildTenant tenant, string at, HashSet<string> addresses, List<string> errors, IStringLocalizer S)
    {
        var prefix = tenant.RequestUrlPrefix ?? "";
        if (prefix.Length > 0 && !PrefixPattern().IsMatch(prefix))
        {
            errors.Add(S["{0}.RequestUrlPrefix: '{1}' must be one path segment of letters, digits, '-' and '_'.", at, prefix]);
        }
        else if (prefix.Length == 0 && string.IsNullOrEmpty(tenant.RequestUrlHost))
        {
            errors.Add(S["{0}: give RequestUrlPrefix or RequestUrlHost, or the tenant has no address of its own.", at]);
        }
        else if (!addresses.Add($"{tenant.RequestUrlHost}/{prefix}"))
        {
            errors.Add(S["{0}: another tenant in the list has the address '{1}'.", at, $"{tenant.RequestUrlHost}/{prefix}"]);
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex PrefixPattern();
}
