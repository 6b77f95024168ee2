using OrchardCore.Data;
using YesSql.Indexes;

namespace LinkShop.Cms.Content.Data;

/// <summary>The indexes of a blueprint: which types of records exist, and how documents of a type are mapped. One per container, without tenant state.</summary>
internal sealed class IndexCatalog
{
    private readonly IndexDescriptor[] _shared;
    private readonly Dictionary<Type, bool> _indexTypes = [];

    /// <param name="providers">The providers shared by all requests.</param>
    /// <param name="scopedProviders">The providers of one request: only their types of records are remembered.</param>
    public IndexCatalog(IEnumerable<IIndexProvider> providers, IEnumerable<IScopedIndexProvider> scopedProviders)
    {
        _shared = [.. providers.SelectMany(Describe)];
        foreach (var descriptor in _shared.Concat(scopedProviders.SelectMany(Describe)))
            _indexTypes[descriptor.IndexType] = descriptor.IsSingle && (!_indexTypes.TryGetValue(descriptor.IndexType, out var single) || single);
        Key = string.Join('|', _indexTypes.Keys.Select(type => type.AssemblyQualifiedName).Order(StringComparer.Ordinal));
    }

    /// <summary>Equal for catalogs with the same types of records, so that they share one database model.</summary>
    public string Key { get; }

    public IEnumerable<Type> IndexTypes => _indexTypes.Keys;

    /// <summary>Whether a document has at most one record of the type.</summary>
    public bool IsSingle(Type indexType) => _indexTypes.GetValueOrDefault(indexType);

    public bool Knows(Type indexType) => _indexTypes.ContainsKey(indexType);

    public IEnumerable<IndexDescriptor> For(Type documentType, IEnumerable<IScopedIndexProvider> scoped) =>
        _shared.Concat(scoped.Where(provider => provider.ForType().IsAssignableFrom(documentType)).SelectMany(Describe))
            .Where(descriptor => descriptor.Type.IsAssignableFrom(documentType));

    private static IEnumerable<IndexDescriptor> Describe(IIndexProvider provider)
    {
        var context = (IDescriptor)Activator.CreateInstance(typeof(DescribeContext<>).MakeGenericType(provider.ForType()))!;
        provider.Describe(context);
        return context.Describe(provider.ForType());
    }
}
