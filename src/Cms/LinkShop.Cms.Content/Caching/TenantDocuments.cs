using LinkShop.Cms.Content.Data;

namespace LinkShop.Cms.Content.Caching;

/// <summary>
/// The one document of a type that a tenant has, such as its content definitions or its site settings: read from a cache, changed through
/// the session. Its identifier follows from tenant and type, so that two processes can't both create it.
/// </summary>
internal sealed class TenantDocuments<T>(DocumentSession session, ContentCache cache, SharedTexts texts) where T : class, new()
{
    /// <summary>For reading only: the object is shared with other requests.</summary>
    public async Task<T> GetAsync()
    {
        if (session.HasUncommitted(typeof(T)))
            return await LoadAsync();
        var stamp = await session.GetStampAsync(typeof(T));
        return await cache.GetOrReadAsync(session.Tenant, typeof(T).FullName!, stamp, ReadAsync);
    }

    /// <summary>For changing: this request's own copy.</summary>
    public async Task<T> LoadAsync() => (await session.GetAsync<T>([Id()])).FirstOrDefault() ?? new T();

    /// <summary>Stores what <see cref="LoadAsync"/> gave; fails when another request has stored a newer one.</summary>
    public Task SaveAsync(T document) => session.SaveAsync(document, Id(), checkConcurrency: true);

    private async Task<(T Value, long Size)> ReadAsync()
    {
        // Not through the session's own objects, which its request may change.
        return texts.Read<T>(await session.ReadAsync(Id()));
    }

    private long Id() => SingleDocuments.Id(session.Tenant, typeof(T).FullName!);
}
