using System.Reflection;
using LinkShop.Cms.Shell.Catalog;
using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Hosting;
using LinkShop.Cms.Shell.Locking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Tasks;

/// <summary>
/// Runs the tenants' background tasks, one minute at a time, each tenant's under a lock that all processes share. Which tenants have a task
/// is known from their stored features and the modules' types, so tenants without one, and minutes in which nothing is due, cost nothing.
/// </summary>
internal sealed class BackgroundTaskScheduler(
    ShellHost host, ShellStore store, ModuleCatalog catalog, DatabaseLock locks, TimeProvider time, ILogger<BackgroundTaskScheduler> logger) : BackgroundService
{
    private static readonly TimeSpan _defaultExpiration = TimeSpan.FromMinutes(10);
    private readonly Dictionary<Type, CronSchedule?> _schedules = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tasks = FindTasks();
        if (tasks.Count == 0) return;
        var last = time.GetUtcNow().UtcDateTime;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = time.GetUtcNow().UtcDateTime;
                var due = tasks.Where(t => _schedules[t.Type]?.Next(last) is { } at && at <= now).ToArray();
                last = now;
                if (due.Length > 0) await RunDueAsync(due, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the application stops
        }
    }

    /// <summary>Runs the given tasks for every running tenant that has their feature.</summary>
    internal async Task RunDueAsync(IReadOnlyCollection<(Type Type, string FeatureId)> due, CancellationToken stoppingToken)
    {
        var byFeatures = new Dictionary<string, Type[]>(StringComparer.Ordinal);
        foreach (var (name, features) in await store.LoadRunningFeaturesAsync())
        {
            if (!host.TryGetSettings(name, out var settings)) continue;
            var key = settings.IsDefaultShell() + features;
            if (!byFeatures.TryGetValue(key, out var types))
            {
                var enabled = catalog.Resolve(features.Split('\n'), settings.IsDefaultShell()).Select(f => f.Id).ToHashSet();
                byFeatures[key] = types = [.. due.Where(d => enabled.Contains(d.FeatureId)).Select(d => d.Type)];
            }
            foreach (var type in types)
            {
                stoppingToken.ThrowIfCancellationRequested();
                await RunAsync(settings, type, stoppingToken);
            }
        }
    }

    private List<(Type Type, string FeatureId)> FindTasks()
    {
        var found = catalog.Modules.SelectMany(m => m.Types.Where(typeof(IBackgroundTask).IsAssignableFrom).Select(t => (Type: t, FeatureId: m.FeatureOf(t)))).ToList();
        foreach (var (type, _) in found)
        {
            var attribute = type.GetCustomAttribute<BackgroundTaskAttribute>() ?? new BackgroundTaskAttribute();
            _schedules[type] = attribute.Enable ? CronSchedule.Parse(attribute.Schedule) : null;
        }
        return found;
    }

    private async Task RunAsync(ShellSettings settings, Type type, CancellationToken stoppingToken)
    {
        var attribute = type.GetCustomAttribute<BackgroundTaskAttribute>() ?? new BackgroundTaskAttribute();
        var expiration = attribute.LockExpiration > 0 ? TimeSpan.FromMilliseconds(attribute.LockExpiration) : _defaultExpiration;
        try
        {
            await using var locker = await locks.TryAcquireAsync($"{settings.Name}:task:{type.FullName}", TimeSpan.FromMilliseconds(attribute.LockTimeout), expiration);
            // another process has it
            if (locker is null) return;
            await (await host.GetScopeAsync(settings)).UsingAsync(scope => DoWorkAsync(scope, type, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogError(e, "The background task '{Task}' of tenant '{Tenant}' failed.", type.FullName, settings.Name);
        }
    }

    private static Task DoWorkAsync(ShellScope scope, Type type, CancellationToken stoppingToken)
    {
        var task = scope.ServiceProvider.GetServices<IBackgroundTask>().FirstOrDefault(t => t.GetType() == type);
        return task?.DoWorkAsync(scope.ServiceProvider, stoppingToken) ?? Task.CompletedTask;
    }
}
