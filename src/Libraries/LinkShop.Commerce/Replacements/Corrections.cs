using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Replacements;

/// <inheritdoc />
internal sealed class Corrections(ICommerceDatabase database, ISecretProtector protector, OfferVersions versions, IOutbox outbox, TimeProvider clock) : ICorrections
{
    private const int LongestText = 10_000;

    private const int LongestReason = 1000;

    private const string Delivered = "select text from deliveries where tenant = @tenant and order_id = @orderId and line = @line and unit = 1 and text is not null";

    private const string Count = "select count(*) from delivery_correction where tenant = @tenant and order_id = @orderId and line = @line";

    private const string Keep = """
        insert into delivery_correction (tenant, order_id, line, unit, number, was, reason, actor, at) values (@tenant, @orderId, @line, 1, @number, @was, @reason, @actor, @now)
        """;

    private const string Change = "update deliveries set text = @text where tenant = @tenant and order_id = @orderId and line = @line and unit = 1 and key_id is null";

    private const string OfOrder = "select line, number, was, reason, actor, at from delivery_correction where tenant = @tenant and order_id = @orderId order by line, number";

    public async Task<CommerceResult<int>> CorrectAsync(TenantScope scope, CorrectionDraft draft, string actor, CancellationToken cancellationToken = default)
    {
        if (Malformed(draft) is { } malformed)
            return malformed;
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        return await database.WriteAsync<CommerceResult<int>>(scope, async c =>
        {
            var rows = await OrderRow.LockAndReadAsync(c, draft.OrderId).ConfigureAwait(false);
            return rows.FirstOrDefault(r => r.Line == draft.Line) is { } line
                ? await CorrectAsync(c, line, draft, actor, cipher).ConfigureAwait(false)
                : new CommerceError(CommerceErrors.NotFound, "There is no such order or line.");
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The corrections of an order, with what stood there in plain.</summary>
    internal static async Task<IReadOnlyList<(CorrectionView View, string Was)>> OfOrderAsync(ICommerceConnection connection, string orderId, ITenantCipher cipher) =>
        [.. (await connection.QueryAsync<Row>(OfOrder, new { orderId }).ConfigureAwait(false)).Select(row => row.View(cipher))];

    private async Task<CommerceResult<int>> CorrectAsync(ICommerceConnection connection, OrderRow line, CorrectionDraft draft, string actor, ITenantCipher cipher)
    {
        var of = new { orderId = line.Id, line = line.Line };
        var offer = (await versions.GetAsync(connection, line.SkuId, line.Version).ConfigureAwait(false)).Offer;
        if (offer.Delivery != DeliveryKind.Manual || await connection.QuerySingleOrDefaultAsync<byte[]>(Delivered, of).ConfigureAwait(false) is not { } present)
            return Illegal("Nothing was delivered by hand for this line.");
        var was = cipher.Decrypt(present);
        var made = await connection.QuerySingleOrDefaultAsync<int>(Count, of).ConfigureAwait(false);
        // a second click
        if (made > draft.Seen && was == draft.Text)
            return made;
        if (made != draft.Seen)
            return new CommerceError(CommerceErrors.Conflict, "Somebody corrected this meanwhile. Look at it again first.", "seen");
        if (was == draft.Text)
            return new CommerceError(CommerceErrors.Invalid, "This is what the buyer has already.", "text");
        if (!ReplacementRules.Allows(line) || await ReplacementRules.IsGivenBackAsync(connection, line).ConfigureAwait(false))
            return Illegal($"What was delivered of an order that {line.State.Words()} can't be corrected.");
        var now = clock.GetUtcNow();
        var reason = SecretMask.In(draft.Reason.Trim(), [was, draft.Text]);
        await connection.ExecuteAsync(Keep, new { of.orderId, of.line, number = made + 1, was = present, reason, actor, now }).ConfigureAwait(false);
        await connection.ExecuteAsync(Change, new { of.orderId, of.line, text = cipher.Encrypt(draft.Text) }).ConfigureAwait(false);
        OrderHistory.Add(connection, line.Id, "corrected", actor, reason, now);
        outbox.Add(connection, ReplacementEvents.Corrected, new OrderEvent(line.Id));
        return made + 1;
    }

    private static CommerceError? Malformed(CorrectionDraft draft) =>
        string.IsNullOrWhiteSpace(draft.Text) ? new(CommerceErrors.Required, "What is delivered is missing.", "text")
        : draft.Text.Length > LongestText ? new(CommerceErrors.TooLong, "At most 10,000 characters.", "text")
        : string.IsNullOrWhiteSpace(draft.Reason) ? new(CommerceErrors.Required, "Say why.", "reason")
        : draft.Reason.Trim().Length > LongestReason ? new(CommerceErrors.TooLong, "At most 1,000 characters.", "reason") : null;

    private static CommerceError Illegal(string why) => new(CommerceErrors.IllegalTransition, why, "line");

    private sealed record Row(int Line, int Number, byte[] Was, string Reason, string Actor, DateTimeOffset At)
    {
        public (CorrectionView View, string Was) View(ITenantCipher cipher)
        {
            var was = cipher.Decrypt(Was);
            return (new CorrectionView(Line, Number, SecretMask.Of(was), Reason, Actor, At), was);
        }
    }
}
