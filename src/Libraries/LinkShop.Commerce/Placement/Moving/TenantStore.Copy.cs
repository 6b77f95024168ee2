using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace LinkShop.Commerce.Placement.Moving;

/// <summary>Copies a tenant's rows from one database to another.</summary>
internal sealed partial class TenantStore
{
    // numbers that others may draw between our look at the last one and our taking of the next ones
    private const long Gap = 1_000_000;

    /// <summary>
    /// Copies all rows of a tenant to here, replacing what a copy before this one left. The source must be guarded. Generated numbers stay as they are where they are free here; else all of a
    /// space are shifted by the same amount, above every number in use on both sides, so that no number that somebody noted means another row.
    /// </summary>
    /// <param name="source">Where the rows are.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="progress">Hears of each table that was copied.</param>
    public async Task CopyFromAsync(TenantStore source, string tenant, Action<string>? progress = null)
    {
        await ReceiveAsync(tenant).ConfigureAwait(false);
        await using var from = await source.OpenAsync().ConfigureAwait(false);
        await using var to = await OpenAsync().ConfigureAwait(false);
        var tables = await source.TablesAsync(from).ConfigureAwait(false);
        if (kind.Spaces is null)
            await TakeSchemaAsync(from, to, tables).ConfigureAwait(false);
        await EraseAsync(tenant).ConfigureAwait(false);
        var shifts = await ShiftsAsync(source, from, to, tables, tenant).ConfigureAwait(false);
        if (_sqlite)
            await ExecuteAsync(to, $"attach database {Literal(source.Place)} as source").ConfigureAwait(false);
        foreach (var table in tables)
        {
            var columns = string.Join(", ", table.Columns.Select(c => Quote(c.Name)));
            var select = $"select {string.Join(", ", table.Columns.Select(c => Shifted(table, c, shifts)))} from {(_sqlite ? "source." : "")}{Quote(table.Name)} where {Quote(kind.TenantColumn)} = {Literal(tenant)}";
            var copying = _sqlite
                ? ExecuteAsync(to, $"insert into main.{Quote(table.Name)} ({columns}) {select}")
                : StreamAsync((NpgsqlConnection)from, select, (NpgsqlConnection)to, $"{Quote(table.Name)} ({columns})");
            await copying.ConfigureAwait(false);
            progress?.Invoke(table.Name);
        }
    }

    private string Place => place;

    private static string Shifted(MoveTable table, MoveColumn column, Dictionary<(string, string), long> shifts) =>
        shifts.TryGetValue((table.Name, column.Name), out var by) && by != 0 ? $"case when {Quote(column.Name)} > 0 then {Quote(column.Name)} + {by} else {Quote(column.Name)} end" : Quote(column.Name);

    private static async Task StreamAsync(NpgsqlConnection from, string select, NpgsqlConnection to, string into)
    {
        await using (var output = await from.BeginRawBinaryCopyAsync($"copy ({select}) to stdout (format binary)").ConfigureAwait(false))
        await using (var input = await to.BeginRawBinaryCopyAsync($"copy {into} from stdin (format binary)").ConfigureAwait(false))
            await output.CopyToAsync(input).ConfigureAwait(false);
    }

    private async Task<Dictionary<(string Table, string Column), long>> ShiftsAsync(TenantStore source, DbConnection from, DbConnection to, IReadOnlyList<MoveTable> tables, string tenant)
    {
        var shifts = new Dictionary<(string Table, string Column), long>();
        foreach (var space in SpacesOf(tables))
        {
            var (first, last) = await source.RangeAsync(from, space, tenant).ConfigureAwait(false);
            var (sourceLast, targetLast) = (await source.LastAsync(from, space).ConfigureAwait(false), await LastAsync(to, space).ConfigureAwait(false));
            var used = Math.Max(Math.Max(sourceLast, targetLast), last);
            var by = last == 0 || first > targetLast + Gap ? 0 : targetLast == 0 ? 0 : used + Gap - first;
            foreach (var column in space.All)
                shifts[column] = by;
            // also without a row: whoever remembers numbers of this tenant must not meet them again
            foreach (var (table, column) in space.Keys)
                await AdvanceAsync(to, table, column, Math.Max(used, last + by)).ConfigureAwait(false);
        }

        return shifts;
    }

    /// <summary>The lowest and highest number of a tenant in a space; zeros when it has none.</summary>
    private async Task<(long First, long Last)> RangeAsync(DbConnection connection, IdSpace space, string tenant)
    {
        var all = string.Join(" union all ", space.All.Select(c => $"select min({Quote(c.Column)}) as first, max({Quote(c.Column)}) as last from {Quote(c.Table)} where {Quote(kind.TenantColumn)} = {Literal(tenant)} and {Quote(c.Column)} > 0"));
        var row = (await RowsAsync(connection, $"select coalesce(min(first), 0), coalesce(max(last), 0) from ({all}) r").ConfigureAwait(false))[0];
        return (long.Parse(row[0]!, CultureInfo.InvariantCulture), long.Parse(row[1]!, CultureInfo.InvariantCulture));
    }

    /// <summary>The highest number that was ever given in a space.</summary>
    private async Task<long> LastAsync(DbConnection connection, IdSpace space)
    {
        var last = 0L;
        foreach (var (table, column) in space.Keys)
        {
            var highest = $"select coalesce(max({Quote(column)}), 0) from {Quote(table)}";
            last = Math.Max(last, Convert.ToInt64(await ScalarAsync(connection, highest).ConfigureAwait(false), CultureInfo.InvariantCulture));
            var given = _sqlite
                ? $"select coalesce(max(seq), 0) from sqlite_sequence where name = {Literal(table)}"
                : $"select coalesce(pg_sequence_last_value(pg_get_serial_sequence({Literal(Quote(table))}, {Literal(column)})::regclass), 0)";
            last = Math.Max(last, Convert.ToInt64(await ScalarAsync(connection, given).ConfigureAwait(false), CultureInfo.InvariantCulture));
        }

        return last;
    }

    private async Task AdvanceAsync(DbConnection connection, string table, string column, long last)
    {
        if (last == 0)
            return;
        if (!_sqlite)
        {
            var sequence = $"pg_get_serial_sequence({Literal(Quote(table))}, {Literal(column)})";
            await ExecuteAsync(connection, $"select setval({sequence}, {last}) where nextval({sequence}) < {last}").ConfigureAwait(false);
            return;
        }

        // a table without "autoincrement" goes on from its highest row by itself
        await ExecuteAsync(connection, $"""
            update sqlite_sequence set seq = {last} where name = {Literal(table)} and seq < {last};
            insert into sqlite_sequence (name, seq) select m.name, {last} from sqlite_master m
            where m.type = 'table' and m.name = {Literal(table)} and m.sql like '%autoincrement%' and not exists (select 1 from sqlite_sequence where name = {Literal(table)})
            """).ConfigureAwait(false);
    }
}
