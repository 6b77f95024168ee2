using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using YesSql;

namespace LinkShop.Cms.Admin.Documents;

/// <summary>The one document of type <typeparamref name="T"/> that a tenant has; its default when it was never saved.</summary>
internal sealed class TenantDocuments<T>(ISession session, ShellSettings tenant, TenantDocumentCache cache) where T : class, new()
{
    private T? _loaded;
    private bool _isSaved;

    /// <summary>The document to read. It is shared between requests, so it must not be changed.</summary>
    public async Task<T> GetAsync()
    {
        // What this scope changed is not in the shared copy yet.
        if (_loaded is not null) return _loaded;
        if (cache.Find<T>(tenant.Name) is { } shared) return shared;
        var document = await session.Query<T>().FirstOrDefaultAsync();
        if (document is not null) session.Detach(document);
        document ??= new T();
        cache.Set(tenant.Name, document);
        return document;
    }

    /// <summary>The document to change and hand to <see cref="UpdateAsync"/>.</summary>
    public async Task<T> LoadAsync()
    {
        if (_loaded is not null) return _loaded;
        var document = await session.Query<T>().FirstOrDefaultAsync();
        _isSaved = document is not null;
        return _loaded = document ?? new T();
    }

    public async Task UpdateAsync(T document)
    {
        _loaded = document;
        await session.SaveAsync(document, checkConcurrency: _isSaved);
        _isSaved = true;
        var (name, shared) = (tenant.Name, cache);
        shared.Remove<T>(name);
        // Another request may have read the old state again until this one commits.
        if (ShellScope.Current is not null)
        {
            ShellScope.AddDeferredTask(_ =>
            {
                shared.Remove<T>(name);
                return Task.CompletedTask;
            });
        }
    }
}
