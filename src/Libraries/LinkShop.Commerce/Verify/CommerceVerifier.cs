using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Verify;

/// <summary>Runs all checks in one snapshot.</summary>
internal sealed class CommerceVerifier(ICommerceDatabase database, TimeProvider clock) : ICommerceVerifier
{
    private const int MaxBreaches = 1000;

    public Task<VerifyReport> RunAsync(CancellationToken cancellationToken = default) =>
        database.ReadSystemAsync(async c =>
        {
            var counts = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var (name, sql) in VerifyChecks.Counts.Concat(PayoutChecks.Counts))
                counts[name] = await c.QuerySingleOrDefaultAsync<long>(sql).ConfigureAwait(false);
            var breaches = new List<VerifyBreach>();
            var yesterday = clock.GetUtcNow().AddDays(-1);
            foreach (var check in VerifyChecks.All.Concat(MoneyChecks.All).Concat(PayoutChecks.All).Concat(CreditChecks.All).Concat(ReplacementChecks.All).Concat(ResaleChecks.All).Concat(ReferralChecks.All))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var most = MaxBreaches - breaches.Count;
                foreach (var row in await c.QueryAsync<Row>(check.Sql, new { most, yesterday }).ConfigureAwait(false))
                    breaches.Add(new VerifyBreach(check.Code, row.Tenant, row.Id));
            }

            return new VerifyReport(breaches.Count == 0, counts, breaches);
        }, cancellationToken);

    private sealed record Row(string Tenant, string Id);
}
