using System.Runtime.CompilerServices;
using LinkShop.Commerce;
using LinkShop.Commerce.Support;
using LinkShop.Http;
using Microsoft.Extensions.Localization;

namespace LinkShop.Support.Services;

/// <summary>What somebody wrote to the shop, and what it answered. With the account go conversations that aren't about an order.</summary>
internal sealed class TicketRecords(ITickets tickets, TenantScope scope, IStringLocalizer<TicketRecords> S) : IAccountRecords
{
    public IEnumerable<AccountSection> Sections(string userId, CancellationToken cancellationToken) => [new("conversations", ConversationsAsync(userId, cancellationToken))];

    public async Task<IReadOnlyList<OpenMatter>> OpenAsync(string userId, CancellationToken cancellationToken)
    {
        var open = new List<OpenMatter>();
        await foreach (var ticket in AllAsync(userId, cancellationToken))
        {
            if (ticket.State == TicketState.Open)
                open.Add(new(S["The shop hasn't answered your message yet."], "~/support/" + ticket.Id, S["To the conversation"]));
        }

        return open;
    }

    public Task ForgetAsync(string userId, CancellationToken cancellationToken) => tickets.ForgetAsync(scope, userId, cancellationToken);

    private async IAsyncEnumerable<object> ConversationsAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var ticket in AllAsync(userId, cancellationToken))
        {
            if (await tickets.ReadAsync(scope, ticket.Id, TicketAccess.ByUser(userId), cancellationToken) is not { } view)
                continue;
            yield return new ConversationEntry(
                view.OrderNumber, view.Category, view.State, ticket.Contact, view.CreatedAt,
                // of the shop's people only that it was the shop
                [.. view.Messages.Select(m => new MessageEntry(m.At, m.Author == TicketAuthor.Buyer ? "you" : "shop", m.Text, m.Pictures))]);
        }
    }

    private async IAsyncEnumerable<TicketSummary> AllAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? before = null;
        do
        {
            var page = await tickets.OfUserAsync(scope, userId, before, cancellationToken);
            foreach (var ticket in page)
                yield return ticket;
            before = page is [.., var last] ? last.Id : null;
        }
        while (before is not null);
    }

    private sealed record ConversationEntry(string? Order, TicketCategory About, TicketState State, string? Contact, DateTimeOffset OpenedAt, IReadOnlyList<MessageEntry> Messages);

    private sealed record MessageEntry(DateTimeOffset At, string By, string Text, int Pictures);
}
