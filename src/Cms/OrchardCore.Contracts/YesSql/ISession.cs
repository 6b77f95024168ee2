namespace YesSql;

/// <summary>A unit of work on documents: changes are collected and written together by <see cref="SaveChangesAsync"/>.</summary>
public interface ISession : IDisposable, IAsyncDisposable
{
    /// <summary>Marks a document to be stored. A new one gets its identifier when it is flushed.</summary>
    /// <param name="obj">The document.</param>
    /// <param name="checkConcurrency">Refuse to overwrite a version that another session has stored since this one was loaded (<see cref="ConcurrencyException"/>).</param>
    /// <param name="collection">The collection; only the default one (null) exists here.</param>
    Task SaveAsync(object obj, bool checkConcurrency = false, string? collection = null);

    /// <summary>Marks a document that this session loaded or saved to be deleted, with its index records.</summary>
    void Delete(object item, string? collection = null);

    /// <summary>Forgets a document, so that it is read again on the next load and changes to it are not stored.</summary>
    void Detach(object item, string? collection = null);

    /// <summary>Forgets several documents; see <see cref="Detach(object, string)"/>.</summary>
    void Detach(IEnumerable<object> entries, string? collection = null);

    /// <summary>Loads documents by identifier, in the order asked for; unknown ones are left out.</summary>
    Task<IEnumerable<T>> GetAsync<T>(long[] ids, string? collection = null) where T : class;

    /// <summary>Starts a query.</summary>
    IQuery Query(string? collection = null);

    /// <summary>Writes pending changes within the open transaction without committing it.</summary>
    Task FlushAsync();

    /// <summary>Writes pending changes and commits.</summary>
    Task SaveChangesAsync();

    /// <summary>Drops pending changes and rolls the transaction back; the session can't be used to write afterwards.</summary>
    Task CancelAsync();
}
