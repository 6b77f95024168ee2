using LinkShop.Commerce.Data;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LinkShop.Commerce.Tests.Data;

/// <summary>The log is written in large pieces; whoever looks with SQLite's own file system must never find less than was committed.</summary>
public sealed class SqliteGatheringFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linkshop-log").FullName;

    private string Database => Path.Combine(_folder, "books.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("off")]
    public void What_a_commit_returned_for_another_connection_reads_at_once(string synchronous)
    {
        using var writer = Writer($"pragma synchronous={synchronous};");
        for (var i = 1; i <= 200; i++)
        {
            writer.Script($"insert into page (number, text) values ({i}, hex(randomblob({i * 20})))");
            Assert.Equal(i, Count(Database));
        }
    }

    [Fact]
    public void A_copy_of_the_files_taken_after_a_commit_has_all_of_it()
    {
        using var writer = Writer();
        for (var i = 1; i <= 30; i++)
        {
            writer.Script($"insert into page (number, text) values ({i}, hex(randomblob(3000)))");
            var copy = Path.Combine(_folder, $"copy{i}.db");
            File.Copy(Database, copy);
            File.Copy(Database + "-wal", copy + "-wal");
            Assert.Equal(i, Count(copy));
        }
    }

    // ten pages of cache, and many
    [Theory]
    [InlineData(10)]
    [InlineData(10_000)]
    public void A_transaction_larger_than_all_buffers_is_kept_or_undone_as_a_whole(int cachedPages)
    {
        using var writer = Writer($"pragma cache_size={cachedPages};");
        foreach (var (rows, ending, expected) in new[] { (3000, "rollback", 0), (3000, "commit", 3000), (2000, "rollback", 3000) })
        {
            writer.Script("begin immediate");
            writer.Script($"with recursive n(i) as (select 1 union all select i + 1 from n where i < {rows}) insert into page (number, text) select i + (select count(*) from page), hex(randomblob(1000)) from n");
            writer.Script("update page set text = text || '!' where number % 3 = 0");
            writer.Script(ending);
            Assert.Equal(expected, Count(Database));
        }

        writer.Script("pragma wal_checkpoint(truncate)");
        Assert.Equal(3000, Count(Database));
    }

    [Fact]
    public void What_was_rolled_back_is_never_written_over_what_another_process_commits_meanwhile()
    {
        // with an empty log the undoing reads nothing of it, which would have written what was gathered before the others are let in
        using var writer = Writer("create table line (text text not null); pragma cache_size=10; pragma wal_checkpoint(truncate);");
        writer.Script("begin immediate");
        for (var i = 0; i < 60; i++)
            writer.Script("insert into line (text) values (hex(randomblob(1800)))");
        writer.Script("rollback");
        using (var other = new SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 60) insert into page (number, text) select i, hex(randomblob(1800)) from n";
            command.ExecuteNonQuery();
        }

        // whatever the writer still had in hand for the log would go to its place now
        writer.Script("insert into page (number, text) values (61, 'after')");
        Assert.Equal(61, Count(Database));
        writer.Script("pragma wal_checkpoint(truncate)");
        Assert.Equal(61, Count(Database));
    }

    [Fact]
    public void A_full_disk_is_reported_and_the_next_commit_is_whole()
    {
        using var writer = Writer();
        writer.Script("insert into page (number, text) values (1, 'first')");
        writer.Script("pragma max_page_count=40");
        Assert.Throws<SqliteException>(() => writer.Script("insert into page (number, text) values (2, hex(randomblob(400000)))"));
        Assert.Equal(1, Count(Database));
        writer.Script("insert into page (number, text) values (3, 'third')");
        Assert.Equal(2, Count(Database));
    }

    private SqliteHandle Writer(string settings = "")
    {
        var writer = SqliteHandle.OpenWriter(Database);
        writer.Script("create table if not exists page (number integer primary key, text text not null); create index if not exists page_text on page (text);" + settings);
        return writer;
    }

    // with SQLite's own file system, on a connection of its own
    private static long Count(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from page";
        var count = (long)command.ExecuteScalar()!;
        command.CommandText = "pragma integrity_check";
        Assert.Equal("ok", command.ExecuteScalar());
        return count;
    }
}
