using System.Text.RegularExpressions;
using LinkShop.Commerce.Data;
using Microsoft.Extensions.Configuration;

namespace LinkShop.Commerce.Placement;

/// <summary>The further databases of the installation, <c>LinkShop:Databases:{Name}</c>.</summary>
public static partial class DatabaseNames
{
    /// <summary>What commands call the unnamed main database.</summary>
    public const string Main = "main";

    /// <summary>What to call a database.</summary>
    /// <param name="name">Its name; null or empty is the main one.</param>
    public static string Of(string? name) => string.IsNullOrEmpty(name) ? Main : name;

    /// <summary>Whether the installation is on PostgreSQL.</summary>
    /// <param name="configuration">The configuration.</param>
    public static bool IsPostgres(IConfiguration configuration) => string.Equals(configuration["LinkShop:Database:Provider"], nameof(CommerceDialect.Postgres), StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads and checks them.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <returns>For each name its connection string (PostgreSQL) or its folder (SQLite).</returns>
    /// <exception cref="InvalidOperationException">One is wrong; the message says which and why.</exception>
    public static IReadOnlyDictionary<string, string> Read(IConfiguration configuration)
    {
        var postgres = IsPostgres(configuration);
        var (wanted, other) = postgres ? ("ConnectionString", "Folder") : ("Folder", "ConnectionString");
        var main = postgres ? configuration["LinkShop:Database:ConnectionString"] : Path.GetFullPath(configuration["LinkShop:DataPath"] ?? "App_Data");
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection("LinkShop:Databases").GetChildren())
        {
            if (!Name().IsMatch(section.Key) || section.Key.Equals(Main, StringComparison.OrdinalIgnoreCase))
                throw new InvalidOperationException($"{section.Path}: a database's name starts with a letter, has letters, digits, '-' and '_', at most 63, and isn't '{Main}'.");
            if (section[wanted] is not { Length: > 0 } value)
                throw new InvalidOperationException($"{section.Path}:{wanted} is missing{(section[other] is null ? "" : $" ({other} is there, but all databases of an installation have the provider of the main one)")}.");
            value = postgres ? value : Path.GetFullPath(value);
            if (value == main || known.ContainsValue(value))
                throw new InvalidOperationException($"{section.Path}:{wanted} is also that of another database.");
            known.Add(section.Key, value);
        }

        return known;
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,62}\z")]
    private static partial Regex Name();
}
