using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Support;

/// <summary>A message.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Actor">User name of staff; null of the buyer.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When.</param>
/// <param name="Pictures">How many pictures it has: they are numbered from 1.</param>
public sealed record TicketMessage(int Number, TicketAuthor Author, string? Actor, string Text, DateTimeOffset At, int Pictures);

/// <summary>A conversation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrderId">The order it is about, or null.</param>
/// <param name="Category">What it is about.</param>
/// <param name="State">Whose turn it is.</param>
/// <param name="Contact">The buyer's contact in full for staff, masked for the buyer; may be null.</param>
/// <param name="UserId">The signed-in buyer, or null.</param>
/// <param name="Assignee">User name of who looks after it, or null.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="WaitingSince">Since when the buyer waits, or null.</param>
/// <param name="Messages">Oldest first.</param>
public sealed record TicketView(
    string Id, string? OrderId, TicketCategory Category, TicketState State, string? Contact, string? UserId, string? Assignee, DateTimeOffset CreatedAt, DateTimeOffset? WaitingSince,
    IReadOnlyList<TicketMessage> Messages)
{
    /// <summary>Number of the order, as people read it out, or null.</summary>
    public string? OrderNumber => OrderId is null ? null : Ordering.OrderNumber.Of(OrderId);
}

/// <summary>A ticket in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="OrderId">The order it is about, or null.</param>
/// <param name="Token">Opens it. Not for staff's pages.</param>
/// <param name="Category">What it is about.</param>
/// <param name="State">Whose turn it is.</param>
/// <param name="Contact">The buyer's contact in full, or null.</param>
/// <param name="Assignee">User name of who looks after it, or null.</param>
/// <param name="Messages">How many messages it has.</param>
/// <param name="Unread">Answers the buyer hasn't opened.</param>
/// <param name="Last">Beginning of the latest message.</param>
/// <param name="ChangedAt">When that was written, or it was closed.</param>
/// <param name="WaitingSince">Since when the buyer waits, or null.</param>
public sealed record TicketSummary(
    string Id, string? OrderId, string Token, TicketCategory Category, TicketState State, string? Contact, string? Assignee, int Messages, int Unread, string Last,
    DateTimeOffset ChangedAt, DateTimeOffset? WaitingSince)
{
    /// <summary>Number of the order, as people read it out, or null.</summary>
    public string? OrderNumber => OrderId is null ? null : Ordering.OrderNumber.Of(OrderId);
}

/// <summary>A ticket that was opened.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Token">Opens it again.</param>
public sealed record TicketReceipt(string Id, string Token);

/// <summary>A picture of a message.</summary>
/// <param name="ContentType">What its content is, found by looking at it.</param>
/// <param name="Extension">Of a file's name, with the dot.</param>
/// <param name="Content">The bytes as they were sent.</param>
public sealed record TicketPicture(string ContentType, string Extension, byte[] Content);
