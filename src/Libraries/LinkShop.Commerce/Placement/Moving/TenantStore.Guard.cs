using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace LinkShop.Commerce.Placement.Moving;

/// <summary>
/// Makes a tenant's rows unchangeable by the database itself: triggers on every table, there only while the tenant moves. Creating one waits for the transactions that
/// write to the table and is seen by all that come after (PostgreSQL by the table's lock, SQLite by its one writer), whatever the processes know: from then on no write slips through.
/// </summary>
internal sealed partial class TenantStore
{
    // a worker that began a message before goes on to its end; who moves waits for it (LeasedAsync)
    private const string Queue = "outbox";

    /// <summary>Makes the tenant read only. May be repeated.</summary>
    public async Task GuardAsync(string tenant)
    {
        await using var connection = await OpenAsync().ConfigureAwait(false);
        await FrameAsync(connection).ConfigureAwait(false);
        var mark = $"insert into {Moves} (tenant, role) values ({Literal(tenant)}, '{MoveRole.Leaving}') on conflict (tenant) do update set role = excluded.role";
        var tables = await TablesAsync(connection).ConfigureAwait(false);
        if (_sqlite)
        {
            var drops = (await GuardsAsync(connection, tenant).ConfigureAwait(false)).Select(Drop);
            await ExecuteAsync(connection, "begin immediate; " + string.Concat(drops.Concat(tables.SelectMany(t => Create(tenant, t.Name))).Select(sql => sql + "; ")) + mark + "; commit").ConfigureAwait(false);
            return;
        }

        await ExecuteAsync(connection, mark).ConfigureAwait(false);
        // a table at a time: holding one lock while waiting for the next would be a deadlock with whoever writes to both
        foreach (var table in tables)
            await PatientlyAsync(connection, string.Join("; ", Create(tenant, table.Name))).ConfigureAwait(false);
    }

    /// <summary>Opens the tenant for writes again, as far as this database is concerned, and forgets where it stood. May be repeated.</summary>
    public Task ReleaseAsync(string tenant) => UnguardAsync(tenant, "", $"delete from {Moves} where tenant = {Literal(tenant)}");

    /// <summary>Makes ready for a copy: what is here of the tenant is one from now on, which nobody works on, and may be erased. May be repeated, and at no moment the copy counts for the tenant.</summary>
    public Task ReceiveAsync(string tenant) =>
        UnguardAsync(tenant, $"insert into {Moves} (tenant, role) values ({Literal(tenant)}, '{MoveRole.Arriving}') on conflict (tenant) do update set role = excluded.role", "");

    private async Task UnguardAsync(string tenant, string before, string after)
    {
        await using var connection = await OpenAsync().ConfigureAwait(false);
        await FrameAsync(connection).ConfigureAwait(false);
        // those that are there: even to drop none locks a table on PostgreSQL, and other shops' buyers wait
        var guards = await GuardsAsync(connection, tenant).ConfigureAwait(false);
        if (_sqlite)
        {
            await ExecuteAsync(connection, "begin immediate; " + string.Concat(guards.Select(Drop).Prepend(before).Append(after).Where(sql => sql.Length > 0).Select(sql => sql + "; ")) + "commit").ConfigureAwait(false);
            return;
        }

        if (before.Length > 0)
            await ExecuteAsync(connection, before).ConfigureAwait(false);
        foreach (var table in guards.GroupBy(g => g.Table))
            await PatientlyAsync(connection, string.Join("; ", table.Select(Drop))).ConfigureAwait(false);
        if (after.Length > 0)
            await ExecuteAsync(connection, after).ConfigureAwait(false);
    }

    private static string Guard(string tenant) => "leaving_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)))[..16];

    private IEnumerable<string> Create(string tenant, string table)
    {
        var (guard, column) = (Guard(tenant), Quote(kind.TenantColumn));
        foreach (var action in table == Queue ? ["insert"] : new[] { "insert", "update", "delete" })
        {
            var row = action == "delete" ? "old" : "new";
            var mayGo = action == "delete" ? $" and not exists (select 1 from {Moves} where tenant = old.{column} and role <> '{MoveRole.Leaving}')" : "";
            yield return _sqlite
                ? $"create trigger {Quote($"{guard}_{table}_{action}")} before {action} on {Quote(table)} when {row}.{column} = {Literal(tenant)}{mayGo} begin select raise(abort, '{TenantMovingException.Marker}'); end"
                : $"create or replace trigger {Quote($"{guard}_{action}")} before {action} on {Quote(table)} for each row when ({row}.{column} = {Literal(tenant)}) execute function tenant_leaving()";
        }
    }

    private string Drop((string Table, string Name) guard) => $"drop trigger if exists {Quote(guard.Name)}{(_sqlite ? "" : $" on {Quote(guard.Table)}")}";

    /// <summary>The tenant's triggers that are there.</summary>
    private async Task<IReadOnlyList<(string Table, string Name)>> GuardsAsync(DbConnection connection, string tenant)
    {
        var begin = Guard(tenant) + "_";
        var rows = await RowsAsync(connection, _sqlite
            ? $"select tbl_name, name from sqlite_master where type = 'trigger' and substr(name, 1, {begin.Length}) = {Literal(begin)}"
            : $"""
              select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
              where c.relnamespace = '{kind.Schema}'::regnamespace and not t.tgisinternal and left(t.tgname, {begin.Length}) = {Literal(begin)} order by 1, 2
              """).ConfigureAwait(false);
        return [.. rows.Select(r => (r[0]!, r[1]!))];
    }

    // whoever wants to write to the table waits behind us: better to step back for a moment than to keep a shop's buyers waiting for a long transaction
    private static async Task PatientlyAsync(DbConnection connection, string sql)
    {
        while (true)
        {
            try
            {
                await ExecuteAsync(connection, "set lock_timeout = '1s'; " + sql).ConfigureAwait(false);
                return;
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                await Task.Delay(200).ConfigureAwait(false);
            }
        }
    }

    // commerce has the table by a migration; content by this
    private Task FrameAsync(DbConnection connection) => ExecuteAsync(connection, _sqlite
        ? $"create table if not exists {Moves} (tenant text not null primary key, role text not null)"
        : $"""
          begin;
          select pg_advisory_xact_lock(hashtextextended('linkshop {kind.Schema} schema', 0));
          create schema if not exists {kind.Schema};
          create table if not exists {Moves} (tenant text not null primary key, role text not null);
          create or replace function tenant_leaving() returns trigger language plpgsql as $$ begin
            if tg_op = 'DELETE' and exists (select 1 from {Moves} m where m.tenant = old.{Quote(kind.TenantColumn)} and m.role <> '{MoveRole.Leaving}') then return old; end if;
            raise exception '{TenantMovingException.Marker}' using errcode = 'LS001';
          end $$;
          commit;
          """);
}
