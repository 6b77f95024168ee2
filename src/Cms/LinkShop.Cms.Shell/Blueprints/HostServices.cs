using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LinkShop.Cms.Shell.Blueprints;

/// <summary>The host's registrations as seen from inside a blueprint: its singletons are the host's own instances.</summary>
internal sealed class HostServices(IServiceCollection descriptors)
{
    private static readonly HashSet<Type> _left =
    [
        typeof(IHostedService), typeof(IStartupFilter), typeof(IMemoryCache), typeof(IDataProtectionProvider),
        typeof(IOptions<>), typeof(IOptionsSnapshot<>), typeof(IOptionsMonitor<>), typeof(IOptionsFactory<>), typeof(IOptionsMonitorCache<>),
        typeof(IConfigureOptions<RouteOptions>),
    ];

    internal void CopyTo(IServiceCollection target, IServiceProvider host)
    {
        foreach (var group in descriptors.Where(d => !IsLeft(d)).GroupBy(d => (d.ServiceType, d.ServiceKey)))
        {
            var all = group.ToArray();
            object?[]? instances = null;
            for (var i = 0; i < all.Length; i++)
            {
                var descriptor = all[i];
                var copyAsIs = descriptor.Lifetime != ServiceLifetime.Singleton || descriptor.ServiceType.IsGenericTypeDefinition
                    || (descriptor.IsKeyedService ? descriptor.KeyedImplementationInstance : descriptor.ImplementationInstance) is not null;
                if (copyAsIs)
                {
                    target.Add(descriptor);
                    continue;
                }
                instances ??= Resolve(host, descriptor);
                // as an instance, so that the blueprint's end does not dispose what is the host's
                if (i < instances.Length && instances[i] is { } instance) target.Add(new ServiceDescriptor(descriptor.ServiceType, descriptor.ServiceKey, instance));
            }
        }
    }

    private static object?[] Resolve(IServiceProvider host, ServiceDescriptor descriptor)
        => [.. descriptor.IsKeyedService ? host.GetKeyedServices(descriptor.ServiceType, descriptor.ServiceKey) : host.GetServices(descriptor.ServiceType)];

    private static bool IsLeft(ServiceDescriptor descriptor)
    {
        if (_left.Contains(descriptor.ServiceType)) return true;
        var home = descriptor.ServiceType.Assembly.GetName().Name!;
        // routing keeps one global list of endpoints per container, so each blueprint has its own
        return home.StartsWith("Microsoft.AspNetCore.Routing", StringComparison.Ordinal)
            || home.StartsWith("Microsoft.AspNetCore.Server.", StringComparison.Ordinal)
            || home.StartsWith("Microsoft.AspNetCore.Connections.", StringComparison.Ordinal);
    }
}
