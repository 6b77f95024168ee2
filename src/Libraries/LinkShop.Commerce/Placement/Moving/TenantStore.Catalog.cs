using System.Data.Common;

namespace LinkShop.Commerce.Placement.Moving;

/// <summary>What the database says about its tables: nobody has to keep a list, and no table is forgotten.</summary>
internal sealed partial class TenantStore
{
    private const string Moves = "tenant_move";

    /// <summary>All tables with the tenant's column, those that others refer to first.</summary>
    public async Task<IReadOnlyList<MoveTable>> TablesAsync()
    {
        await using var connection = await OpenAsync().ConfigureAwait(false);
        return await TablesAsync(connection).ConfigureAwait(false);
    }

    /// <summary>The number spaces of these tables.</summary>
    /// <exception cref="InvalidOperationException">A table has generated numbers that a move doesn't know how to carry over.</exception>
    public IReadOnlyList<IdSpace> SpacesOf(IReadOnlyList<MoveTable> tables)
    {
        var names = tables.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var generated = tables.SelectMany(t => t.Columns.Where(c => c.Generated && !kind.StableKeys.Contains(t.Name)).Select(c => (Table: t.Name, Column: c.Name))).ToList();
        if (kind.Spaces is null)
            return [.. generated.Select(g => new IdSpace([g], [.. names.Where(n => n == g.Table + "_Document").Select(n => (n, "IndexId"))]))];
        var known = kind.Spaces.SelectMany(s => s.All).ToHashSet();
        return generated.Find(g => !known.Contains(g)) is { Table: { } table } unknown
            ? throw new InvalidOperationException($"A move doesn't know how to carry over {table}.{unknown.Column}: name it in {nameof(StoreKind)}.")
            : kind.Spaces;
    }

    private async Task<IReadOnlyList<MoveTable>> TablesAsync(DbConnection connection)
    {
        var column = Literal(kind.TenantColumn);
        // PostgreSQL's own catalogue: the standard's views over it take half as long again, and a move looks a dozen times
        var columns = await RowsAsync(connection, _sqlite
            ? $"""
              select m.name, i.name, i.type, case when i.pk = 1 and upper(i.type) = 'INTEGER' and (select count(*) from pragma_table_info(m.name) where pk > 0) = 1
                  and m.sql not like '%without rowid%' then 1 else 0 end
              from sqlite_master m join pragma_table_info(m.name) i where m.type = 'table' and exists (select 1 from pragma_table_info(m.name) where name = {column}) order by m.name, i.cid
              """
            : $"""
              select c.relname, a.attname, format_type(a.atttypid, null), case when a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%' then 1 else 0 end
              from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
              where c.relnamespace = '{kind.Schema}'::regnamespace and c.relkind = 'r' and exists (select 1 from pg_attribute t where t.attrelid = c.oid and t.attname = {column} and not t.attisdropped)
              order by c.relname, a.attnum
              """).ConfigureAwait(false);
        var references = await RowsAsync(connection, _sqlite
            ? "select distinct m.name, f.\"table\" from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table'"
            : $"select distinct c.relname, p.relname from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid where k.contype = 'f' and k.connamespace = '{kind.Schema}'::regnamespace").ConfigureAwait(false);
        var tables = columns.Where(c => c[0] != Moves).GroupBy(c => c[0]!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new MoveTable(g.Key, [.. g.Select(c => new MoveColumn(c[1]!, c[2]!, c[3] == "1"))]), StringComparer.Ordinal);
        var parents = references.ToLookup(r => r[0]!, r => r[1]!, StringComparer.Ordinal);
        var ordered = new List<MoveTable>(tables.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in tables.Keys.Order(StringComparer.Ordinal))
            Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (!tables.TryGetValue(name, out var table) || !seen.Add(name))
                return;
            foreach (var parent in parents[name])
                Visit(parent);
            ordered.Add(table);
        }
    }
}
