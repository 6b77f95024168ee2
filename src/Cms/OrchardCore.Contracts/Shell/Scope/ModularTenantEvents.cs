using OrchardCore.Environment.Shell.Removing;

namespace OrchardCore.Modules;

/// <summary>Base for handlers that hear only some of the events.</summary>
public class ModularTenantEvents : IModularTenantEvents
{
    /// <inheritdoc />
    public virtual Task ActivatingAsync() => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task ActivatedAsync() => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task TerminatingAsync() => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task TerminatedAsync() => Task.CompletedTask;

    /// <inheritdoc />
    public virtual Task RemovingAsync(ShellRemovingContext context) => Task.CompletedTask;
}
