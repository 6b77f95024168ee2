using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Shell;

/// <summary>Hears of a tenant's features coming and going.</summary>
public interface IFeatureEventHandler
{
    /// <summary>Before a feature is enabled for the first time.</summary>
    /// <param name="feature">The feature.</param>
    Task InstallingAsync(IFeatureInfo feature) => Task.CompletedTask;

    /// <summary>After a feature was enabled for the first time.</summary>
    /// <param name="feature">The feature.</param>
    Task InstalledAsync(IFeatureInfo feature) => Task.CompletedTask;

    /// <summary>Before a feature is enabled.</summary>
    /// <param name="feature">The feature.</param>
    Task EnablingAsync(IFeatureInfo feature) => Task.CompletedTask;

    /// <summary>After a feature was enabled, in a scope that has it.</summary>
    /// <param name="feature">The feature.</param>
    Task EnabledAsync(IFeatureInfo feature) => Task.CompletedTask;

    /// <summary>Before a feature is disabled.</summary>
    /// <param name="feature">The feature.</param>
    Task DisablingAsync(IFeatureInfo feature) => Task.CompletedTask;

    /// <summary>After a feature was disabled.</summary>
    /// <param name="feature">The feature.</param>
    Task DisabledAsync(IFeatureInfo feature) => Task.CompletedTask;
}
