using System.Text.RegularExpressions;
using LinkShop.Testing;

namespace LinkShop.Commerce.Tests.Data;

/// <summary>
/// The scope's guard asks that a statement uses <c>@tenant</c>; where, it can't tell. Whatever changes or deletes rows must choose them by it: ids that people give themselves
/// (codes, names, ids of requests) are the same in several tenants.
/// </summary>
public sealed partial class StatementScopeTests
{
    // each of them is for all tenants on purpose, and runs on a system connection only
    private static readonly string[] s_systems =
    [
        "delete from lookup_failures where time_window < @oldest", "delete from idempotency where (tenant, key) in", "delete from referral_tally where seq",
        "delete from outbox where id", "update outbox set owner = @owner", "update outbox set due_at = @due", "update outbox set due_at = @until", "update refund set state = 'Escalated'", "update sqlite_sequence set seq",
    ];

    // their conditions are put on where they are used: KeyStockTests and KeyRecallTests look at those
    private static readonly string[] s_parts =
    [
        "update card_key set order_id = null, order_line = null, reserved_until = null, state = case when ", "update card_key set state = 'Delivered', reserved_until = null, delivered_at = @now\"",
        "update card_key set state = 'Reserved', order_id = @orderId",
    ];

    [Fact]
    public void Every_statement_that_changes_or_deletes_rows_chooses_them_by_their_tenant()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Libraries", "LinkShop.Commerce"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));
        var statements = files.SelectMany(f => StatementsIn(File.ReadAllText(f))).ToList();
        Assert.True(statements.Count > 100, $"Only {statements.Count} statements were found.");
        string[] known = [.. s_systems, .. s_parts];
        Assert.DoesNotContain(statements, s => !IsScoped(s) && !known.Any(k => s.StartsWith(k, StringComparison.Ordinal)));
        Assert.All(known, k => Assert.Contains(statements, s => s.StartsWith(k, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("update x set y = @tenant where id = @id", false)]
    [InlineData("update x set y = (select z from w where tenant = @tenant) where id = @id", false)]
    [InlineData("delete from x where @tenant <> '' and id = @id", false)]
    [InlineData("delete from x where id = @id and tenant = @tenant", true)]
    [InlineData("update x as s set y = (select z from w where w.tenant = @tenant) where s.tenant = @tenant and id = @id", true)]
    [InlineData("with w as (select 1) update x set y = 1 where {own} and id = @id", true)]
    public void A_tenant_that_is_named_elsewhere_than_among_the_conditions_doesnt_count(string sql, bool scoped) =>
        Assert.Equal(scoped, IsScoped(Assert.Single(StatementsIn($"private const string Sql = \"{sql}\";"))));

    /// <summary>The statements in a source file, each to the end of its literal.</summary>
    private static IEnumerable<string> StatementsIn(string source)
    {
        foreach (Match match in Change().Matches(source))
        {
            var line = source.LastIndexOf('\n', match.Index) + 1;
            if (source[line..match.Index].Contains("//", StringComparison.Ordinal))
                continue;
            var isRaw = source[..match.Index].Split("\"\"\"").Length % 2 == 0;
            var end = source.IndexOf(isRaw ? "\"\"\"" : "\"", match.Index, StringComparison.Ordinal);
            yield return source[match.Index..(end + 1)];
        }
    }

    /// <summary>Whether the tenant is among the conditions of the statement itself: what is in brackets is another's.</summary>
    private static bool IsScoped(string statement)
    {
        var own = statement;
        while (Brackets().IsMatch(own))
            own = Brackets().Replace(own, "");
        var where = own.IndexOf("where", StringComparison.Ordinal);
        return where >= 0 && Tenant().IsMatch(own[where..]);
    }

    [GeneratedRegex(@"(?<!for |key |do )\b(update [a-z_]+( as [a-z]+)?\s+set|delete from [a-z_]+)\b")]
    private static partial Regex Change();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\btenant = @tenant\b|\{[oO]wn\}")]
    private static partial Regex Tenant();
}
