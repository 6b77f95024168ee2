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
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(async () => await board.CurrentAsync())));
        Assert.Equal(1, counting.Reads);
        commerce.Clock.Advance(AnnouncementBoard.Age * 2);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(async () => await board.CurrentAsync())));
        Assert.InRange(counting.Reads, 2, 3);
    }

    private sealed class CountingDatabase(ICommerceDatabase inner) : ICommerceDatabase
    {
        private int _reads;

        public int Reads => _reads;

        public CommerceDialect Dialect => inner.Dialect;

        public Task<T> ReadAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _reads);
            return inner.ReadAsync(scope, work, cancellationToken);
        }

        public Task<T> WriteAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => inner.WriteAsync(scope, work, cancellationToken);

        public Task<T> ReadSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => inner.ReadSystemAsync(work, cancellationToken);

        public Task<T> WriteSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => inner.WriteSystemAsync(work, cancellationToken);

        public Task MigrateAsync(CancellationToken cancellationToken = default) => inner.MigrateAsync(cancellationToken);
    }
}
