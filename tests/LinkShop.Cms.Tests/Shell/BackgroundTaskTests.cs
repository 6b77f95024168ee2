using LinkShop.Cms.Shell.Locking;
using LinkShop.Cms.Shell.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace LinkShop.Cms.Tests.Shell;

[Feature("Tests.Extra")]
[BackgroundTask(Schedule = "0 3 * * *", LockTimeout = 0)]
internal sealed class NightlyTask : IBackgroundTask
{
    internal static List<string> Ran { get; } = [];

    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
    {
        var tenant = serviceProvider.GetRequiredService<ShellSettings>().Name;
        Ran.Add(tenant);
        return tenant == "Broken" ? Task.FromException(new InvalidOperationException("broken")) : Task.CompletedTask;
    }
}

[Feature("Tests.Extra")]
internal sealed class NightlyStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services.AddSingleton<IBackgroundTask, NightlyTask>();
}

public sealed class BackgroundTaskTests
{
    [Fact]
    public async Task A_task_runs_for_each_running_tenant_with_its_feature_and_one_failure_stops_no_other()
    {
        var clock = new MovedClock(new(2026, 11, 28, 3, 0, 30, DateTimeKind.Utc));
        await using var host = await TestHost.StartAsync(configure: cms => cms.ApplicationServices.AddSingleton<TimeProvider>(clock));
        await host.AddTenantAsync("Broken", "broken", "Tests.Extra");
        await host.AddTenantAsync("Busy", "busy", "Tests.Extra");
        await host.AddTenantAsync("Default", null, "Tests.Extra");
        await host.AddTenantAsync("Without", "without", "Tests.Echo");
        var off = await host.AddTenantAsync("Off", "off", "Tests.Extra");
        await host.Host.UpdateShellSettingsAsync(off.AsDisabled());
        NightlyTask.Ran.Clear();

        var scheduler = host.Services.GetServices<IHostedService>().OfType<BackgroundTaskScheduler>().Single();
        // another process is at it
        await using (await host.Services.GetRequiredService<DatabaseLock>().TryAcquireAsync($"Busy:task:{typeof(NightlyTask).FullName}", TimeSpan.Zero, null))
            await scheduler.RunDueAsync([(typeof(NightlyTask), "Tests.Extra")], clock.UtcNow.AddMinutes(-1), CancellationToken.None);

        Assert.Equal(["Broken", "Default"], NightlyTask.Ran);
        Assert.Contains(host.Log.Lines, l => l.Contains("'Broken' failed", StringComparison.Ordinal));
        // no tenant without the task was woken
        Assert.Equal(["Broken", "Default"], host.Host.ListShellContexts().Select(c => c.Settings.Name).Order());
    }
}

[Feature("Tests.Extra")]
[BackgroundTask(Schedule = "* * * * *", LockTimeout = 0)]
internal sealed class MinutelyTask : IBackgroundTask
{
    internal static List<string> Ran { get; } = [];

    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken) => Idlers.RecordAsync(serviceProvider, Ran);
}

[Feature("Tests.Extra")]
[BackgroundTask(Schedule = "*/7 * * * *", LockTimeout = 0)]
internal sealed class SeldomTask : IBackgroundTask
{
    internal static List<string> Ran { get; } = [];

    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken) => Idlers.RecordAsync(serviceProvider, Ran);
}

internal static class Idlers
{
    internal static readonly string[] Names = [.. Enumerable.Range(1, 20).Select(n => $"Idle{n}")];

    // other tests' hosts have the feature too, and schedulers that tick by themselves
    internal static Task RecordAsync(IServiceProvider services, List<string> ran)
    {
        if (services.GetRequiredService<ShellSettings>().Name is var name && Names.Contains(name)) ran.Add(name);
        return Task.CompletedTask;
    }
}

[Feature("Tests.Extra")]
internal sealed class IdleStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<IBackgroundTask, MinutelyTask>();
        services.AddSingleton<IBackgroundTask, SeldomTask>();
    }
}

public sealed class IdleTenantTests
{
    private readonly MovedClock _clock = new(new(2026, 11, 28, 12, 0, 30, DateTimeKind.Utc));

    [Fact]
    public async Task A_tenant_that_nobody_uses_has_each_frequent_task_once_an_hour_and_on_time_after_the_first_use()
    {
        await using var host = await StartAsync();
        for (var minute = 0; minute < 60; minute++) await PassAsync(host, 1);
        Assert.Equal(Idlers.Names.Order(), MinutelyTask.Ran.Order());
        Assert.Equal(Idlers.Names.Order(), SeldomTask.Ran.Order());

        Clear();
        await host.InTenantAsync("Idle7", _ => Task.CompletedTask);
        await PassAsync(host, 1);
        Assert.Contains("Idle7", MinutelyTask.Ran);
        Assert.Empty(SeldomTask.Ran);
        // the minutely task has had the use; the other one has yet to
        for (var minute = 1; minute < 7; minute++) await PassAsync(host, 1);
        Assert.Contains("Idle7", SeldomTask.Ran);
        // its tasks' own scopes are no use of it
        for (var minute = 7; minute < 60; minute++) await PassAsync(host, 1);
        Assert.InRange(MinutelyTask.Ran.Count(n => n == "Idle7"), 1, 2);
        Assert.InRange(SeldomTask.Ran.Count(n => n == "Idle7"), 1, 2);
        Assert.All(Idlers.Names.Where(n => n != "Idle7"), n => Assert.Single(MinutelyTask.Ran, n));
        Assert.All(Idlers.Names.Where(n => n != "Idle7"), n => Assert.Single(SeldomTask.Ran, n));
    }

    [Fact]
    public async Task A_scheduler_that_was_held_up_leaves_out_nobodys_turn()
    {
        await using var host = await StartAsync();
        for (var minute = 0; minute < 60; minute += 4) await PassAsync(host, 4);
        Assert.Equal(Idlers.Names.Order(), MinutelyTask.Ran.Order());
        Assert.Equal(Idlers.Names.Order(), SeldomTask.Ran.Order());
    }

    private async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync(configure: cms => cms.ApplicationServices.AddSingleton<TimeProvider>(_clock));
        foreach (var name in Idlers.Names) await host.AddTenantAsync(name, name, "Tests.Extra");
        Clear();
        return host;
    }

    private static void Clear()
    {
        MinutelyTask.Ran.Clear();
        SeldomTask.Ran.Clear();
    }

    private async Task PassAsync(TestHost host, int minutes)
    {
        var since = _clock.UtcNow;
        _clock.UtcNow += TimeSpan.FromMinutes(minutes);
        (Type Task, string Schedule)[] tasks = [(typeof(MinutelyTask), "* * * * *"), (typeof(SeldomTask), "*/7 * * * *")];
        await host.Services.GetServices<IHostedService>().OfType<BackgroundTaskScheduler>().Single().RunDueAsync(
            [.. tasks.Where(t => CronSchedule.Parse(t.Schedule).Next(since) <= _clock.UtcNow).Select(t => (t.Task, "Tests.Extra"))], since, CancellationToken.None);
    }
}

/// <summary>A clock that stands until it is moved, so that the scheduler itself doesn't tick meanwhile.</summary>
internal sealed class MovedClock(DateTime start) : TimeProvider
{
    internal DateTime UtcNow { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => new(UtcNow);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
