using Microsoft.Extensions.Primitives;
using OrchardCore.Environment.Shell.Scope;

namespace OrchardCore.Environment.Cache;

/// <summary>Tells those who cache something of a tenant, in all processes, that it changed.</summary>
public interface ISignal
{
    /// <summary>A token that changes when the key is signalled. Take it before reading what is to be cached.</summary>
    /// <param name="key">What may change.</param>
    IChangeToken GetToken(string key);

    /// <summary>Changes the tokens of a key at once. A change that is yet to be committed is signalled by <see cref="SignalExtensions.DeferredSignalToken"/>.</summary>
    /// <param name="key">What changed.</param>
    Task SignalTokenAsync(string key);
}

/// <summary>Signals that wait for the commit.</summary>
public static class SignalExtensions
{
    /// <summary>Signals a key when the current scope's changes are stored; does nothing outside of a scope.</summary>
    /// <param name="signal">The signals.</param>
    /// <param name="key">What changes.</param>
    public static void DeferredSignalToken(this ISignal signal, string key)
    {
        // an import changes many items: one signal tells them all
        if (ShellScope.Get((nameof(DeferredSignalToken), key)) is not null) return;
        ShellScope.Set((nameof(DeferredSignalToken), key), true);
        ShellScope.RegisterBeforeDispose(_ => signal.SignalTokenAsync(key), last: true);
    }
}
