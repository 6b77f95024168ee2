using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Support;

/// <summary>An answer that the shop gives often.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What staff choose it by, 1 to 100 characters.</param>
/// <param name="Text">What it says, 1 to 4,000 characters.</param>
public sealed record QuickReply(string Id, string Title, string Text);

/// <summary>Answers that the shop gives often. The caller has checked the permission.</summary>
public interface IQuickReplies
{
    /// <summary>All of them by title.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<QuickReply>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Stores a new one, or another text for one that is there.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">Which one; null for a new one.</param>
    /// <param name="title">Its title.</param>
    /// <param name="text">Its text.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>It; <c>required</c> or <c>too_long</c> with the field, <c>not_found</c>, or <c>conflict</c> when there are a hundred already.</returns>
    Task<CommerceResult<QuickReply>> SaveAsync(TenantScope scope, string? id, string? title, string? text, CancellationToken cancellationToken = default);

    /// <summary>Removes one; nothing happens when it isn't there.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">Which one.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task DeleteAsync(TenantScope scope, string id, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class QuickReplies(ICommerceDatabase database, TimeProvider clock) : IQuickReplies
{
    private const int Most = 100;

    public Task<IReadOnlyList<QuickReply>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => c.QueryAsync<QuickReply>("select id, title, text from quick_reply where tenant = @tenant order by title, id"), cancellationToken);

    public async Task<CommerceResult<QuickReply>> SaveAsync(TenantScope scope, string? id, string? title, string? text, CancellationToken cancellationToken = default)
    {
        var reply = new QuickReply(string.IsNullOrEmpty(id) ? CommerceId.New(clock) : id, title?.Trim() ?? "", text?.Trim() ?? "");
        if (reply.Title.Length == 0 || reply.Text.Length == 0)
            return new CommerceError(CommerceErrors.Required, "A quick reply has a title and a text.", reply.Title.Length == 0 ? "title" : "text");
        if (reply.Title.Length > 100 || reply.Text.Length > TicketRules.MaxText)
            return new CommerceError(CommerceErrors.TooLong, "The title or the text is too long.", reply.Title.Length > 100 ? "title" : "text");
        return await database.WriteAsync<CommerceResult<QuickReply>>(scope, async c =>
        {
            if (!string.IsNullOrEmpty(id))
            {
                return await c.ExecuteAsync("update quick_reply set title = @title, text = @text where tenant = @tenant and id = @id", reply).ConfigureAwait(false) == 1
                    ? reply
                    : new CommerceError(CommerceErrors.NotFound, "There is no such quick reply.");
            }

            if (await c.QuerySingleOrDefaultAsync<long>("select count(*) from quick_reply where tenant = @tenant").ConfigureAwait(false) >= Most)
                return new CommerceError(CommerceErrors.Conflict, $"There are {Most} quick replies already.");
            await c.ExecuteAsync("insert into quick_reply (tenant, id, title, text) values (@tenant, @id, @title, @text)", reply).ConfigureAwait(false);
            return reply;
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task DeleteAsync(TenantScope scope, string id, CancellationToken cancellationToken = default) =>
        database.WriteAsync(scope, c => c.ExecuteAsync("delete from quick_reply where tenant = @tenant and id = @id", new { id }), cancellationToken);
}
