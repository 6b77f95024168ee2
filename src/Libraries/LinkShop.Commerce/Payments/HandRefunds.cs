using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Payments;

/// <summary>
/// Refunds that staff recorded by hand of a payment they had confirmed because its callback was lost. Most left the bank, and no provider knows of them. But staff may have given the money
/// back at the provider's own desk and recorded that: then the provider tells of it too, with its payment. Same amount, and it happened before staff recorded theirs: the same money.
/// Every other one is another refund, above all what the provider is asked for, which only begins once the payment is known here.
/// </summary>
internal static class HandRefunds
{
    private const string Select = $"""
        select provider, payment_id, amount, occurred_at from payment_events where tenant = @tenant and order_id = @orderId and kind = 'Refunded' and refused is null and event_id not like '{PaymentEventStore.FromBank}%' order by occurred_at
        """;

    /// <summary>What of them a provider has told of too.</summary>
    public static async Task<long> ToldTooAsync(ICommerceConnection connection, string orderId, IReadOnlyList<PaymentFacts> payments)
    {
        // nearly no order has both
        if (!payments.Any(p => p is { Provider: PaymentFacts.Manual, Refunded: > 0 }) || !payments.Any(p => p is { Provider: not PaymentFacts.Manual, Paid: > 0, Refunded: > 0 }))
            return 0;
        var refunds = await connection.QueryAsync<Refund>(Select, new { orderId }).ConfigureAwait(false);
        return ToldToo([.. refunds.Where(r => payments.Any(p => p.Provider == r.Provider && p.PaymentId == r.PaymentId && p.Paid > 0))]);
    }

    /// <summary>Each of the one kind stands for at most one of the other.</summary>
    /// <param name="refunds">Those recorded by hand and those told by providers, in the order in which they happened.</param>
    internal static long ToldToo(IReadOnlyList<Refund> refunds)
    {
        var told = refunds.Where(r => r.Provider != PaymentFacts.Manual).ToList();
        var sum = 0L;
        foreach (var byHand in refunds.Where(r => r.Provider == PaymentFacts.Manual))
        {
            if (told.Find(t => t.Amount == byHand.Amount && t.OccurredAt <= byHand.OccurredAt) is not { } same)
                continue;
            told.Remove(same);
            sum += byHand.Amount;
        }

        return sum;
    }

    /// <summary>One refund.</summary>
    internal sealed record Refund(string Provider, string PaymentId, long Amount, DateTimeOffset OccurredAt);
}
