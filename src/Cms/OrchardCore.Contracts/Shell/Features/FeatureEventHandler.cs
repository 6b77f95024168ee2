using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Shell;

/// <summary>Base for handlers that hear only some of the events.</summary>
public class FeatureEventHandler : IFeatureEventHandler
{
    /// <inheritdoc />
    public virtual Task InstallingAsync(IFeatureInfo feature) => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task InstalledAsync(IFeatureInfo feature) => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task EnablingAsync(IFeatureInfo feature) => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task EnabledAsync(IFeatureInfo feature) => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task DisablingAsync(IFeatureInfo feature) => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task DisabledAsync(IFeatureInfo feature) => Task.CompletedTask;
}
