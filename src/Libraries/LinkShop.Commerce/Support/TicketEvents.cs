namespace LinkShop.Commerce.Support;

/// <summary>Names of the outbox events of tickets; the payload is a <see cref="TicketEvent"/>.</summary>
public static class TicketEvents
{
    /// <summary>A buyer wrote.</summary>
    public const string Asked = "TicketAsked";
    /// <summary>The shop wrote.</summary>
    public const string Answered = "TicketAnswered";
}

/// <summary>Payload of the outbox events of tickets.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Number">Number of the message.</param>
public sealed record TicketEvent(string TicketId, int Number);
