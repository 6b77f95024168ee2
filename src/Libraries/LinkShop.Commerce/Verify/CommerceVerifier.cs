using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Verify;

/// <summary>Runs all checks in one snapshot.</summary>
internal sealed class CommerceVerifier(ICommerceDatabase database, ICommercePlacement placement, TimeProvider clock) : ICommerceVerifier
{
    private const int MaxBreaches = 1000;
    private const string NoCopy = "v.tenant not in (select tenant from tenant_move where role <> 'Leaving')";
    private const string Tenants = "select tenant from (select tenant from orders union select tenant from ledger_account union select tenant from key_pool union select tenant from offers) v where " + NoCopy + " order by tenant";

    public async Task<VerifyReport> RunAsync(CancellationToken cancellationToken = default)
    {
        var reports = new List<VerifyReport>();
        foreach (var each in database.EveryDatabase)
            reports.Add(await RunAsync(each, null, cancellationToken).ConfigureAwait(false));
        reports.Add(await PlacesAsync(cancellationToken).ConfigureAwait(false));
        var counts = reports.SelectMany(r => r.Counts).GroupBy(c => c.Key, c => c.Value).ToDictionary(g => g.Key, g => g.Sum(), StringComparer.Ordinal);
        return new VerifyReport(reports.TrueForAll(r => r.Ok), counts, [.. reports.SelectMany(r => r.Breaches).Take(MaxBreaches)]);
    }

    /// <summary>Checks one database.</summary>
    /// <param name="each">The database.</param>
    /// <param name="tenant">Only this tenant's rows; null for all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal Task<VerifyReport> RunAsync(ICommerceDatabase each, string? tenant, CancellationToken cancellationToken = default) =>
        each.ReadSystemAsync(async c =>
        {
            var counts = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var (name, sql) in tenant is null ? VerifyChecks.Counts.Concat(PayoutChecks.Counts) : [])
                counts[name] = await c.QuerySingleOrDefaultAsync<long>(sql).ConfigureAwait(false);
            var breaches = new List<VerifyBreach>();
            var yesterday = clock.GetUtcNow().AddDays(-1);
            foreach (var check in VerifyChecks.All.Concat(MoneyChecks.All).Concat(PayoutChecks.All).Concat(CreditChecks.All).Concat(ReplacementChecks.All).Concat(ResaleChecks.All).Concat(ReferralChecks.All))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var most = MaxBreaches - breaches.Count;
                foreach (var row in await c.QueryAsync<Row>(Of(check.For(c.Dialect), tenant), new { most, yesterday, only = tenant }).ConfigureAwait(false))
                    breaches.Add(new VerifyBreach(check.Code, row.Tenant, row.Id));
            }

            return new VerifyReport(breaches.Count == 0, counts, breaches);
        }, cancellationToken);

    /// <summary>What is on a database where its tenant isn't: written by a process that didn't hear of a move, or back from a backup that is older than one.</summary>
    private async Task<VerifyReport> PlacesAsync(CancellationToken cancellationToken)
    {
        var breaches = new List<VerifyBreach>();
        foreach (var each in database.EveryDatabase.Count > 1 ? database.EveryDatabase : [])
        {
            var tenants = await each.ReadSystemAsync(c => c.QueryAsync<string>(Tenants), cancellationToken).ConfigureAwait(false);
            breaches.AddRange(tenants.Where(t => database.HomeOf(new TenantScope(t)) != each).Select(t => new VerifyBreach("tenant_elsewhere", t, DatabaseNames.Of(placement.PlaceOf(t).Database))));
        }

        return new VerifyReport(breaches.Count == 0, new Dictionary<string, long>(StringComparer.Ordinal), breaches);
    }

    // each check ends with its limit; of a tenant that is being moved the rows that are in use count, not the copy
    private static string Of(string sql, string? tenant) =>
        $"select tenant, id from ({sql[..sql.LastIndexOf("limit @most", StringComparison.Ordinal)]}) v where {(tenant is null ? NoCopy : "v.tenant = @only")} limit @most";

    private sealed record Row(string Tenant, string Id);
}
