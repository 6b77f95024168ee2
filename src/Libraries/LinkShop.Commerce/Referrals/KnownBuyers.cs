using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>
/// Finds buyers who became promoters after they had bought: by their account, or by a contact that a promoter gave since. An order's attribution is written once, so what is found is kept with who sold to whom.
/// </summary>
internal static class KnownBuyers
{
    private const int Most = 100_000;
    private const int Batch = 1_000;

    private const string Set = "update referral_relation set buyer_promoter = @known where tenant = @tenant and promoter = @promoter and buyer = @buyer and buyer_promoter is null";

    // who sold to whom is read through once, and each buyer looked up by a key
    private static string Select(CommerceDialect dialect)
    {
        const string Hash = "case when substr(r.buyer, 1, 2) = 'c:' then substr(r.buyer, 3) else '' end";
        return $"""
            select r.promoter, r.buyer, p.id as known from referral_relation r cross join referral_promoter p
            where r.tenant = @tenant and r.buyer_promoter is null and substr(r.buyer, 1, 2) = 'u:' and p.tenant = @tenant and p.id = substr(r.buyer, 3)
            union all
            select r.promoter, r.buyer, i.promoter as known from referral_relation r cross join referral_identity i
            where r.tenant = @tenant and r.buyer_promoter is null and substr(r.buyer, 1, 2) = 'c:' and i.tenant = @tenant and i.kind = 'Contact' and i.hash = {(dialect == CommerceDialect.Postgres ? $"decode({Hash}, 'hex')" : $"unhex({Hash})")}
            limit @most
            """;
    }

    public static async Task FindAsync(ICommerceDatabase database, TenantScope scope, CancellationToken cancellationToken)
    {
        IReadOnlyList<Row> found;
        do
        {
            // read first: on SQLite nobody else writes while somebody does
            found = await database.ReadAsync(scope, c => c.QueryAsync<Row>(Select(c.Dialect), new { most = Most }), cancellationToken).ConfigureAwait(false);
            foreach (var some in found.Chunk(Batch))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await database.WriteAsync(scope, c => c.ExecuteBatchAsync([.. some.Select(r => (Set, (object?)r))]), CancellationToken.None).ConfigureAwait(false);
            }
        }
        while (found.Count == Most);
    }

    private sealed record Row(string Promoter, string Buyer, string Known);
}
