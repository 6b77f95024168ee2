using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Support;

/// <summary>A message that somebody sends.</summary>
public sealed record MessageDraft
{
    /// <summary>Made with the form, so that sending it twice is one message. 1 to 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The text, up to 4,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>Up to three PNG, JPEG, GIF or WebP files of up to 2 MB.</summary>
    public IReadOnlyList<byte[]> Pictures { get; init; } = [];

    /// <summary>Network address of the one who writes, for the limit per address; may be null.</summary>
    public string? ClientAddress { get; init; }
}

/// <summary>A ticket that a buyer opens: about an order, which the caller has seen the buyer may open, or general.</summary>
public sealed record TicketDraft
{
    /// <summary>The first message.</summary>
    public required MessageDraft Message { get; init; }

    /// <summary>What it is about.</summary>
    public required TicketCategory Category { get; init; }

    /// <summary>The order; null for a general ticket.</summary>
    public string? OrderId { get; init; }

    /// <summary>Of a general ticket: e-mail address or phone number. A guest needs one.</summary>
    public string? Contact { get; init; }

    /// <summary>Of a general ticket: what opens it later, 4 to 64 characters. A guest needs one.</summary>
    public string? LookupPassword { get; init; }

    /// <summary>Of a general ticket: id of the signed-in buyer, or null.</summary>
    public string? UserId { get; init; }

    /// <summary>Language of mails.</summary>
    public required string Culture { get; init; }
}

/// <summary>By which right somebody opens a ticket. A wrong one and a ticket that doesn't exist are told apart by nobody.</summary>
public sealed record TicketAccess
{
    private TicketAccess() { }

    internal string? Token { get; private init; }

    internal string? UserId { get; private init; }

    internal bool IsStaff { get; private init; }

    /// <summary>The caller has checked the permission.</summary>
    public static TicketAccess Staff { get; } = new() { IsStaff = true };

    /// <summary>By the token given on opening and in mails.</summary>
    /// <param name="token">The token.</param>
    public static TicketAccess ByToken(string token) => new() { Token = token };

    /// <summary>By being the buyer. The caller has authenticated the user.</summary>
    /// <param name="userId">Id of the signed-in user.</param>
    public static TicketAccess ByUser(string userId) => new() { UserId = userId };
}

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

/// <summary>Settings of tickets, from configuration section <c>LinkShop:Support</c>.</summary>
public sealed class SupportOptions
{
    /// <summary>Most messages of buyers from one network address in an hour in a tenant.</summary>
    public int MaxPerAddressPerHour { get; set; } = 30;

    /// <summary>Most messages of buyers about one order, or in one general ticket, in an hour.</summary>
    public int MaxPerOrderPerHour { get; set; } = 20;

    /// <summary>Most open tickets of one order or one contact at a time.</summary>
    public int MaxOpen { get; set; } = 5;
}
