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
