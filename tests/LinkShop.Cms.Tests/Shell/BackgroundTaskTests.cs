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
