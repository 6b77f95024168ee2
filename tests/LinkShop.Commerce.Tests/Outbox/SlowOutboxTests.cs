using System.Collections.Concurrent;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;
using LinkShop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Outbox;

/// <summary>Work that hangs, like mail to a server that doesn't answer.</summary>
public sealed class SlowOutboxTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_hangs_in_one_tenant_holds_up_no_other_tenant_and_no_other_event_and_comes_to_its_end_once(CommerceDialect dialect)
    {
        var mails = new Handler("Mailed", "Refunded");
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(mails));
        mails.Hanging = m => m is { Tenant: "Mall", Type: "Mailed" };
        await AddAsync(commerce, Mall, "Mailed", 300);
        await AddAsync(commerce, Mall, "Refunded");
        await AddAsync(commerce, Other, "Mailed");

        // two batches; the second may have some again that went back, after those that weren't claimed yet
        Assert.Equal(200, await RunAsync(commerce));
        Assert.InRange(await RunAsync(commerce), 102, 200);
        Assert.Equal(["Mall Refunded", "Other Mailed"], mails.Done.Select(m => $"{m.Tenant} {m.Type}").Order());
        Assert.Equal(300, await commerce.CountAsync("outbox"));
        Assert.InRange(mails.Running, 1, 8);

        mails.LetGo();
        await Eventually.HoldsAsync(
            async () =>
            {
                commerce.Clock.Advance(TimeSpan.FromSeconds(10));
                await RunAsync(commerce);
                return await commerce.CountAsync("outbox") == 0;
            },
            () => $"{mails.Done.Count} of 302 are handled");

        Assert.Equal(302, mails.Done.Count);
        Assert.Equal(302, mails.Seen.Select(m => m.Id).Distinct().Count());
        Assert.All(mails.Seen, m => Assert.Equal(1, m.Attempt));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_hangs_in_every_tenant_holds_up_no_other_event(CommerceDialect dialect)
    {
        var mails = new Handler("Mailed", "Refunded") { Hanging = m => m.Type == "Mailed" };
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(mails));
        for (var i = 0; i < 150; i++)
            await AddAsync(commerce, new($"Shop{i}"), "Mailed");
        await AddAsync(commerce, Other, "Refunded");
        Assert.Equal(151, await RunAsync(commerce));
        Assert.Equal("Refunded", Assert.Single(mails.Done).Type);
        Assert.InRange(mails.Running, 1, 40);
        mails.LetGo();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_is_done_is_stored_while_the_rest_of_its_batch_still_runs(CommerceDialect dialect)
    {
        var mails = new Handler("Mailed", "Refunded") { Hanging = m => m.Type == "Mailed" };
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(mails));
        await AddAsync(commerce, Mall, "Mailed");
        await AddAsync(commerce, Mall, "Refunded");
        Assert.Equal(2, await RunAsync(commerce));
        Assert.Equal(0, await commerce.CountAsync("outbox", "type = 'Refunded'"));
        Assert.Equal(1, await commerce.CountAsync("outbox"));
        mails.LetGo();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_takes_longer_than_the_lease_is_not_given_to_another_process_meanwhile(CommerceDialect dialect)
    {
        var mails = new Handler("Mailed") { Hanging = _ => true };
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(mails));
        await using var second = commerce.SecondProcess();
        await AddAsync(commerce, Mall, "Mailed");
        Assert.Equal(1, await RunAsync(commerce));
        for (var minute = 0; minute < 5; minute++)
        {
            commerce.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(0, await RunAsync(commerce));
            Assert.Empty(await second.Get<OutboxStore>().ClaimAsync(second.Database, default));
        }

        mails.LetGo();
        Assert.Single(mails.Seen);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_lost_its_lease_before_its_turn_is_left_to_who_has_it_now(CommerceDialect dialect)
    {
        TestCommerce started = null!;
        var mails = new Handler("Mailed") { Hanging = _ => false };
        await using var commerce = started = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(mails).Configure<OutboxOptions>(o => o.Parallelism = 1));
        mails.First = () => started.Clock.Advance(TimeSpan.FromMinutes(3));
        await AddAsync(commerce, Mall, "Mailed");
        await AddAsync(commerce, Other, "Mailed");
        Assert.Equal(2, await RunAsync(commerce));
        Assert.Single(mails.Seen);
        Assert.Equal(1, await RunAsync(commerce));
        Assert.Equal(2, mails.Seen.Count);
        Assert.Equal(2, mails.Seen.Last().Attempt);
        Assert.Equal(0, await commerce.CountAsync("outbox"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_process_that_stops_gives_back_what_it_has_not_begun(CommerceDialect dialect)
    {
        var mails = new Handler("Mailed") { Hanging = _ => true };
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(mails));
        await AddAsync(commerce, Mall, "Mailed", 100);
        var worker = Worker(commerce);
        await worker.StartAsync(default);
        await mails.Begun.WaitAsync(Soon);
        await worker.StopAsync(default).WaitAsync(Soon);
        Assert.Equal(100, await commerce.CountAsync("outbox", "owner is null"));
        Assert.Equal(0, mails.Running);
    }

    private static OutboxWorker Worker(TestCommerce commerce) => commerce.Services.GetServices<IHostedService>().OfType<OutboxWorker>().Single();

    private static Task<int> RunAsync(TestCommerce commerce) => Worker(commerce).RunOnceAsync(default).WaitAsync(Soon);

    private static Task AddAsync(TestCommerce commerce, TenantScope tenant, string type, int count = 1)
        => commerce.Database.WriteAsync(tenant, c =>
        {
            for (var i = 0; i < count; i++)
                commerce.Outbox.Add(c, type, new { });
            return Task.CompletedTask;
        });

    private sealed class Handler(params string[] types) : IOutboxHandler
    {
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _running;

        public Func<OutboxMessage, bool> Hanging { get; set; } = _ => true;

        public Action? First { get; set; }

        public int Running => Volatile.Read(ref _running);

        public Task Begun => _begun.Task;

        public ConcurrentQueue<OutboxMessage> Seen { get; } = [];

        public ConcurrentQueue<OutboxMessage> Done { get; } = [];

        public void LetGo() => _go.TrySetResult();

        public bool Handles(string type) => types.Contains(type);

        public async Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            Seen.Enqueue(message);
            _begun.TrySetResult();
            (First, var first) = (null, First);
            first?.Invoke();
            Interlocked.Increment(ref _running);
            try
            {
                if (Hanging(message))
                    await _go.Task.WaitAsync(cancellationToken);
                Done.Enqueue(message);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }
    }
}
