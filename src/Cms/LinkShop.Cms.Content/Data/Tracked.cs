using YesSql;

namespace LinkShop.Cms.Content.Data;

/// <summary>A document that a session knows.</summary>
internal sealed class Tracked(object entity, long id)
{
    public object Entity => entity;

    public long Id => id;

    /// <summary>The stored text; null for a document that isn't stored yet.</summary>
    public string? Content { get; set; }

    public long Version { get; set; }

    public bool CheckConcurrency { get; set; }

    public Document ToDocument(string type) => new() { Id = Id, Type = type, Content = Content ?? "", Version = Version };
}

/// <summary>The documents that a session knows, by identifier and by object.</summary>
internal sealed class IdentityMap
{
    private readonly Dictionary<long, Tracked> _byId = [];
    private readonly Dictionary<object, Tracked> _byEntity = new(ReferenceEqualityComparer.Instance);

    public Tracked? Find(long id) => _byId.GetValueOrDefault(id);

    public Tracked? Find(object entity) => _byEntity.GetValueOrDefault(entity);

    public Tracked Add(Tracked tracked)
    {
        _byId[tracked.Id] = tracked;
        _byEntity[tracked.Entity] = tracked;
        return tracked;
    }

    public void Remove(Tracked tracked)
    {
        _byId.Remove(tracked.Id);
        _byEntity.Remove(tracked.Entity);
    }
}
