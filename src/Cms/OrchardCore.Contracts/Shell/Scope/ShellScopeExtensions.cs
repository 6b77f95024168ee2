namespace OrchardCore.Environment.Shell.Scope;

/// <summary>The callbacks of a scope that is at hand.</summary>
public static class ShellScopeExtensions
{
    /// <summary>Adds code that runs when the scope's code has ended, still inside of it.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="callback">The code.</param>
    /// <param name="last">True to run after those already added, false to run before them.</param>
    public static ShellScope RegisterBeforeDispose(this ShellScope scope, Func<ShellScope, Task> callback, bool last = false)
    {
        scope.OnEnd(callback, last);
        return scope;
    }

    /// <summary>Adds code that runs in a new scope on the same tenant after this one has ended.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="task">The code.</param>
    public static ShellScope AddDeferredTask(this ShellScope scope, Func<ShellScope, Task> task)
    {
        scope.OnAfter(task);
        return scope;
    }

    /// <summary>Adds code that runs when the scope's code throws.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="handler">The code.</param>
    public static ShellScope AddExceptionHandler(this ShellScope scope, Func<ShellScope, Exception, Task> handler)
    {
        scope.OnException(handler);
        return scope;
    }
}
