namespace OrchardCore.BackgroundTasks;

/// <summary>Work done for a tenant on a schedule, by one process at a time.</summary>
public interface IBackgroundTask
{
    /// <summary>Does the work.</summary>
    /// <param name="serviceProvider">The services of the tenant's scope.</param>
    /// <param name="cancellationToken">Set when the application stops.</param>
    Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken);
}
