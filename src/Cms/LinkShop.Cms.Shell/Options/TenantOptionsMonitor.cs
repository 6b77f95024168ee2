using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LinkShop.Cms.Shell.Options;

/// <summary>Options by name, which follow the configuration's reloads as long as they are shared by all tenants.</summary>
internal sealed class TenantOptionsMonitor<TOptions> : IOptionsMonitor<TOptions>, IDisposable
    where TOptions : class
{
    private readonly TenantOptionsSource<TOptions> _source;
    private readonly List<IDisposable> _registrations = [];
    private event Action<TOptions, string?>? Changed;

    public TenantOptionsMonitor(TenantOptionsSource<TOptions> source, IEnumerable<IOptionsChangeTokenSource<TOptions>> changes)
    {
        _source = source;
        foreach (var change in changes) _registrations.Add(ChangeToken.OnChange(change.GetChangeToken, Reload, change.Name));
    }

    public TOptions CurrentValue => _source.Get(Microsoft.Extensions.Options.Options.DefaultName);

    public TOptions Get(string? name) => _source.Get(name ?? Microsoft.Extensions.Options.Options.DefaultName);

    public IDisposable OnChange(Action<TOptions, string?> listener)
    {
        Changed += listener;
        return new Registration(() => Changed -= listener);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void Reload(string? name)
    {
        name ??= Microsoft.Extensions.Options.Options.DefaultName;
        _source.Forget(name);
        if (!_source.IsPerTenant) Changed?.Invoke(_source.Get(name), name);
    }

    private sealed class Registration(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
