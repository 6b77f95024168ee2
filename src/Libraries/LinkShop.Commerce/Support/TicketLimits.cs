using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Support;

/// <summary>How much buyers may write. Counted in the database, so in all processes together.</summary>
internal sealed class TicketLimits(SupportOptions options)
{
    // a lock on the address, not on rows: the first message has no row yet that two at once could queue for
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended(@tenant || ':' || @subject, 2))";

    private const string ByAddress = "select count(*) from ticket_message where tenant = @tenant and address_hash = @addressHash and at > @since";

    private const string ByOrder = """
        select count(*) from ticket t join ticket_message m on m.tenant = t.tenant and m.ticket_id = t.id where t.tenant = @tenant and t.order_id = @orderId and m.author = 'Buyer' and m.at > @since
        """;

    private const string ByTicket = "select count(*) from ticket_message where tenant = @tenant and ticket_id = @ticketId and author = 'Buyer' and at > @since";

    private const string OpenOf = "select count(*) from ticket where tenant = @tenant and state = 'Open' and ";

    private static readonly CommerceError TooMany = new(CommerceErrors.TooManyAttempts, "Too many messages. Try again later.");

    /// <summary>Refuses a message above a limit. The order's or the ticket's lock is held.</summary>
    public async Task<CommerceError?> CheckAsync(ICommerceConnection connection, SealedMessage message, string? orderId, string? ticketId, DateTimeOffset now)
    {
        var since = now.AddHours(-1);
        if (message.AddressHash is { } addressHash)
        {
            if (connection.Dialect == CommerceDialect.Postgres)
                connection.Defer(Lock, new { subject = Convert.ToBase64String(addressHash) });
            if (await connection.QuerySingleOrDefaultAsync<long>(ByAddress, new { addressHash, since }).ConfigureAwait(false) >= options.MaxPerAddressPerHour)
                return TooMany;
        }

        var written = orderId is not null ? await connection.QuerySingleOrDefaultAsync<long>(ByOrder, new { orderId, since }).ConfigureAwait(false)
            : ticketId is not null ? await connection.QuerySingleOrDefaultAsync<long>(ByTicket, new { ticketId, since }).ConfigureAwait(false)
            : 0;
        return written >= options.MaxPerOrderPerHour ? TooMany : null;
    }

    /// <summary>Refuses one more ticket of who has enough of them open.</summary>
    public async Task<CommerceError?> CheckOpenAsync(ICommerceConnection connection, string? orderId, byte[]? contactHash, string? userId)
    {
        var open = orderId is not null ? await connection.QuerySingleOrDefaultAsync<long>(OpenOf + "order_id = @orderId", new { orderId }).ConfigureAwait(false)
            : contactHash is not null ? await connection.QuerySingleOrDefaultAsync<long>(OpenOf + "contact_hash = @contactHash", new { contactHash }).ConfigureAwait(false)
            : await connection.QuerySingleOrDefaultAsync<long>(OpenOf + "user_id = @userId", new { userId }).ConfigureAwait(false);
        return open >= options.MaxOpen ? TooMany : null;
    }
}
