using System.Data.Common;
using System.Globalization;

namespace LinkShop.Commerce.Placement.Moving;

/// <summary>Compares the tenant's rows in two databases: how many each table has, the sum of every number and the length of everything else.</summary>
internal sealed partial class TenantStore
{
    /// <summary>What differs from another database.</summary>
    /// <param name="source">Where the rows came from.</param>
    /// <param name="tenant">The tenant.</param>
    /// <returns>Names of tables and columns; empty when all is the same.</returns>
    public async Task<IReadOnlyList<string>> CompareAsync(TenantStore source, string tenant)
    {
        await using var from = await source.OpenAsync().ConfigureAwait(false);
        await using var to = await OpenAsync().ConfigureAwait(false);
        var tables = await source.TablesAsync(from).ConfigureAwait(false);
        var shifts = new Dictionary<(string, string), long>();
        foreach (var space in SpacesOf(tables))
        {
            var by = (await RangeAsync(to, space, tenant).ConfigureAwait(false)).Last - (await source.RangeAsync(from, space, tenant).ConfigureAwait(false)).Last;
            foreach (var column in space.All)
                shifts[column] = by;
        }

        var differences = new List<string>();
        foreach (var table in tables)
        {
            var here = await SumsAsync(to, table, shifts: [], tenant).ConfigureAwait(false);
            var there = await source.SumsAsync(from, table, shifts, tenant).ConfigureAwait(false);
            if (here[0] != there[0])
                differences.Add($"{table.Name}: {here[0]} rows instead of {there[0]}");
            for (var i = 0; i < table.Columns.Count; i++)
            {
                if (here[(2 * i) + 1] != there[(2 * i) + 1] || here[(2 * i) + 2] != there[(2 * i) + 2])
                    differences.Add($"{table.Name}.{table.Columns[i].Name}");
            }
        }

        return differences;
    }

    /// <summary>How many rows the tenant has in all tables together.</summary>
    public async Task<long> CountAsync(string tenant)
    {
        await using var connection = await OpenAsync().ConfigureAwait(false);
        var count = 0L;
        foreach (var table in await TablesAsync(connection).ConfigureAwait(false))
            count += Convert.ToInt64(await ScalarAsync(connection, $"select count(*) from {Quote(table.Name)} where {Quote(kind.TenantColumn)} = {Literal(tenant)}").ConfigureAwait(false), CultureInfo.InvariantCulture);
        return count;
    }

    private async Task<string?[]> SumsAsync(DbConnection connection, MoveTable table, Dictionary<(string, string), long> shifts, string tenant)
    {
        // in two parts, so that times of a million rows don't overflow SQLite's sum
        var sums = table.Columns.Select(c => Shifted(table, c, shifts) is var value && IsNumber(c.Type) ? $"sum(({value}) / 1000000), sum(({value}) % 1000000)"
            : c.Type == "boolean" ? $"sum(case when {value} then 1 else 0 end), count({value})" : $"sum(length({(c.Type.ToLowerInvariant() is "bytea" or "blob" ? value : $"cast({value} as text)")})), count({value})");
        return (await RowsAsync(connection, $"select count(*), {string.Join(", ", sums)} from {Quote(table.Name)} where {Quote(kind.TenantColumn)} = {Literal(tenant)}").ConfigureAwait(false))[0];
    }

    private static bool IsNumber(string type) => type.ToLowerInvariant() is "bigint" or "integer" or "int" or "smallint";
}
