using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using LinkShop.Cms.Shell.Blueprints;
using LinkShop.Cms.Shell.Catalog;
using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Hosting;
using LinkShop.Cms.Shell.Locking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrchardCore.BackgroundTasks;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Tasks;

/// <summary>
/// Runs the tenants' background tasks, each task on its own and one tenant after the other, each tenant's under a lock that all processes share. Ten thousand shops that nobody
/// visits must cost nothing, so a tenant that nobody has used since a task was last due has its turn once an hour, from a minute of its own on; for
/// tasks that are due less often, that is each time. The first use makes it lively again.
/// </summary>
internal sealed class BackgroundTaskScheduler(
    ShellHost host, ShellStore store, ModuleCatalog catalog, DatabaseLock locks, TimeProvider time, ILogger<BackgroundTaskScheduler> logger) : BackgroundService
{
    private static readonly TimeSpan _defaultExpiration = TimeSpan.FromMinutes(10);
    private readonly (Type Type, string FeatureId)[] _tasks =
        [.. catalog.Modules.SelectMany(m => m.Types.Where(typeof(IBackgroundTask).IsAssignableFrom).Select(t => (t, m.FeatureOf(t))))];
    private readonly HashSet<string> _platformsOwn = catalog.Features.Where(f => f.DefaultTenantOnly).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, CronSchedule?> _schedules = [];
    private readonly ConcurrentDictionary<Type, long> _ticks = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_tasks.Length == 0) return;
        var started = time.GetUtcNow().UtcDateTime;
        var lines = _tasks.Select(t => new Line(t.Type, t.FeatureId, started)).ToArray();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var line in lines) Continue(line, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the application stops
        }
        await Task.WhenAll(lines.Select(l => l.Running));
    }

    // one that takes long holds up no other; what it was due for meanwhile it makes up for when it is done
    private void Continue(Line line, CancellationToken stoppingToken)
    {
        if (!line.Running.IsCompleted) return;
        var (now, since) = (time.GetUtcNow().UtcDateTime, line.Since);
        line.Since = now;
        if (ScheduleOf(line.Type)?.Next(since) is { } at && at <= now) line.Running = Task.Run(() => RunAloneAsync(line, since, stoppingToken), CancellationToken.None);
    }

    private async Task RunAloneAsync(Line line, DateTime since, CancellationToken stoppingToken)
    {
        try
        {
            await RunDueAsync([(line.Type, line.FeatureId)], since, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the application stops
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogError(e, "The background task '{Task}' could not be run.", line.Type.FullName);
        }
    }

    /// <summary>Runs the given tasks for the running tenants that have their feature: those that were used, and the idle ones whose turn it is.</summary>
    /// <param name="due">The tasks.</param>
    /// <param name="since">Until when turns have been given out, UTC.</param>
    /// <param name="stoppingToken">Stops between two tenants.</param>
    internal async Task RunDueAsync(IReadOnlyCollection<(Type Type, string FeatureId)> due, DateTime since, CancellationToken stoppingToken)
    {
        var tick = Stopwatch.GetTimestamp();
        var rounds = due.Select(d => new Round(d.Type, d.FeatureId, _ticks.GetValueOrDefault(d.Type), TurnsOf(d.Type, since))).ToArray();
        foreach (var (type, _) in due) _ticks[type] = tick;
        foreach (var settings in host.GetAllSettings())
        {
            if (!settings.IsRunning()) continue;
            stoppingToken.ThrowIfCancellationRequested();
            var context = host.FindContext(settings.Name);
            var (usedAt, minute) = (context?.UsedAt ?? 0, MinuteOf(settings.Name));
            // no other tenant can have what is the platform's own, so that its features needn't be read
            var wanted = rounds.Where(r => (usedAt > r.Before || r.Turns[minute]) && (settings.IsDefaultShell() || !_platformsOwn.Contains(r.FeatureId))).ToArray();
            if (wanted.Length > 0) await RunAsync(settings, context, wanted, stoppingToken);
        }
    }

    /// <summary>Whose turn it is, by their minutes of the hour: theirs is the first time the task is due from that minute on, unless that has been.</summary>
    private bool[] TurnsOf(Type type, DateTime since)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var turns = new bool[60];
        if (ScheduleOf(type) is not { } schedule) return turns;
        for (var back = 0; back < 60; back++)
        {
            var from = now.AddMinutes(-back);
            turns[from.Minute] = schedule.Next(from.AddMinutes(-1)) is { } first && first > since && first <= now;
        }
        return turns;
    }

    private static int MinuteOf(string tenant)
    {
        // the same in all processes and after a restart
        var hash = 0u;
        foreach (var letter in tenant) hash = unchecked((hash * 31) + letter);
        return (int)(hash % 60);
    }

    private async Task RunAsync(ShellSettings settings, ShellContext? context, Round[] wanted, CancellationToken stoppingToken)
    {
        HashSet<string> enabled;
        try
        {
            var features = context?.SharedContainer is Blueprint blueprint
                ? blueprint.Features
                : catalog.Resolve((await store.LoadFeaturesAsync(settings.Name)).Enabled, settings.IsDefaultShell());
            enabled = features.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // removed meanwhile, or the database is away: the others' tasks run all the same
            logger.LogError(e, "The features of tenant '{Tenant}' could not be read for its background tasks.", settings.Name);
            return;
        }
        foreach (var round in wanted.Where(w => enabled.Contains(w.FeatureId))) await RunAsync(settings, round.Type, stoppingToken);
    }

    private CronSchedule? ScheduleOf(Type type) => _schedules.GetOrAdd(type, static type =>
    {
        var attribute = type.GetCustomAttribute<BackgroundTaskAttribute>() ?? new BackgroundTaskAttribute();
        return attribute.Enable ? CronSchedule.Parse(attribute.Schedule) : null;
    });

    private async Task RunAsync(ShellSettings settings, Type type, CancellationToken stoppingToken)
    {
        var attribute = type.GetCustomAttribute<BackgroundTaskAttribute>() ?? new BackgroundTaskAttribute();
        var expiration = attribute.LockExpiration > 0 ? TimeSpan.FromMilliseconds(attribute.LockExpiration) : _defaultExpiration;
        try
        {
            await using var locker = await locks.TryAcquireAsync($"{settings.Name}:task:{type.FullName}", TimeSpan.FromMilliseconds(attribute.LockTimeout), expiration);
            // another process has it
            if (locker is null) return;
            await (await host.GetScopeAsync(settings, isBackground: true)).UsingAsync(scope => DoWorkAsync(scope, type, stoppingToken));
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

    private sealed class Line(Type type, string featureId, DateTime since)
    {
        internal Type Type { get; } = type;

        internal string FeatureId { get; } = featureId;

        /// <summary>Until when it has been run, UTC.</summary>
        internal DateTime Since { get; set; } = since;

        internal Task Running { get; set; } = Task.CompletedTask;
    }

    /// <param name="Type">The task.</param>
    /// <param name="FeatureId">The feature it belongs to.</param>
    /// <param name="Before">When it was due before, as a <see cref="Stopwatch"/> timestamp.</param>
    /// <param name="Turns">For each minute of the hour, whether it is the turn of the idle tenants that have it.</param>
    private sealed record Round(Type Type, string FeatureId, long Before, bool[] Turns);
}
