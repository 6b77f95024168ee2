namespace LinkShop.Http;

/// <summary>Whom mails about a tenant's work go to. A tenant whose people aren't known that way has none of these services.</summary>
public interface IDeskMail
{
    /// <summary>The addresses now.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<DeskMail> GetAsync(CancellationToken cancellationToken = default);
}

/// <summary>Addresses that mails about a tenant's work go to, each separated by commas.</summary>
/// <param name="Chosen">Those that its people chose, or null.</param>
/// <param name="Default">Where they go when nobody chose, or null.</param>
public sealed record DeskMail(string? Chosen, string? Default);
