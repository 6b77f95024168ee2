namespace LinkShop.Http;

/// <summary>What accounts are called, for people who read: what is stored are ids, as a name may change hands.</summary>
public interface IAccountNames
{
    /// <summary>The names by id, in one query; the id itself where there is no such account any more.</summary>
    /// <param name="ids">Ids; empty ones and null stand for themselves and for nothing.</param>
    Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<string?> ids);
}
