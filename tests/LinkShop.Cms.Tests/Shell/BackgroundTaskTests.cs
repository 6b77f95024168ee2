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
        await using var host = await TestHost.StartAsync();
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
            await scheduler.RunDueAsync([(typeof(NightlyTask), "Tests.Extra")], CancellationToken.None);

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

    public Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken)
    {
        Ran.Add(serviceProvider.GetRequiredService<ShellSettings>().Name);
        return Task.CompletedTask;
    }
}

[Feature("Tests.Extra")]
internal sealed class MinutelyStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services.AddSingleton<IBackgroundTask, MinutelyTask>();
}

public sealed class IdleTenantTests
{
    [Fact]
    public async Task A_tenant_that_nobody_uses_has_its_minutely_tasks_once_an_hour_and_every_minute_after_the_first_use()
    {
        var clock = new MovedClock();
        await using var host = await TestHost.StartAsync(configure: cms => cms.ApplicationServices.AddSingleton<TimeProvider>(clock));
        string[] names = [.. Enumerable.Range(1, 20).Select(n => $"Shop{n}")];
        foreach (var name in names) await host.AddTenantAsync(name, name, "Tests.Extra");
        var scheduler = host.Services.GetServices<IHostedService>().OfType<BackgroundTaskScheduler>().Single();
        MinutelyTask.Ran.Clear();

        for (var minute = 0; minute < 60; minute++) await PassMinuteAsync();
        Assert.Equal(names.Order(), MinutelyTask.Ran.Order());

        MinutelyTask.Ran.Clear();
        await host.InTenantAsync("Shop7", _ => Task.CompletedTask);
        await PassMinuteAsync();
        Assert.Contains("Shop7", MinutelyTask.Ran);
        // its tasks' own scopes are no use of it
        for (var minute = 1; minute < 60; minute++) await PassMinuteAsync();
        Assert.InRange(MinutelyTask.Ran.Count(n => n == "Shop7"), 1, 2);
        Assert.All(names.Where(n => n != "Shop7"), n => Assert.Single(MinutelyTask.Ran, n));

        async Task PassMinuteAsync()
        {
            clock.Now += TimeSpan.FromMinutes(1);
            await scheduler.RunDueAsync([(typeof(MinutelyTask), "Tests.Extra")], CancellationToken.None);
        }
    }

    private sealed class MovedClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2026, 11, 28, 12, 0, 30, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        // the scheduler itself must not tick meanwhile
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
