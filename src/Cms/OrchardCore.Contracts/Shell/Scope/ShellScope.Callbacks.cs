using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Modules;

namespace OrchardCore.Environment.Shell.Scope;

public sealed partial class ShellScope
{
    private List<Func<ShellScope, Task>>? _beforeDispose;
    private List<Func<ShellScope, Task>>? _deferred;
    private List<Func<ShellScope, Exception, Task>>? _exceptionHandlers;
    private bool _ending;

    /// <summary>Runs when all is stored, before the deferred tasks and still inside of the scope: lets a request's response reach the client.</summary>
    internal Func<Task>? Stored { get; set; }

    /// <summary>Adds code that runs when the current scope's code has ended, still inside of it; does nothing outside of a scope.</summary>
    /// <param name="callback">The code.</param>
    /// <param name="last">True to run after those already added, false to run before them.</param>
    public static void RegisterBeforeDispose(Func<ShellScope, Task> callback, bool last = false) => Current?.OnEnd(callback, last);

    /// <summary>Adds code that runs in a new scope on the same tenant after the current one has ended; does nothing outside of a scope.</summary>
    /// <param name="task">The code.</param>
    public static void AddDeferredTask(Func<ShellScope, Task> task) => Current?.OnAfter(task);

    /// <summary>Adds code that runs when the current scope's code throws; does nothing outside of a scope.</summary>
    /// <param name="handler">The code.</param>
    public static void AddExceptionHandler(Func<ShellScope, Exception, Task> handler) => Current?.OnException(handler);

    /// <summary>Runs the exception handlers.</summary>
    /// <param name="e">What was thrown.</param>
    public async Task HandleExceptionAsync(Exception e)
    {
        if (_exceptionHandlers is null) return;
        foreach (var handler in _exceptionHandlers) await handler(this, e);
    }

    internal void OnEnd(Func<ShellScope, Task> callback, bool last)
    {
        ThrowIfEnding();
        _beforeDispose ??= [];
        _beforeDispose.Insert(last ? _beforeDispose.Count : 0, callback);
    }

    internal void OnAfter(Func<ShellScope, Task> task)
    {
        ThrowIfEnding();
        (_deferred ??= []).Add(task);
    }

    internal void OnException(Func<ShellScope, Exception, Task> handler)
    {
        ThrowIfEnding();
        (_exceptionHandlers ??= []).Add(handler);
    }

    private void ThrowIfEnding()
    {
        if (_disposed) throw new InvalidOperationException("The scope has ended, so nothing can be added to it.");
    }

    private async Task EndAsync()
    {
        if (_ending) return;
        _ending = true;
        // by index: a callback may add another one
        for (var i = 0; i < (_beforeDispose?.Count ?? 0); i++) await _beforeDispose![i](this);
        if (Stored is { } stored) await stored();
        foreach (var task in _deferred ?? []) await RunDeferredAsync(task);
    }

    private async Task RunDeferredAsync(Func<ShellScope, Task> task)
    {
        var settings = ShellContext.Settings;
        try
        {
            // asked anew for each task: one of them may have moved the tenant to other features
            var scope = await HostOf(this).GetScopeAsync(settings);
            await scope.UsingAsync(task);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            ServiceProvider.GetRequiredService<ILogger<ShellScope>>().LogError(e, "A deferred task of tenant '{Tenant}' failed.", settings.Name);
        }
    }

    private async Task ActivateAsync()
    {
        await ShellContext.ActivationLock.WaitAsync();
        try
        {
            if (ShellContext.IsActivated) return;
            await new ShellScope(ShellContext, ShellContext.TryAddRef(), isBackground: true).UsingAsync(RunActivationAsync, activateShell: false);
            ShellContext.IsActivated = true;
        }
        finally
        {
            ShellContext.ActivationLock.Release();
        }
    }

    private static async Task RunActivationAsync(ShellScope scope)
    {
        var handlers = scope.ServiceProvider.GetServices<IModularTenantEvents>().ToArray();
        foreach (var handler in handlers) await handler.ActivatingAsync();
        for (var i = handlers.Length - 1; i >= 0; i--) await handlers[i].ActivatedAsync();
    }
}
