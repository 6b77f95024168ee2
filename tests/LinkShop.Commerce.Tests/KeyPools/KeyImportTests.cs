using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.KeyPools;

public sealed class KeyImportTests
{
    /// <summary>Ids are used again on SQLite once the last ones are gone.</summary>
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_import_of_nothing_new_puts_nothing_of_a_later_one_on_sale(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var (pool, others, batches) = (await commerce.PoolWithAsync(Mall, 3), await commerce.PoolWithAsync(Other, 0), commerce.Get<KeyBatchStore>());
        var theirs = await StageAsync(Other, others, "THEIRS");
        await commerce.ImportAsync(Mall, pool, "KEY-pool-000001\nKEY-pool-000002\nKEY-pool-000003\n");
        await batches.UndoAsync(Other, theirs, default);
        await StageAsync(Mall, pool, "STAGED");
        Assert.Equal(3, (await commerce.Pools.GetStatsAsync(Mall, pool)).Available);
        Assert.Equal(3, await commerce.Database.ReadAsync(Mall, c => commerce.Stock.CountAvailableAsync(c, pool)));

        async Task<long> StageAsync(TenantScope scope, long into, string name)
        {
            var id = await batches.BeginAsync(scope, into, "test", _ => { }, default);
            await batches.StoreAsync(scope, into, id, [.. Enumerable.Range(1, 5).Select(i => new NewKey(i, System.Text.Encoding.UTF8.GetBytes($"{name}-{i}".PadRight(32)), [1], null, null))], default);
            return id;
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Many_pools_are_counted_at_once_and_imports_come_page_by_page(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var (full, empty, theirs) = (await commerce.PoolWithAsync(Mall, 3, name: "full"), await commerce.PoolWithAsync(Mall, 0, name: "empty"), await commerce.PoolWithAsync(Other, 5));
        await commerce.ImportAsync(Mall, full, "SECOND\n");
        await commerce.ImportAsync(Mall, full, "THIRD\n");
        var counted = await commerce.Pools.GetStatsAsync(Mall, [full, empty, theirs]);
        Assert.Equal([full, empty], counted.Keys.Order());
        Assert.Equal((5L, 0L), (counted[full].Available, counted[empty].Available));
        Assert.Equal(counted[full], await commerce.Pools.GetStatsAsync(Mall, full));
        Assert.Equal(0, (await commerce.Pools.GetStatsAsync(Mall, theirs)).Available);

        var first = await commerce.Pools.ListBatchesAsync(Mall, full, take: 2);
        var last = Assert.Single(await commerce.Pools.ListBatchesAsync(Mall, full, first[^1].Id, 2));
        Assert.Equal([1, 1, 3], first.Select(b => b.Imported).Append(last.Imported));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Duplicates_and_bad_lines_are_named_by_line_and_skipped(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.PoolWithAsync(Mall, 1);
        var text = $"\uFEFFA\r\n\r\nB\n  A  \nKEY-pool-000001\nbad\u0001\n{new string('x', 4001)}\n{new string('y', 100_000)}\nC";
        var report = await commerce.ImportAsync(Mall, pool, text);
        Assert.Equal((9, 3, 2, 3), (report.Lines, report.Imported, report.Duplicates, report.Bad));
        Assert.Equal(
            [
                new(4, KeyLineProblem.DuplicateInFile), new(5, KeyLineProblem.DuplicateInPool), new(6, KeyLineProblem.BadCharacters),
                new(7, KeyLineProblem.TooLong), new(8, KeyLineProblem.TooLong),
            ],
            report.Skipped);
        Assert.Equal(4, (await commerce.Pools.GetStatsAsync(Mall, pool)).Available);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Duplicates_are_found_across_chunks_and_the_list_is_capped(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.PoolWithAsync(Mall, 0);
        var lines = string.Concat(Enumerable.Range(0, 5000).Select(i => $"K{i % 2500}\n"));
        var report = await commerce.ImportAsync(Mall, pool, lines);
        Assert.Equal((5000, 2500, 2500, 0), (report.Lines, report.Imported, report.Duplicates, report.Bad));
        Assert.Equal(Enumerable.Range(2501, 1000).Select(i => new SkippedLine(i, KeyLineProblem.DuplicateInFile)), report.Skipped);
        Assert.Equal(2500, (await commerce.ImportAsync(Mall, pool, lines)).Skipped.Concat(report.Skipped).Count(s => s.Problem == KeyLineProblem.DuplicateInPool) + 1500);
        Assert.Equal(0, await commerce.CountAsync("key_batch", "state <> 'Active'"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Csv_has_named_columns_and_quotes(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = (await commerce.Pools.CreateAsync(Mall, new("csv"))).Id;
        var report = await commerce.ImportAsync(Mall, pool, "\nNote, KEY ,label\n\"say \"\"hi\"\", all\",K1,靓号\n,K2,\n,,x\n\"open,K3,\nK4\n,K2,again\n,K5,,\n", KeyFileFormat.Csv);
        Assert.Equal(2, report.Imported);
        Assert.Equal(
            [
                new(5, KeyLineProblem.NoKey), new(6, KeyLineProblem.OpenQuote), new(7, KeyLineProblem.WrongColumns, 1, 3), new(8, KeyLineProblem.DuplicateInFile),
                new(9, KeyLineProblem.WrongColumns, 4, 3),
            ],
            report.Skipped);
        var keys = await commerce.Pools.ListKeysAsync(Mall, pool, null, 0, 10);
        Assert.Equal([("say \"hi\", all", "靓号"), (null, null)], keys.Select(k => (k.Note, k.Label)));

        using var export = new MemoryStream();
        Assert.Equal(2, await commerce.Pools.ExportAsync(Mall, pool, null, export, "admin"));
        Assert.Equal($"\uFEFFid,key,label,note,state,order\n{keys[0].Id},K1,靓号,\"say \"\"hi\"\", all\",Available,\n{keys[1].Id},K2,,,Available,\n", Encoding.UTF8.GetString(export.ToArray()));
        Assert.Equal(1, await commerce.CountAsync("key_audit", "action = 'Export' and actor = 'admin'"));
    }

    [Theory]
    [InlineData("secret\nA")]
    [InlineData("label,note\nA,B")]
    [InlineData("key,key\nA,B")]
    public async Task A_csv_without_a_proper_header_imports_nothing(string text)
    {
        await using var commerce = await StartAsync(CommerceDialect.Sqlite);
        var pool = (await commerce.Pools.CreateAsync(Mall, new("csv"))).Id;
        Assert.Equal("key_file_header", (await Assert.ThrowsAsync<CommerceException>(() => commerce.ImportAsync(Mall, pool, text, KeyFileFormat.Csv))).Code);
        Assert.Equal(0, await commerce.CountAsync("key_batch"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_upload_that_breaks_off_leaves_nothing_and_nothing_is_sold_before_the_end(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.PoolWithAsync(Mall, 1);
        await using var broken = new BrokenStream(10_000, async () =>
        {
            Assert.Equal(1, (await commerce.Pools.GetStatsAsync(Mall, pool)).Available);
            Assert.Equal("key_pool_busy", (await Assert.ThrowsAsync<CommerceException>(() => commerce.ImportAsync(Mall, pool, "X"))).Code);
            var held = await commerce.Database.WriteAsync(Mall, c => commerce.Stock.ReserveAsync(c, pool, "O1", 1, 2, commerce.Clock.GetUtcNow(), KeyPickOrder.Newest));
            Assert.Null(held);
        });
        await Assert.ThrowsAsync<IOException>(() => commerce.Importer.ImportAsync(Mall, pool, broken, KeyFileFormat.Text, "broken"));
        Assert.Equal(1, await commerce.CountAsync("card_key"));
        Assert.Equal(1, await commerce.CountAsync("key_batch"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Nothing_of_an_upload_that_is_under_way_goes_out_in_whichever_order_keys_are_picked(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.PoolWithAsync(Mall, 1);
        var batches = commerce.Get<KeyBatchStore>();
        var batch = await batches.BeginAsync(Mall, pool, "under way", _ => { }, default);
        await batches.StoreAsync(Mall, pool, batch, [.. Enumerable.Range(0, 20).Select(n => new NewKey(n, BitConverter.GetBytes(n), [1], n % 2 == 0 ? null : "8888", null))], default);
        foreach (var order in Enum.GetValues<KeyPickOrder>())
        {
            Assert.Null(await TakeAsync(order, 2));
            Assert.Single((await TakeAsync(order, 1))!);
            Assert.Equal((1, 20), (await commerce.CountAsync("card_key", $"state = 'Reserved' and batch_id <> {batch}"), await commerce.CountAsync("card_key", "state = 'Available'")));
            Assert.Equal(1, await commerce.Database.WriteAsync(Mall, c => commerce.Stock.ReleaseAsync(c, "O1")));
        }

        await batches.ActivateAsync(Mall, pool, batch, default);
        Assert.Equal(21, (await TakeAsync(KeyPickOrder.Oldest, 21))!.Count);

        Task<IReadOnlyList<long>?> TakeAsync(KeyPickOrder order, int quantity) =>
            commerce.Database.WriteAsync(Mall, c => commerce.Stock.ReserveAsync(c, pool, "O1", 1, quantity, commerce.Clock.GetUtcNow(), order));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_import_whose_process_died_is_undone_at_the_next_start(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.PoolWithAsync(Mall, 1);
        var dead = commerce.SecondProcess();
        var batches = dead.Get<KeyBatchStore>();
        var batch = await batches.BeginAsync(Mall, pool, "dies", _ => { }, default);
        for (var i = 0; i < 5; i++)
        {
            await batches.StoreAsync(Mall, pool, batch, [.. Enumerable.Range(0, 1000).Select(n => new NewKey(n, BitConverter.GetBytes((i * 1000) + n), [1], null, null))], default);
        }

        await dead.DisposeAsync();
        Assert.Equal(5000, (await commerce.Pools.GetStatsAsync(Mall, pool)).Staged);
        commerce.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(1, await commerce.Importer.RecoverAsync());
        Assert.Equal(0, await commerce.Importer.RecoverAsync());
        Assert.Equal(1, await commerce.CountAsync("card_key"));
        Assert.Equal(new KeyPoolStats(1, 0, 0, 0, 0, 0, 0, 0), await commerce.Pools.GetStatsAsync(Mall, pool));
        Assert.Equal(2, (await commerce.ImportAsync(Mall, pool, "A\nB\n")).Imported);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_import_that_was_taken_for_dead_and_goes_on_leaves_nothing(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        var pool = await commerce.PoolWithAsync(Mall, 1);
        await using var stalled = new BrokenStream(
            10_000,
            async () =>
            {
                while ((await commerce.Pools.GetStatsAsync(Mall, pool)).Staged < 5000)
                    await Task.Delay(5); // poll of the condition
                second.Clock.Advance(TimeSpan.FromMinutes(6));
                Assert.Equal(1, await second.Importer.RecoverAsync());
            },
            more: 20_000);
        var undone = await Assert.ThrowsAsync<CommerceException>(() => commerce.Importer.ImportAsync(Mall, pool, stalled, KeyFileFormat.Text, "stalls"));
        Assert.Equal("key_import_undone", undone.Code);
        Assert.Equal(1, await commerce.CountAsync("card_key"));
        Assert.Single(await commerce.Pools.ListBatchesAsync(Mall, pool));
        Assert.Equal(2, (await commerce.ImportAsync(Mall, pool, "LINE-1\nLINE-29999\n")).Imported);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Once_undoing_has_begun_an_import_is_not_put_on_sale(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.PoolWithAsync(Mall, 1);
        var batches = commerce.Get<KeyBatchStore>();
        var batch = await batches.BeginAsync(Mall, pool, "slow", _ => { }, default);
        NewKey[] keys = [.. Enumerable.Range(0, 10).Select(n => new NewKey(n, BitConverter.GetBytes(n), [1], null, null))];
        await batches.StoreAsync(Mall, pool, batch, keys, default);
        await commerce.Database.WriteAsync(Mall, c => c.ExecuteAsync("update key_batch set undone_at = 1 where tenant = @tenant and id = @batch", new { batch }));

        Assert.Equal("key_import_undone", (await Assert.ThrowsAsync<CommerceException>(() => batches.ActivateAsync(Mall, pool, batch, default))).Code);
        Assert.Equal(1, (await commerce.Pools.GetStatsAsync(Mall, pool)).Available);
        await batches.UndoAsync(Mall, batch, default);
        Assert.Equal(1, await commerce.CountAsync("card_key"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_recall_withdraws_what_is_unsold_and_names_what_is_sold(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var pool = await commerce.PoolWithAsync(Mall, 3000);
        await commerce.ImportAsync(Mall, pool, "LATER\n");
        await commerce.Database.WriteAsync(Mall, c => commerce.Stock.ReserveAsync(c, pool, "O1", 1, 2, commerce.Clock.GetUtcNow(), KeyPickOrder.Oldest));
        await commerce.Database.WriteAsync(Mall, c => commerce.Stock.DeliverAsync(c, "O1"));
        var batch = (await commerce.Pools.ListBatchesAsync(Mall, pool))[^1];
        var recall = await commerce.Pools.RecallBatchAsync(Mall, batch.Id, "admin");
        Assert.Equal(2998, recall!.Voided);
        Assert.Equal(["O1", "O1"], recall.Sold.Select(k => k.OrderId));
        Assert.Equal(new KeyPoolStats(1, 0, 0, 2, 2998, 0, 0, 0), await commerce.Pools.GetStatsAsync(Mall, pool));
        var later = (await commerce.Pools.ListKeysAsync(Mall, pool, KeyState.Available, 0, 10)).Single();
        Assert.Equal("LATER", await commerce.Pools.RevealAsync(Mall, later.Id, "boss"));
        Assert.Equal(1, await commerce.CountAsync("key_audit", $"action = 'Reveal' and actor = 'boss' and key_id = {later.Id}"));
        Assert.Equal(1, await commerce.Pools.VoidAsync(Mall, pool, [later.Id, recall.Sold[0].Id], "admin"));
        Assert.Equal(3000, (await commerce.Pools.ListKeysAsync(Mall, pool, null, 0, 3000)).Count);
    }

    private sealed class BrokenStream(int lines, Func<Task> beforeBreaking, int more = 0) : Stream
    {
        private MemoryStream _content = Lines(0, lines);
        private bool _stood;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_content.Position == _content.Length)
            {
                if (_stood)
                    return 0;
                await beforeBreaking();
                if (more == 0)
                    throw new IOException("The connection was reset.");
                (_stood, _content) = (true, Lines(lines, more));
            }

            return await _content.ReadAsync(buffer, cancellationToken);
        }

        private static MemoryStream Lines(int from, int count) => new(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(from, count).Select(i => $"LINE-{i}\n"))));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
