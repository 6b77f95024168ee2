using System.Diagnostics;
using LinkShop.Cms;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell.Builders;

namespace OrchardCore.Environment.Shell.Scope;

/// <summary>A piece of work on one tenant: a request, a background task, a recipe step. Carries the tenant along the asynchronous flow.</summary>
public sealed partial class ShellScope : IServiceScope, IAsyncDisposable
{
    private static readonly AsyncLocal<Holder?> _current = new();

    private readonly AsyncServiceScope _serviceScope;
    private Dictionary<object, object?>? _items;
    private bool _disposed;

    /// <summary>Opens a scope.</summary>
    /// <param name="shellContext">The tenant.</param>
    public ShellScope(ShellContext shellContext)
        : this(shellContext, shellContext.TryAddRef())
    {
    }

    private ShellScope(ShellContext shellContext, bool counted, bool isBackground = false)
    {
        ObjectDisposedException.ThrowIf(!counted, shellContext);
        if (!isBackground) shellContext.UsedAt = Stopwatch.GetTimestamp();
        ShellContext = shellContext;
        try
        {
            _serviceScope = shellContext.ServiceProvider.CreateAsyncScope();
        }
        catch
        {
            shellContext.RemoveRef();
            throw;
        }
        if (ServiceProvider.GetService<CurrentShellScope>() is { } holder) holder.Scope = this;
    }

    /// <summary>The tenant.</summary>
    public ShellContext ShellContext { get; }

    /// <summary>The services of this scope.</summary>
    public IServiceProvider ServiceProvider => _serviceScope.ServiceProvider;

    /// <summary>The scope of the running code; null outside of one.</summary>
    public static ShellScope? Current => _current.Value?.Scope;

    /// <summary>The tenant of the running code; null outside of a scope.</summary>
    public static ShellContext? Context => Current?.ShellContext;

    /// <summary>The services of the running code's scope; null outside of one.</summary>
    public static IServiceProvider? Services => Current?.ServiceProvider;

    /// <summary>Keeps a value for the rest of the current scope; does nothing outside of one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public static void Set(object key, object? value)
    {
        if (Current is { } scope) (scope._items ??= [])[key] = value;
    }

    /// <summary>A value kept in the current scope; null when there is none.</summary>
    /// <param name="key">The key.</param>
    public static object? Get(object key) => Current?._items?.GetValueOrDefault(key);

    /// <summary>A value kept in the current scope; the default when there is none of that type.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">The key.</param>
    public static T? Get<T>(object key) => Get(key) is T value ? value : default;

    /// <summary>A value kept in the current scope, made when missing.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="factory">Makes it.</param>
    public static T GetOrCreate<T>(object key, Func<T> factory)
    {
        if (Get(key) is T value) return value;
        value = factory();
        Set(key, value);
        return value;
    }

    /// <summary>Makes this the current scope for the code that follows.</summary>
    public void StartAsyncFlow() => _current.Value = new Holder { Scope = this };

    /// <summary>Runs code in this scope, then its before-dispose callbacks, then its deferred tasks, and ends the scope.</summary>
    /// <param name="execute">The code.</param>
    /// <param name="activateShell">False to leave out the tenant events.</param>
    public async Task UsingAsync(Func<ShellScope, Task> execute, bool activateShell = true)
    {
        if (Current == this)
        {
            await execute(this);
            return;
        }
        await using (this)
        {
            StartAsyncFlow();
            try
            {
                if (activateShell && !ShellContext.IsActivated) await ActivateAsync();
                await execute(this);
            }
            catch (Exception e)
            {
                // an outer error page must still be able to write the response
                Stored = null;
                await HandleExceptionAsync(e);
                throw;
            }
            finally
            {
                await EndAsync();
            }
        }
    }

    /// <summary>Runs code in a new scope on the current tenant.</summary>
    /// <param name="execute">The code.</param>
    /// <param name="activateShell">False to leave out the tenant events.</param>
    public static async Task UsingChildScopeAsync(Func<ShellScope, Task> execute, bool activateShell = true)
        => await (await HostOf(Required).GetScopeAsync(Required.ShellContext.Settings)).UsingAsync(execute, activateShell);

    /// <summary>Runs code in a new scope on another tenant.</summary>
    /// <param name="settings">The tenant.</param>
    /// <param name="execute">The code.</param>
    /// <param name="activateShell">False to leave out the tenant events.</param>
    public static async Task UsingChildScopeAsync(ShellSettings settings, Func<ShellScope, Task> execute, bool activateShell = true)
        => await (await HostOf(Required).GetScopeAsync(settings)).UsingAsync(execute, activateShell);

    /// <summary>Runs code in a new scope on another tenant.</summary>
    /// <param name="tenant">The tenant's name.</param>
    /// <param name="execute">The code.</param>
    /// <param name="activateShell">False to leave out the tenant events.</param>
    public static async Task UsingChildScopeAsync(string tenant, Func<ShellScope, Task> execute, bool activateShell = true)
        => await (await HostOf(Required).GetScopeAsync(tenant)).UsingAsync(execute, activateShell);

    /// <inheritdoc />
    public void Dispose()
    {
        if (!TryEnd()) return;
        _serviceScope.Dispose();
        ShellContext.RemoveRef();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!TryEnd()) return;
        try
        {
            await _serviceScope.DisposeAsync();
        }
        finally
        {
            ShellContext.RemoveRef();
        }
    }

    private static ShellScope Required => Current ?? throw new InvalidOperationException("There is no current tenant.");

    private static IShellHost HostOf(ShellScope scope) => scope.ServiceProvider.GetRequiredService<IShellHost>();

    private bool TryEnd()
    {
        if (_disposed) return false;
        _disposed = true;
        // code that was started here and not awaited must not go on with a scope that is gone
        if (_current.Value is { } holder && holder.Scope == this) holder.Scope = null;
        return true;
    }

    /// <summary>Opens a scope; null when the context has ended.</summary>
    /// <param name="context">The tenant.</param>
    /// <param name="isBackground">True for a look that doesn't count as use.</param>
    internal static ShellScope? TryOpen(ShellContext context, bool isBackground = false) => context.TryAddRef() ? new ShellScope(context, true, isBackground) : null;

    /// <summary>Leaves the current scope until the result is disposed, in synchronous code or the rest of an asynchronous method.</summary>
    internal static Suppression Suppress()
    {
        var suppression = new Suppression(_current.Value);
        if (_current.Value is not null) _current.Value = null;
        return suppression;
    }

    internal readonly struct Suppression : IDisposable
    {
        private readonly object? _holder;

        internal Suppression(object? holder) => _holder = holder;

        public void Dispose()
        {
            if (_holder is not null) _current.Value = (Holder)_holder;
        }
    }

    private sealed class Holder
    {
        internal ShellScope? Scope;
    }
}
