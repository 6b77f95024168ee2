namespace LinkShop.Commerce.Announcements;

/// <summary>How loud an announcement is.</summary>
public enum AnnouncementLevel
{
    /// <summary>Good to know.</summary>
    Info,
    /// <summary>Something is going to change or fail.</summary>
    Warning,
    /// <summary>Something has failed.</summary>
    Danger,
}

/// <summary>What the platform tells all shops.</summary>
/// <param name="Id">Its id.</param>
/// <param name="TextZh">In Chinese, 1 to 500 characters.</param>
/// <param name="TextEn">In English, up to 500 characters; empty when it is only said in Chinese.</param>
/// <param name="Level">How loud.</param>
/// <param name="StartsAt">From when it is shown.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="Actor">User name of who published it.</param>
public sealed record Announcement(string Id, string TextZh, string TextEn, AnnouncementLevel Level, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Actor)
{
    /// <summary>The text in a language.</summary>
    /// <param name="culture">Name of the culture.</param>
    public string TextIn(string culture) => TextEn.Length > 0 && !culture.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? TextEn : TextZh;
}

/// <summary>What the platform tells all shops. Publishing is the platform's alone: the caller has checked tenant and permission.</summary>
public interface IAnnouncements
{
    /// <summary>Those of now, loudest first. Costs nothing: they are kept in memory and looked up again every few seconds, once for the whole process.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<Announcement>> CurrentAsync(CancellationToken cancellationToken = default);

    /// <summary>The latest hundred, newest first, also those that are over or to come.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Announcement>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Publishes one.</summary>
    /// <param name="draft">What it says; its id is made here.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>It, or <c>required</c>, <c>too_long</c> or <c>invalid</c> with the field.</returns>
    Task<CommerceResult<Announcement>> PublishAsync(Announcement draft, CancellationToken cancellationToken = default);

    /// <summary>Takes one back; nothing happens when it isn't there.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task WithdrawAsync(string id, CancellationToken cancellationToken = default);
}
