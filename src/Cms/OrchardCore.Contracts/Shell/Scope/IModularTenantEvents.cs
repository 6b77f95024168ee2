using OrchardCore.Environment.Shell.Removing;

namespace OrchardCore.Modules;

/// <summary>Hears of a tenant becoming live in this process, and of its end.</summary>
public interface IModularTenantEvents
{
    /// <summary>Before the first scope on the tenant runs.</summary>
    Task ActivatingAsync();

    /// <summary>After all handlers' activating; in reverse order.</summary>
    Task ActivatedAsync();

    /// <summary>Before the live state is dropped.</summary>
    Task TerminatingAsync();

    /// <summary>After all handlers' terminating; in reverse order.</summary>
    Task TerminatedAsync();

    /// <summary>When what the tenant stored is to be deleted.</summary>
    /// <param name="context">Takes what comes in the way.</param>
    Task RemovingAsync(ShellRemovingContext context);
}
