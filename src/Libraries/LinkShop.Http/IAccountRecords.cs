namespace LinkShop.Http;

/// <summary>
/// What a capability keeps about an account, for its owner: to be shown to them, and to be let go when they delete it. Each capability registers one; each answers for the tenant of the request only.
/// </summary>
public interface IAccountRecords
{
    /// <summary>What is kept, in parts that are read while they are written to the file. Nothing of others is in it, and no secret.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    IEnumerable<AccountSection> Sections(string userId, CancellationToken cancellationToken);

    /// <summary>What is under way, for which the account is still needed.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A sentence and an address for each; empty when nothing is.</returns>
    Task<IReadOnlyList<OpenMatter>> OpenAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Lets go of what names the person, but for what the law wants kept. Done again it changes nothing: whoever deletes an account and is interrupted does it once more.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ForgetAsync(string userId, CancellationToken cancellationToken);
}

/// <summary>A part of the file.</summary>
/// <param name="Name">Stable name in snake_case.</param>
/// <param name="Entries">Its entries, newest first; read one by one.</param>
public sealed record AccountSection(string Name, IAsyncEnumerable<object> Entries);

/// <summary>Why an account can't be deleted yet.</summary>
/// <param name="Text">A sentence, in the reader's language.</param>
/// <param name="Link">Where it is settled, as a path of the site that begins with <c>~/</c>; null when somebody else has to do it.</param>
/// <param name="LinkText">What the link says; null without one.</param>
public sealed record OpenMatter(string Text, string? Link = null, string? LinkText = null);
