using OrchardCore.Setup.Services;

namespace OrchardCore.Setup.Events;

/// <summary>Takes part in the set-up of a tenant, in the new tenant, after the recipe.</summary>
public interface ISetupEventHandler
{
    /// <summary>Does its part. Adds what is wrong to <see cref="SetupContext.Errors"/>.</summary>
    /// <param name="context">What is being set up.</param>
    Task SetupAsync(SetupContext context) => Task.CompletedTask;

    /// <summary>The set-up failed.</summary>
    /// <param name="context">What was being set up, with its errors.</param>
    Task FailedAsync(SetupContext context) => Task.CompletedTask;

    /// <summary>The set-up is done.</summary>
    Task SucceededAsync() => Task.CompletedTask;
}
