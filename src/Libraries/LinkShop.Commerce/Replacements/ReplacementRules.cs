using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Replacements;

/// <summary>When a key can be replaced.</summary>
internal static class ReplacementRules
{
    private const string SelectKey = "select k.state, d.unit from card_key k left join deliveries d on d.tenant = k.tenant and d.key_id = k.id where k.tenant = @tenant and k.id = @keyId and k.order_id = @orderId and k.order_line = @line";

    private const string GivenBack = """
        select cast(coalesce(sum(l.amount), 0) as bigint) from refund_line l join refund r on r.tenant = l.tenant and r.id = l.refund_id
        where l.tenant = @tenant and l.order_id = @orderId and l.line = @line and r.order_id = l.order_id and r.state = 'Approved'
        """;

    public static CommerceError? Malformed(ReplacementDraft draft)
    {
        if (draft.Id is not { Length: >= 1 and <= 64 })
            return new(CommerceErrors.Invalid, "A replacement's id has 1 to 64 characters.", "id");
        if (!Enum.IsDefined(draft.Reason))
            return new(CommerceErrors.Invalid, "There is no such reason.", "reason");
        return draft.Text is null || draft.Text.Length > 1000 ? new(CommerceErrors.TooLong, "At most 1,000 characters.", "text") : null;
    }

    /// <summary>An order that is paid and delivered, at least in part, and neither frozen nor given back.</summary>
    public static bool Allows(OrderRow order) =>
        order.Fulfilment != Fulfilment.None && order.State is OrderState.Fulfilling or OrderState.Fulfilled or OrderState.Completed or OrderState.PartiallyRefunded;

    /// <summary>Finds the unit whose key is to be replaced. The order's lock is held.</summary>
    public static async Task<CommerceResult<int>> FindUnitAsync(ICommerceConnection connection, OrderRow line, Offer offer, long keyId)
    {
        if (offer.Delivery != DeliveryKind.CardKey)
            return new CommerceError(CommerceErrors.NotByKey, "This line isn't delivered by single keys.", "line");
        var of = new { keyId, orderId = line.Id, line = line.Line };
        if (await connection.QuerySingleOrDefaultAsync<Key>(SelectKey, of).ConfigureAwait(false) is not { } key)
            return new CommerceError(CommerceErrors.NotFound, "This line has no such key.", "keyId");
        if (key.State == KeyState.Replaced)
            return new CommerceError(CommerceErrors.AlreadyReplaced, "This key was replaced before.", "keyId");
        if (!Allows(line) || !KeyTransitions.Allows(key.State, KeyState.Replaced) || key.Unit is not { } unit)
            return new CommerceError(CommerceErrors.IllegalTransition, $"A key that is {key.State} of an order that is {line.State} can't be replaced.");
        if (await IsGivenBackAsync(connection, line).ConfigureAwait(false))
            return new CommerceError(CommerceErrors.IllegalTransition, "The money for this line was given back.", "line");
        return unit;
    }

    /// <summary>Whether a refund of all of a line was decided.</summary>
    public static async Task<bool> IsGivenBackAsync(ICommerceConnection connection, OrderRow line) =>
        line.LineTotal > 0 && await connection.QuerySingleOrDefaultAsync<long>(GivenBack, new { orderId = line.Id, line = line.Line }).ConfigureAwait(false) >= line.LineTotal;

    private sealed record Key(KeyState State, int? Unit);
}
