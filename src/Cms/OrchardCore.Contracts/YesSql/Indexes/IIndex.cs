namespace YesSql.Indexes;

/// <summary>A record that a document is found by.</summary>
public interface IIndex
{
    /// <summary>The identifier of the record.</summary>
    long Id { get; set; }
}

/// <summary>An index record of one document.</summary>
public abstract class MapIndex : IIndex
{
    /// <summary>The identifier of the record.</summary>
    public long Id { get; set; }
}

/// <summary>An index record that sums up several documents.</summary>
public abstract class ReduceIndex : IIndex
{
    /// <summary>The identifier of the record.</summary>
    public long Id { get; set; }
}

/// <summary>Says which index records a type of documents has.</summary>
public interface IIndexProvider
{
    /// <summary>Describes the indexes.</summary>
    void Describe(IDescriptor context);

    /// <summary>The type of documents.</summary>
    Type ForType();

    /// <summary>The collection; only the default one (null) exists here.</summary>
    string? CollectionName { get; set; }
}

/// <summary>Base class of index providers.</summary>
public abstract class IndexProvider<T> : IIndexProvider
{
    /// <inheritdoc/>
    public string? CollectionName { get; set; }

    /// <inheritdoc/>
    public Type ForType() => typeof(T);

    /// <summary>Describes the indexes of <typeparamref name="T"/>.</summary>
    public abstract void Describe(DescribeContext<T> context);

    void IIndexProvider.Describe(IDescriptor context) => Describe((DescribeContext<T>)context);
}
