using LinkShop.Testing;
using Npgsql;

namespace LinkShop.Commerce.Tests;

/// <summary>What one test leaves must not reach the next.</summary>
public sealed class UsedDatabasesTests
{
    [Fact]
    public async Task A_used_database_comes_back_empty_and_one_whose_tables_were_touched_or_that_somebody_is_in_not_at_all()
    {
        Assert.SkipWhen(PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var used = await UsedDatabases.StartAsync();
        var first = await used.TakeAsync();
        await RunAsync(first, "insert into outbox_dead (tenant, id, type, payload, created_at, attempts, died_at, last_error) values ('Mall', 1, 't', '{}', 0, 1, 0, 'e'); select nextval(seqrelid) from pg_sequence");
        await used.GiveBackAsync(first);
        Assert.Equal(first, await used.TakeAsync());
        Assert.Equal(0L, await RunAsync(first, "select (select count(*) from outbox_dead) + (select count(*) from pg_sequences where last_value is not null)"));

        await RunAsync(first, "alter table orders disable trigger all");
        await used.GiveBackAsync(first);
        var second = await used.TakeAsync();
        Assert.NotEqual(first, second);

        await using var forgotten = await new KeptSources().Open(second).OpenConnectionAsync();
        await using var begin = new NpgsqlCommand("begin; select 1", forgotten);
        await begin.ExecuteNonQueryAsync();
        await used.GiveBackAsync(second);
        await Assert.ThrowsAsync<PostgresException>(() => begin.ExecuteNonQueryAsync());
        Assert.NotEqual(second, await used.TakeAsync());
    }

    private static async Task<object?> RunAsync(string database, string sql)
    {
        await using var connection = await new KeptSources().Open(new NpgsqlConnectionStringBuilder(database) { SearchPath = "commerce" }.ConnectionString).OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
