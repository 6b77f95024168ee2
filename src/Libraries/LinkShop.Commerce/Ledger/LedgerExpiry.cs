using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ledger;

/// <summary>Ends holds whose time is over.</summary>
internal sealed class LedgerExpiry(ICommerceDatabase database, ILedger ledger, TimeProvider time)
{
    /// <summary>How many one call looks at.</summary>
    public const int SweepSize = 500;

    /// <summary>Frees what is due. Safe to run in several processes: a hold ends once.</summary>
    /// <param name="cancellationToken">Gives up between two holds.</param>
    /// <returns>How many were due.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        var due = await database.ReadSystemAsync(
            c => c.QueryAsync<(string Tenant, string Id)>(
                "select tenant, id from ledger_hold where expires_at <= @now order by expires_at limit @size", new { now = time.GetUtcNow(), size = SweepSize }),
            cancellationToken).ConfigureAwait(false);
        foreach (var (tenant, id) in due)
        {
            // one by one: a hold that somebody posts at this moment must not keep the others from ending
            await database.WriteAsync(new TenantScope(tenant), c => ledger.PostAsync(c, [LedgerTransfer.Void($"timeout:{id}"[..Math.Min(100, id.Length + 8)], id, "timed_out")]), cancellationToken).ConfigureAwait(false);
        }

        return due.Count;
    }
}
