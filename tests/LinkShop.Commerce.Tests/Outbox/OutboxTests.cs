using System.Collections.Concurrent;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Outbox;

public sealed class OutboxTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_message_exists_only_if_its_change_does(CommerceDialect dialect)
    {
        var handler = new Recorder();
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(handler));
        await Assert.ThrowsAsync<TimeoutException>(() => commerce.Database.WriteAsync(Mall, c =>
        {
            commerce.Outbox.Add(c, "Happened", new { Number = 1 });
            throw new TimeoutException();
        }));
        await AddAsync(commerce, 2);
        await AddAsync(commerce, 3, "Nobody wants this");
        Assert.Equal(2, await RunAsync(commerce));
        Assert.Equal([2], handler.Numbers);
        Assert.Equal("Mall", handler.Messages.Single().Tenant);
        Assert.Equal(0, await commerce.CountAsync("outbox"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_failing_message_is_retried_later_then_dies_and_can_be_replayed(CommerceDialect dialect)
    {
        var handler = new Recorder { Failing = true };
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(handler).Configure<OutboxOptions>(o => o.MaxAttempts = 3));
        await AddAsync(commerce, 7);
        Assert.Equal(1, await RunAsync(commerce));
        Assert.Equal(0, await RunAsync(commerce));
        commerce.Clock.Advance(TimeSpan.FromSeconds(1.3));
        Assert.Equal(1, await RunAsync(commerce));
        commerce.Clock.Advance(TimeSpan.FromSeconds(1.3));
        Assert.Equal(0, await RunAsync(commerce));
        commerce.Clock.Advance(TimeSpan.FromSeconds(1.3));
        Assert.Equal(1, await RunAsync(commerce));

        Assert.Equal([1, 2, 3], handler.Messages.Select(m => m.Attempt));
        Assert.Single(handler.Messages.Select(m => m.Id).Distinct());
        Assert.Equal(new OutboxCounts(0, 1), await commerce.OutboxAdmin.CountAsync(Mall));
        var dead = (await commerce.OutboxAdmin.ListDeadLettersAsync(Mall, 0, 10)).Single();
        Assert.Equal("TimeoutException: mail server", dead.LastError);
        Assert.Empty(await commerce.OutboxAdmin.ListDeadLettersAsync(Other, 0, 10));
        Assert.Null(await commerce.OutboxAdmin.FindDeadLetterAsync(Other, dead.Id));
        Assert.Equal(dead, await commerce.OutboxAdmin.FindDeadLetterAsync(Mall, dead.Id));
        Assert.Equal(0, await commerce.OutboxAdmin.ReplayAsync(Other, dead.Id));
        Assert.False(await commerce.OutboxAdmin.DiscardAsync(Other, dead.Id, "admin", "not mine"));
        Assert.Equal(1, await commerce.OutboxAdmin.ReplayAsync(Mall, dead.Id));
        handler.Failing = false;
        Assert.Equal(1, await RunAsync(commerce));
        Assert.Equal([7], handler.Numbers);
        Assert.Equal(new OutboxCounts(0, 0), await commerce.OutboxAdmin.CountAsync(Mall));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_message_claimed_by_a_process_that_died_comes_again_after_its_lease(CommerceDialect dialect)
    {
        var handler = new Recorder();
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(handler));
        await AddAsync(commerce, 1);
        await using var dead = commerce.SecondProcess();
        var claimed = await dead.Get<OutboxStore>().ClaimAsync(dead.Database, default);
        Assert.Single(claimed);
        Assert.Equal(0, await RunAsync(commerce));
        commerce.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await RunAsync(commerce));
        Assert.Equal([1], handler.Numbers);

        // the one thought dead comes back to life: it must not touch what isn't its own any more
        await AddAsync(commerce, 2);
        await dead.Get<OutboxStore>().CompleteAsync(dead.Database, [.. (await commerce.Get<OutboxStore>().ClaimAsync(commerce.Database, default)).Select(m => m.Id)]);
        Assert.Equal(1, await commerce.CountAsync("outbox"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Two_workers_handle_each_message_once(CommerceDialect dialect)
    {
        var handler = new Recorder();
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(handler));
        await using var second = commerce.SecondProcess();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => AddAsync(commerce, i)));
        await Task.WhenAll(DrainAsync(commerce), DrainAsync(second));
        Assert.Equal(Enumerable.Range(0, 500), handler.Numbers.Order());
        Assert.Equal(0, await commerce.CountAsync("outbox"));

        static async Task DrainAsync(TestCommerce process)
        {
            while (await RunAsync(process) > 0)
            {
            }
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_message_for_a_tenant_that_is_not_running_waits_however_long_it_takes(CommerceDialect dialect)
    {
        var handler = new Recorder { Stopped = true };
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(handler).Configure<OutboxOptions>(o => o.MaxAttempts = 3));
        await AddAsync(commerce, 4);
        for (var looked = 0; looked < 10; looked++)
        {
            Assert.Equal(1, await RunAsync(commerce));
            commerce.Clock.Advance(TimeSpan.FromSeconds(31));
        }

        Assert.Equal(new OutboxCounts(1, 0), await commerce.OutboxAdmin.CountAsync(Mall));
        handler.Stopped = false;
        Assert.Equal(1, await RunAsync(commerce));
        Assert.Equal((4, 1), (handler.Numbers.Single(), handler.Messages.Last().Attempt));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_handler_that_is_done_does_not_get_the_message_again_for_anothers_failure_not_even_after_its_death(CommerceDialect dialect)
    {
        var (before, bad, after) = (new Recorder(), new Recorder { Failing = true }, new Recorder());
        await using var commerce = await StartAsync(dialect, s => s
            .AddSingleton<IOutboxHandler>(before).AddSingleton<IOutboxHandler>(bad).AddSingleton<IOutboxHandler>(after).Configure<OutboxOptions>(o => o.MaxAttempts = 3));
        await AddAsync(commerce, 7);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(1, await RunAsync(commerce));
            commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(new OutboxCounts(0, 1), await commerce.OutboxAdmin.CountAsync(Mall));
        Assert.Equal(1, await commerce.OutboxAdmin.ReplayAsync(Mall));
        bad.Failing = false;
        Assert.Equal(1, await RunAsync(commerce));

        Assert.Equal(4, bad.Messages.Count);
        Assert.Equal([7], bad.Numbers);
        Assert.Equal((1, 1), (before.Messages.Count, after.Messages.Count));
        Assert.Equal(new OutboxCounts(0, 0), await commerce.OutboxAdmin.CountAsync(Mall));
    }

    [Fact]
    public async Task The_running_worker_wakes_at_once_and_one_bad_handler_does_not_keep_the_others_from_it()
    {
        var good = new Recorder();
        await using var commerce = await StartAsync(CommerceDialect.Sqlite, s => s
            .AddSingleton<IOutboxHandler>(new Recorder { Failing = true }).AddSingleton<IOutboxHandler>(good)
            .Configure<OutboxOptions>(o => o.PollInterval = TimeSpan.FromMinutes(5)));
        var worker = commerce.Services.GetServices<IHostedService>().OfType<OutboxWorker>().Single();
        await worker.StartAsync(default);
        for (var i = 1; i <= 3; i++)
        {
            await AddAsync(commerce, i);
            await good.WaitForAsync(i);
        }

        await worker.StopAsync(default);
    }

    [Fact]
    public async Task A_letter_that_dies_while_all_are_sent_again_is_not_lost()
    {
        await using var commerce = await StartAsync(CommerceDialect.Postgres);
        Task BuryAsync(int id) => commerce.Database.WriteSystemAsync(c => c.ExecuteAsync(
            "insert into outbox_dead (id, tenant, type, payload, created_at, attempts, last_error, died_at) values (@id, 'Mall', 'Happened', '{}', 0, 1, 'x', 0)", new { id }));
        await BuryAsync(901);
        await BuryAsync(902);
        // the sending waits in the middle of its first statement
        var gate = await Payments.OrderGate.CloseByAsync(commerce.ConnectionString, "insert into commerce.outbox (id, tenant, type, payload, created_at, due_at) values (902, 'Mall', 'Happened', '{}', 0, 0)");
        var replayed = Task.Run(() => commerce.OutboxAdmin.ReplayAsync(Mall));
        await gate.WaitForAsync(1);
        await BuryAsync(903);
        await gate.UndoAsync(1);
        Assert.Equal(2, await replayed);
        Assert.Equal(new OutboxCounts(2, 1), await commerce.OutboxAdmin.CountAsync(Mall));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_failure_whose_words_no_database_keeps_is_stored_all_the_same_and_so_are_the_others(CommerceDialect dialect)
    {
        var handler = new Recorder { Failing = true, Words = new string('x', 1980) + "\0" + string.Concat(Enumerable.Repeat("😀", 40)) };
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(handler).Configure<OutboxOptions>(o => o.MaxAttempts = 1));
        await AddAsync(commerce, 1);
        await AddAsync(commerce, 2);
        Assert.Equal(2, await RunAsync(commerce));
        Assert.Equal(new OutboxCounts(0, 2), await commerce.OutboxAdmin.CountAsync(Mall));
        Assert.All(await commerce.OutboxAdmin.ListDeadLettersAsync(Mall, 0, 10), d => Assert.StartsWith("TimeoutException: xxx", d.LastError, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_that_stops_between_two_handlers_remembers_the_one_that_is_done()
    {
        using var stop = new CancellationTokenSource();
        var handlers = new ServiceCollection().AddSingleton<IOutboxHandler>(new Stopper(stop)).AddSingleton<IOutboxHandler>(new Recorder { Failing = true }).BuildServiceProvider();
        var message = new OutboxMessage(1, "Mall", "Happened", "{\"Number\":1}", 1, default, null);
        var thrown = await Assert.ThrowsAsync<OutboxHandlersException>(() => OutboxHandlers.RunAsync(message, work => work(handlers), stop.Token));
        Assert.IsType<OperationCanceledException>(thrown.InnerException);
        Assert.Equal(typeof(Stopper).FullName, thrown.Done);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_database_that_is_away_keeps_no_message_and_no_chore_of_the_others(CommerceDialect dialect)
    {
        var handler = new Recorder();
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(handler), two: true);
        commerce.Placement.Places[Mall.Tenant] = new Commerce.Placement.CommercePlace(Second, false);
        await commerce.Database.WriteSystemAsync(c => c.ExecuteAsync("alter table outbox rename to outbox_away"));
        try
        {
            await AddAsync(commerce, 1);
            var worker = commerce.Services.GetServices<IHostedService>().OfType<OutboxWorker>().Single();
            await worker.StartAsync(default);
            await handler.WaitForAsync(1);
            await AddAsync(commerce, 2);
            await handler.WaitForAsync(2);
            await worker.StopAsync(default);
            var seen = new List<ICommerceDatabase>();
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => commerce.Database.InEachAsync(
                async each =>
                {
                    seen.Add(each);
                    return (int)await each.ReadSystemAsync(c => c.QuerySingleOrDefaultAsync<long>("select count(*) from outbox"));
                },
                default));
            Assert.Equal(2, seen.Count);
        }
        finally
        {
            await commerce.Database.WriteSystemAsync(c => c.ExecuteAsync("alter table outbox_away rename to outbox"));
        }
    }

    private static Task<int> RunAsync(TestCommerce commerce)
        => commerce.Services.GetServices<IHostedService>().OfType<OutboxWorker>().Single().RunOnceAsync(default);

    private static Task AddAsync(TestCommerce commerce, int number, string type = "Happened")
        => commerce.Database.WriteAsync(Mall, c =>
        {
            commerce.Outbox.Add(c, type, new { Number = number });
            return Task.CompletedTask;
        });

    private sealed record Payload(int Number);

    /// <summary>Is done while the process begins to stop.</summary>
    private sealed class Stopper(CancellationTokenSource stop) : IOutboxHandler
    {
        public bool Handles(string type) => true;

        public Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken) => stop.CancelAsync();
    }

    private sealed class Recorder : IOutboxHandler
    {
        private readonly SemaphoreSlim _handled = new(0);

        public bool Failing { get; set; }

        public bool Stopped { get; set; }

        public string Words { get; set; } = "mail server";

        public ConcurrentQueue<OutboxMessage> Messages { get; } = new();

        public ConcurrentQueue<int> Numbers { get; } = new();

        public bool Handles(string type) => type == "Happened";

        public Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            Messages.Enqueue(message);
            if (Stopped)
            {
                throw new TenantNotRunningException(message.Tenant);
            }

            if (Failing)
            {
                throw new TimeoutException(Words);
            }

            Numbers.Enqueue(message.Read<Payload>().Number);
            _handled.Release();
            return Task.CompletedTask;
        }

        public async Task WaitForAsync(int number)
        {
            Assert.True(await _handled.WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.Contains(number, Numbers);
        }
    }
}
