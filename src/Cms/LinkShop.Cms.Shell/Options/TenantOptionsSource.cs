using System.Collections.Concurrent;
using LinkShop.Cms.Shell.Blueprints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Options;

/// <summary>
/// Decides once per options type whether its values are the same for all tenants of the blueprint or each tenant's own. They are a tenant's own
/// when something that configures them cannot be had without a tenant. Those values live in the tenant's <see cref="ShellContext"/> and go with it.
/// </summary>
internal sealed class TenantOptionsSource<TOptions>(IServiceProvider root, BlueprintRoot blueprint)
    where TOptions : class
{
    private readonly ConcurrentDictionary<string, Lazy<TOptions>> _shared = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile bool _perTenant;

    internal bool IsPerTenant => _perTenant;

    internal TOptions Get(string name)
    {
        if (!_perTenant)
        {
            if (_shared.TryGetValue(name, out var shared)) return shared.Value;
            if (TryCreateShared(name, out var value)) return value;
        }
        var context = ShellScope.Context is { } current && blueprint.Owns(current)
            ? current
            : throw new InvalidOperationException($"The options '{typeof(TOptions)}' depend on the tenant, and there is no current tenant.");
        return (TOptions)context.Items.GetOrAdd((typeof(TOptions), name), static key => Create(ShellScope.Services!, ((ValueTuple<Type, string>)key).Item2));
    }

    internal void Forget(string name) => _shared.TryRemove(name, out _);

    private bool TryCreateShared(string name, out TOptions value)
    {
        var hasTenant = ShellScope.Current is not null;
        lock (_lock)
        {
            value = null!;
            if (_perTenant) return false;
            if (!_shared.TryGetValue(name, out var shared))
            {
                try
                {
                    // without a tenant, so that nothing of the first tenant that comes along gets into what all share
                    TOptions made;
                    using (ShellScope.Suppress()) made = Create(root, name);
                    shared = _shared.GetOrAdd(name, new Lazy<TOptions>(made));
                }
                catch (Exception e) when (hasTenant && e is not OptionsValidationException)
                {
                    // the same error appears again below if the tenant was not the reason
                    _perTenant = true;
                    return false;
                }
            }
            value = shared.Value;
            return true;
        }
    }

    private static TOptions Create(IServiceProvider services, string name) => services.GetRequiredService<IOptionsFactory<TOptions>>().Create(name);
}
