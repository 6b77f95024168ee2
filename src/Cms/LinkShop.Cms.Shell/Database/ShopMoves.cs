using System.Data.Common;
using Dapper;

namespace LinkShop.Cms.Shell.Database;

/// <summary>The last move of a shop.</summary>
internal sealed record ShopMove(string Shop, string Id, string Source, string Target, string State);

/// <summary>The table of moves in the main database. A change of state is also a change of the shop's settings, so all processes hear of it; the one to <see cref="Switched"/> is what places the shop.</summary>
internal sealed class ShopMoves(ICmsDatabase database, ShellStore store)
{
    internal const string Copying = "Copying";
    internal const string Verifying = "Verifying";
    internal const string Switched = "Switched";
    internal const string Done = "Done";

    internal async Task<ShopMove?> FindAsync(string shop)
    {
        await using var connection = await database.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<ShopMove>("select shop, id, source, target, state from shop_move where shop = @shop", new { shop });
    }

    /// <summary>Begins a move.</summary>
    /// <returns>The version of the shop's settings; null when another move of the shop isn't done.</returns>
    internal async Task<long?> BeginAsync(string shop, string source, string target)
    {
        var began = 0;
        var version = await store.ChangeAsync(shop, async (connection, transaction, version) =>
        {
            began = await connection.ExecuteAsync("""
                insert into shop_move (shop, id, source, target, state, started, changed) values (@shop, @id, @source, @target, 'Copying', @now, @now)
                on conflict (shop) do update set id = excluded.id, source = excluded.source, target = excluded.target, state = 'Copying', started = excluded.started, changed = excluded.changed
                where shop_move.state = 'Done'
                """, new { shop, source, target, id = Guid.NewGuid().ToString("n"), now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() }, transaction);
            await TouchAsync(connection, transaction, shop, version);
        });
        return began == 1 ? version : null;
    }

    /// <summary>Moves on from one state to the next.</summary>
    internal Task<long> AdvanceAsync(ShopMove move, string from, string to) => store.ChangeAsync(move.Shop, async (connection, transaction, version) =>
    {
        var changed = await connection.ExecuteAsync(
            "update shop_move set state = @to, changed = @now where shop = @Shop and id = @Id and state = @from",
            new { move.Shop, move.Id, from, to, now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() }, transaction);
        if (changed != 1) throw new InvalidOperationException($"The move of '{move.Shop}' isn't in state {from} any more; another command has gone on with it.");
        await TouchAsync(connection, transaction, move.Shop, version);
    });

    /// <summary>Gives a move up before the switch: the shop stays where it was.</summary>
    internal Task AbandonAsync(ShopMove move) => store.ChangeAsync(move.Shop, async (connection, transaction, version) =>
    {
        var changed = await connection.ExecuteAsync(
            "update shop_move set state = 'Done', target = source where shop = @Shop and id = @Id and state in ('Copying', 'Verifying')", new { move.Shop, move.Id }, transaction);
        if (changed != 1) throw new InvalidOperationException($"The move of '{move.Shop}' has switched already and can only be finished.");
        await TouchAsync(connection, transaction, move.Shop, version);
    });

    /// <summary>The running processes that have not yet seen a version of the shop's settings.</summary>
    internal async Task<IReadOnlyList<string>> NotSeenAsync(string shop, long version)
    {
        await using var connection = await database.OpenAsync();
        return [.. await connection.QueryAsync<string>("""
            select p.process from host_process p where p.shop = ''
              and not exists (select 1 from host_process s where s.process = p.process and s.shop = @shop and s.version >= @version)
            """, new { shop, version })];
    }

    /// <summary>Says that a process has seen a version of a shop's settings; without a shop, that it runs.</summary>
    internal Task SeenAsync(string process, string shop, long version) => database.WriteAsync((connection, transaction) => connection.ExecuteAsync("""
        insert into host_process (process, shop, version) values (@process, @shop, @version)
        on conflict (process, shop) do update set version = case when excluded.version > host_process.version then excluded.version else host_process.version end
        """, new { process, shop, version }, transaction));

    /// <summary>Forgets a process.</summary>
    internal Task GoneAsync(string process) => database.WriteAsync((connection, transaction) => connection.ExecuteAsync("delete from host_process where process = @process", new { process }, transaction));

    private static Task TouchAsync(DbConnection connection, DbTransaction transaction, string shop, long version)
        => connection.ExecuteAsync("update shell set version = @version where name = @shop", new { shop, version }, transaction);
}
