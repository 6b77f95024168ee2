namespace LinkShop.Commerce.Support;

/// <summary>What buyers do with tickets.</summary>
public interface ITickets
{
    /// <summary>Opens a ticket with its first message. The same message id again is answered with the ticket that it opened.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="draft">The ticket.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The ticket; <c>not_found</c> without such an order; <c>required</c>, <c>invalid</c>, <c>too_short</c> or <c>too_long</c> with the field (<c>text</c>, <c>pictures</c>, <c>contact</c>, <c>lookupPassword</c>); <c>too_many_attempts</c>; <c>conflict</c>.</returns>
    Task<CommerceResult<TicketReceipt>> OpenAsync(TenantScope scope, TicketDraft draft, CancellationToken cancellationToken = default);

    /// <summary>Writes in a ticket; opens it again when it was answered or closed.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="access">The buyer's right to it.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The state afterwards, or the errors of <see cref="OpenAsync"/>.</returns>
    Task<CommerceResult<TicketState>> WriteAsync(TenantScope scope, string ticketId, TicketAccess access, MessageDraft message, CancellationToken cancellationToken = default);

    /// <summary>Reads a conversation; for a buyer its answers count as read from now on.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="access">The right to it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The conversation, or null.</returns>
    Task<TicketView?> ReadAsync(TenantScope scope, string ticketId, TicketAccess access, CancellationToken cancellationToken = default);

    /// <summary>A picture of a message.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="access">The right to it.</param>
    /// <param name="number">The message.</param>
    /// <param name="position">The picture, from 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The picture, or null.</returns>
    Task<TicketPicture?> PictureAsync(TenantScope scope, string ticketId, TicketAccess access, int number, int position, CancellationToken cancellationToken = default);

    /// <summary>Tickets of an order, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<TicketSummary>> OfOrderAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default);

    /// <summary>Tickets of a signed-in buyer, newest first, at most fifty.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">Id of the user.</param>
    /// <param name="before">Only older ones than this ticket (the last of the page before), or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<TicketSummary>> OfUserAsync(TenantScope scope, string userId, string? before = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// The buyer's account is deleted: conversations of theirs that aren't about an order go, with their pictures. Those about orders belong to the orders and stay. Repeating it changes nothing.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">Id of the user.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task ForgetAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default);

    /// <summary>Finds general tickets again by contact and password. Wrong passwords count as those of orders do.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="contact">E-mail address or phone number.</param>
    /// <param name="password">The lookup password.</param>
    /// <param name="clientAddress">Network address of the one who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The tickets, newest first; <c>not_found</c>, <c>required</c>, <c>invalid</c> or <c>too_many_attempts</c>.</returns>
    Task<CommerceResult<IReadOnlyList<TicketSummary>>> LookupAsync(TenantScope scope, string? contact, string? password, string? clientAddress, CancellationToken cancellationToken = default);
}

/// <summary>What the shop's staff do with tickets. The caller has checked the permission.</summary>
public interface ITicketDesk
{
    /// <summary>Finds tickets.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="search">What to look for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<TicketPage> SearchAsync(TenantScope scope, TicketSearch search, CancellationToken cancellationToken = default);

    /// <summary>How many buyers wait for an answer.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<long> WaitingAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Answers; the buyer is told. The same message id again is one answer.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="message">The answer.</param>
    /// <param name="actor">User name of who answers.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The state afterwards; <c>not_found</c>, <c>required</c>, <c>too_long</c>, <c>invalid</c> or <c>conflict</c>.</returns>
    Task<CommerceResult<TicketState>> AnswerAsync(TenantScope scope, string ticketId, MessageDraft message, string actor, CancellationToken cancellationToken = default);

    /// <summary>Closes a ticket.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The state afterwards, <c>not_found</c>, or <c>illegal_transition</c> when it is closed.</returns>
    Task<CommerceResult<TicketState>> CloseAsync(TenantScope scope, string ticketId, CancellationToken cancellationToken = default);

    /// <summary>Says who looks after a ticket.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="assignee">User name; null for nobody. The caller has checked that there is such a colleague.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The state, or <c>not_found</c>.</returns>
    Task<CommerceResult<TicketState>> AssignAsync(TenantScope scope, string ticketId, string? assignee, CancellationToken cancellationToken = default);

    /// <summary>What a mail about a message says.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="number">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The mail, or null when there is no such message.</returns>
    Task<TicketMail?> MailAsync(TenantScope scope, string ticketId, int number, CancellationToken cancellationToken = default);
}
