using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ledger;

/// <summary>Ends holds whose time is over.</summary>
internal sealed class LedgerExpiry(ICommerceDatabase database, ILedger ledger, TimeProvider time)
{
    /// <summary>How many one call looks at.</summary>
    public const int SweepSize = 500;

    /// <summary>Frees what is due. Safe to run in several processes: a hold ends once.</summary>
    /// <param name="cancellationToken">Gives up between two holds.</param>
    /// <returns>How many it ended. Fewer than <see cref="SweepSize"/>: there is no more to do now.</returns>
    /// <exception cref="InvalidOperationException">One can't be ended, which is a fault of the books.</exception>
    public Task<int> SweepAsync(CancellationToken cancellationToken = default) =>
        database.InEachAsync(each => SweepAsync(each, cancellationToken), cancellationToken);

    private async Task<int> SweepAsync(ICommerceDatabase database, CancellationToken cancellationToken)
    {
        var due = await database.ReadSystemAsync(
            c => c.QueryAsync<(string Tenant, string Id)>(
                "select tenant, id from ledger_hold where expires_at <= @now and " + CommerceSql.Settled + " order by expires_at limit @size", new { now = time.GetUtcNow(), size = SweepSize }),
            cancellationToken).ConfigureAwait(false);
        var ended = 0;
        CommerceError? fault = null;
        foreach (var (tenant, id) in due)
        {
            // one by one: a hold that somebody posts at this moment must not keep the others from ending
            var freed = await database.WriteAsync(new TenantScope(tenant), c => ledger.PostAsync(c, [LedgerTransfer.Void(IdFor(id), id, "timed_out")]), cancellationToken).ConfigureAwait(false);
            if (freed.Succeeded)
                ended += freed.Value;
            else if (freed.Error!.Code != CommerceErrors.HoldEnded)
                fault = freed.Error;
        }

        return fault is null ? ended : throw new InvalidOperationException($"A hold could not be ended: {fault.Code}: {fault.Message}");
    }

    // of its own for each hold, also where the two together are longer than an id can be
    private static string IdFor(string hold) =>
        "timeout:" + (hold.Length <= 90 ? hold : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(hold))));
}
