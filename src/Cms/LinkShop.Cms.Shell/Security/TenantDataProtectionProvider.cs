using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Security;

/// <summary>
/// Adds the tenant to every purpose at the moment of use, so that even a framework singleton that keeps its protector
/// cannot read with one tenant what another one wrote.
/// </summary>
internal sealed class TenantDataProtectionProvider(HostDataProtection host) : IDataProtectionProvider
{
    public IDataProtector CreateProtector(string purpose) => new TenantDataProtector(host.Provider, [purpose]);
}

/// <summary>The host's provider, under a type of its own because blueprints replace the usual one.</summary>
internal sealed class HostDataProtection(IDataProtectionProvider provider)
{
    internal IDataProtectionProvider Provider { get; } = provider;
}

internal sealed class TenantDataProtector(IDataProtectionProvider host, string[] purposes) : IDataProtector
{
    private readonly ConcurrentDictionary<string, IDataProtector> _protectors = new(StringComparer.Ordinal);

    public IDataProtector CreateProtector(string purpose) => new TenantDataProtector(host, [.. purposes, purpose]);

    public byte[] Protect(byte[] plaintext) => Current.Protect(plaintext);

    public byte[] Unprotect(byte[] protectedData) => Current.Unprotect(protectedData);

    private IDataProtector Current
    {
        get
        {
            var settings = ShellScope.Context?.Settings;
            // the id stays when a tenant is renamed and differs when a new one takes an old one's name
            var tenant = settings is null ? "" : settings.TenantId ?? settings.Name;
            return _protectors.GetOrAdd(tenant, key => host.CreateProtector(["tenant:" + key, .. purposes]));
        }
    }
}
