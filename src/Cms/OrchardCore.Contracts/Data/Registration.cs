using Microsoft.Extensions.DependencyInjection;
using YesSql.Indexes;

namespace OrchardCore.Data;

/// <summary>An index provider that needs services of the request.</summary>
public interface IScopedIndexProvider : IIndexProvider
{
}

/// <summary>Registers index providers.</summary>
public static class IndexServiceCollectionExtensions
{
    /// <summary>Registers an index provider that is shared by all requests.</summary>
    public static IServiceCollection AddIndexProvider<TIndexProvider>(this IServiceCollection services)
        where TIndexProvider : class, IIndexProvider => services.AddSingleton<IIndexProvider, TIndexProvider>();

    /// <summary>Registers an index provider that is made for each request.</summary>
    public static IServiceCollection AddScopedIndexProvider<TScopedIndexProvider>(this IServiceCollection services)
        where TScopedIndexProvider : class, IScopedIndexProvider => services.AddScoped<IScopedIndexProvider, TScopedIndexProvider>();
}
