using LinkShop.Commerce.Announcements;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Tests.Announcements;

public sealed class AnnouncementTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_was_announced_is_shown_in_its_time_and_reaches_other_processes_within_seconds(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        var (here, there) = (commerce.Get<IAnnouncements>(), second.Get<IAnnouncements>());
        Assert.Empty(await there.CurrentAsync());
        var now = commerce.Clock.GetUtcNow();
        Announcement Draft(string zh, AnnouncementLevel level = AnnouncementLevel.Info, double from = 0, double until = 60) =>
            new("", zh, "", level, now.AddMinutes(from), now.AddMinutes(until), "root");
        await here.PublishAsync(Draft("现在"));
        await here.PublishAsync(Draft("紧急", AnnouncementLevel.Danger));
        await here.PublishAsync(Draft("以后", from: 30));
        Assert.Equal(["紧急", "现在"], (await here.CurrentAsync()).Select(a => a.TextIn("en")));
        // kept in memory: another process looks again when what it has is too old
        Assert.Empty(await there.CurrentAsync());
        second.Clock.Advance(AnnouncementBoard.Age + TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await there.CurrentAsync()).Count);

        commerce.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(3, (await here.CurrentAsync()).Count);
        await here.WithdrawAsync((await here.CurrentAsync())[0].Id);
        Assert.Equal(2, (await here.CurrentAsync()).Count);
        commerce.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Empty(await here.CurrentAsync());
        Assert.Equal(2, (await here.ListAsync()).Count);

        Assert.Equal(CommerceErrors.Required, (await here.PublishAsync(Draft(" "))).Error!.Code);
        Assert.Equal(CommerceErrors.TooLong, (await here.PublishAsync(Draft(new string('长', 501)))).Error!.Code);
        Assert.Equal(CommerceErrors.Invalid, (await here.PublishAsync(Draft("过去", until: -1))).Error!.Code);
    }

    [Fact]
    public async Task Pages_cost_no_look_at_the_database()
    {
        await using var commerce = await TestCommerce.StartAsync(CommerceDialect.Sqlite);
        var counting = new CountingDatabase(commerce.Database);
        using var board = new AnnouncementBoard(counting, commerce.Clock);
        // all of them come while the first one is still reading
        var first = Enumerable.Range(0, 100).Select(_ => board.CurrentAsync().AsTask()).ToList();
        counting.LetThrough();
        await Task.WhenAll(first);
        Assert.Equal(1, counting.Reads);
        commerce.Clock.Advance(AnnouncementBoard.Age * 2);
        counting.Stop();
        // one looks again, the others don't wait for it
        var again = Enumerable.Range(0, 100).Select(_ => board.CurrentAsync().AsTask()).ToList();
        Assert.Equal(99, again.Count(t => t.IsCompleted));
        counting.LetThrough();
        await Task.WhenAll(again);
        Assert.Equal(2, counting.Reads);
    }

    private sealed class CountingDatabase(ICommerceDatabase inner) : ICommerceDatabase
    {
        private readonly SemaphoreSlim _gate = new(0);
        private int _reads;

        public int Reads => _reads;

        public CommerceDialect Dialect => inner.Dialect;

        public void Stop()
        {
            while (_gate.Wait(0)) { }
        }

        public void LetThrough() => _gate.Release(100);

        public async Task<T> ReadAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _reads);
            await _gate.WaitAsync(cancellationToken);
            return await inner.ReadAsync(scope, work, cancellationToken);
        }

        public Task<T> WriteAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => inner.WriteAsync(scope, work, cancellationToken);

        public Task<T> ReadSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => inner.ReadSystemAsync(work, cancellationToken);

        public Task<T> WriteSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => inner.WriteSystemAsync(work, cancellationToken);

        public Task MigrateAsync(CancellationToken cancellationToken = default) => inner.MigrateAsync(cancellationToken);
    }
}
