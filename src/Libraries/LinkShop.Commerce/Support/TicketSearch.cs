namespace LinkShop.Commerce.Support;

/// <summary>A search for tickets; all given conditions must hold.</summary>
public sealed record TicketSearch
{
    /// <summary>Order number or id, or the buyer's whole contact; null for all.</summary>
    public string? Text { get; init; }

    /// <summary>One state, or null for all. Open ones come longest waiting first, others by their latest change.</summary>
    public TicketState? State { get; init; }

    /// <summary>User name of who looks after them, or null.</summary>
    public string? Assignee { get; init; }

    /// <summary><see cref="TicketPage.Next"/> of the page before, or null.</summary>
    public string? After { get; init; }

    /// <summary>Tickets per page, 1 to 200.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>A page of found tickets.</summary>
/// <param name="Tickets">The tickets.</param>
/// <param name="Next">Where the next page begins, or null when this is the last.</param>
public sealed record TicketPage(IReadOnlyList<TicketSummary> Tickets, string? Next);

/// <summary>What a mail about a message says: secrets that somebody pasted are masked.</summary>
/// <param name="Ticket">The ticket; its contact is in full.</param>
/// <param name="Token">Opens it.</param>
/// <param name="Culture">The buyer's language.</param>
/// <param name="Text">The message, masked.</param>
public sealed record TicketMail(TicketSummary Ticket, string Token, string Culture, string Text);
