using YesSql.Indexes;

namespace OrchardCore.Users.Indexes;

/// <summary>Finds users by id, name and e-mail address.</summary>
public class UserIndex : MapIndex
{
    /// <summary>The number of the user's document.</summary>
    public long DocumentId { get; set; }

    /// <summary>The unique id.</summary>
    public string UserId { get; set; } = "";

    /// <summary>The name as look-ups compare it.</summary>
    public string? NormalizedUserName { get; set; }

    /// <summary>The address as look-ups compare it.</summary>
    public string? NormalizedEmail { get; set; }

    /// <summary>Whether the user may sign in.</summary>
    public bool IsEnabled { get; set; }
}
