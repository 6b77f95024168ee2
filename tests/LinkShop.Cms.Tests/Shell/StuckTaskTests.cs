using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace LinkShop.Cms.Tests.Shell;

[Feature("Tests.Extra")]
[BackgroundTask(Schedule = "* * * * *", LockTimeout = 0)]
internal sealed class StuckTask : IBackgroundTask
{
    internal static SemaphoreSlim Begun { get; } = new(0);

    internal static SemaphoreSlim Leave { get; } = new(0);

    public async Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
    {
        if (serviceProvider.GetRequiredService<ShellSettings>().Name != StuckTaskTests.Tenant) return;
        Begun.Release();
        await Leave.WaitAsync(cancellationToken);
    }
}

[Feature("Tests.Extra")]
[BackgroundTask(Schedule = "* * * * *", LockTimeout = 0)]
internal sealed class PromptTask : IBackgroundTask
{
    internal static SemaphoreSlim Ran { get; } = new(0);

    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
    {
        if (serviceProvider.GetRequiredService<ShellSettings>().Name == StuckTaskTests.Tenant) Ran.Release();
        return Task.CompletedTask;
    }
}

[Feature("Tests.Extra")]
internal sealed class StuckStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<IBackgroundTask, StuckTask>();
        services.AddSingleton<IBackgroundTask, PromptTask>();
    }
}

public sealed class StuckTaskTests
{
    internal const string Tenant = "Stuck";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_task_that_takes_long_holds_up_no_other_and_runs_once_at_a_time()
    {
        var clock = new TickingClock(new(2026, 11, 28, 12, 0, 30, DateTimeKind.Utc));
        await using var host = await TestHost.StartAsync(configure: cms => cms.ApplicationServices.AddSingleton<TimeProvider>(clock));
        await host.AddTenantAsync(Tenant, "stuck", "Tests.Extra");
        // the scheduler starts on a thread of its own: what passes before it looks at the clock it doesn't know of
        await clock.IsUsed.WaitAsync(Soon);
        for (var minute = 0; minute < 3; minute++)
        {
            await MinuteAsync();
            if (minute == 0) Assert.True(await StuckTask.Begun.WaitAsync(Soon));
            await PromptAsync();
        }

        Assert.Equal(0, StuckTask.Begun.CurrentCount);
        StuckTask.Leave.Release();
        // the tick may come before the task has ended: it is waited for in real time, as the minutes pass faster than it can give its lock back
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !await StuckTask.Begun.WaitAsync(Soon / 200);)
        {
            Assert.InRange(waited.Elapsed, TimeSpan.Zero, Soon);
            await MinuteAsync();
            await PromptAsync();
        }

        // a tick may come before the task's last run has ended; then it is the next one's
        async Task PromptAsync()
        {
            for (var ticks = 0; !await PromptTask.Ran.WaitAsync(Soon / 200); ticks++)
            {
                Assert.InRange(ticks, 0, 200);
                clock.Advance(TimeSpan.Zero);
            }
        }

        async Task MinuteAsync()
        {
            // used, so that it isn't left for its turn
            await host.InTenantAsync(Tenant, _ => Task.CompletedTask);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
    }
}

/// <summary>A clock that ticks when it is told to: timers of seconds go off when it is moved.</summary>
internal sealed class TickingClock(DateTime start) : TimeProvider
{
    private readonly ConcurrentBag<Ticker> _tickers = [];
    private readonly TaskCompletionSource _isUsed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTime _now = start;

    /// <summary>Ends when somebody waits for a tick.</summary>
    internal Task IsUsed => _isUsed.Task;

    public override DateTimeOffset GetUtcNow() => new(_now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var ticker = new Ticker(System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), () => callback(state));
        if (period == TimeSpan.FromSeconds(5))
        {
            _tickers.Add(ticker);
            _isUsed.TrySetResult();
        }

        return ticker.Timer;
    }

    internal void Advance(TimeSpan time)
    {
        _now += time;
        foreach (var ticker in _tickers) ticker.Tick();
    }

    private sealed record Ticker(ITimer Timer, Action Tick);
}
