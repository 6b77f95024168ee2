using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Support;

/// <summary>A stored ticket; in lists with its latest message.</summary>
internal sealed class TicketRow
{
    private const int Excerpt = 120;

    private const string Columns = """
        t.id, t.order_id, t.category, t.state, t.contact_hash, t.contact, t.user_id, t.password_hash, t.culture, t.assignee, t.messages, t.unread, t.created_at, t.changed_at, t.waiting_since
        """;

    public const string ById = $"select {Columns} from ticket t where t.tenant = @tenant and t.id = @ticketId";

    /// <summary>Ends with <c>where t.tenant = @tenant</c>: conditions follow.</summary>
    public const string List = $"""
        select {Columns}, m.text from ticket t join ticket_message m on m.tenant = t.tenant and m.ticket_id = t.id and m.number = t.messages where t.tenant = @tenant
        """;

    public const string OfOrder = List + " and t.order_id = @orderId order by t.id desc limit 50";

    public string Id { get; init; } = "";
    public string? OrderId { get; init; }
    public TicketCategory Category { get; init; }
    public TicketState State { get; init; }
    public byte[]? ContactHash { get; init; }
    public byte[]? Contact { get; init; }
    public string? UserId { get; init; }
    public byte[]? PasswordHash { get; init; }
    public string Culture { get; init; } = "";
    public string? Assignee { get; init; }
    public int Messages { get; init; }
    public int Unread { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
    public DateTimeOffset? WaitingSince { get; init; }
    public byte[]? Text { get; init; }

    public static Task<TicketRow?> LockAndReadAsync(ICommerceConnection connection, string ticketId) =>
        connection.QuerySingleOrDefaultAsync<TicketRow>(ById + connection.ForUpdate(), new { ticketId });

    public static string TokenOf(ITenantCipher cipher, string ticketId) => Base64Url.EncodeToString(cipher.Fingerprint("ticket:" + ticketId));

    public bool Allows(TicketAccess access, ITenantCipher cipher) =>
        access.IsStaff
        || (access.Token is { } token && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(TokenOf(cipher, Id)), Encoding.UTF8.GetBytes(token)))
        || (access.UserId is { } user && UserId == user);

    public string? ContactIn(ITenantCipher cipher) => Contact is null ? null : cipher.Decrypt(Contact);

    public TicketSummary Summary(ITenantCipher cipher)
    {
        var text = Text is null ? "" : cipher.Decrypt(Text);
        var last = text.Length <= Excerpt ? text : text[..Excerpt] + "…";
        return new TicketSummary(Id, OrderId, TokenOf(cipher, Id), Category, State, ContactIn(cipher), Assignee, Messages, Unread, last, ChangedAt, WaitingSince);
    }

    public TicketView View(ITenantCipher cipher, IReadOnlyList<MessageRow> messages, bool forStaff)
    {
        var contact = ContactIn(cipher);
        return new TicketView(
            Id, OrderId, Category, State, contact is null || forStaff ? contact : Ordering.Contact.Mask(contact), UserId, Assignee, CreatedAt, WaitingSince,
            [.. messages.Select(m => new TicketMessage(m.Number, m.Author, m.Actor, cipher.Decrypt(m.Text), m.At, m.Pictures))]);
    }
}

/// <summary>A stored message.</summary>
internal sealed record MessageRow(string TicketId, int Number, TicketAuthor Author, string? Actor, byte[] Text, DateTimeOffset At, int Pictures)
{
    private const string Select = """
        select m.ticket_id, m.number, m.author, m.actor, m.text, m.at,
          (select count(*) from ticket_picture p where p.tenant = m.tenant and p.ticket_id = m.ticket_id and p.number = m.number) as pictures
        from ticket_message m where m.tenant = @tenant
        """;

    public const string OfTicket = Select + " and m.ticket_id = @ticketId order by m.number";

    public const string One = Select + " and m.ticket_id = @ticketId and m.number = @number";

    public const string OfOrder = Select + " and m.ticket_id in (select t.id from ticket t where t.tenant = @tenant and t.order_id = @orderId) order by m.at, m.ticket_id, m.number";
}

/// <summary>A message that is ready to be stored: encrypting takes time that a write must not.</summary>
internal sealed record SealedMessage(string Id, byte[] Text, byte[]? AddressHash, IReadOnlyList<(PictureKind Kind, int Size, byte[] Content)> Pictures)
{
    private const string Insert = """
        insert into ticket_message (tenant, id, ticket_id, number, author, actor, text, address_hash, at) values (@tenant, @id, @ticketId, @number, @author, @actor, @text, @addressHash, @now)
        """;

    private const string InsertPicture = """
        insert into ticket_picture (tenant, ticket_id, number, position, kind, size, content) values (@tenant, @ticketId, @number, @position, @kind, @size, @content)
        """;

    public static SealedMessage Of(MessageDraft draft, ITenantCipher cipher) => new(
        draft.Id, cipher.Encrypt(draft.Text.Trim()), Ordering.Contact.HashAddress(cipher, draft.ClientAddress),
        [.. draft.Pictures.Select(p => (PictureKinds.Of(p)!.Value, p.Length, cipher.Encrypt(p)))]);

    public void Add(ICommerceConnection connection, string ticketId, int number, TicketAuthor author, string? actor, DateTimeOffset now)
    {
        connection.Defer(Insert, new { Id, ticketId, number, author, actor, Text, AddressHash, now });
        for (var i = 0; i < Pictures.Count; i++)
            connection.Defer(InsertPicture, new { ticketId, number, position = i + 1, kind = Pictures[i].Kind, size = Pictures[i].Size, content = Pictures[i].Content });
    }
}
