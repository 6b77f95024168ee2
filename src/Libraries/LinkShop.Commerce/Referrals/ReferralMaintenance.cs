using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <inheritdoc />
internal sealed class ReferralMaintenance(ICommerceDatabase database, ReferralFold fold, ReferralReleases releases, ReferralVoids voids, ReferralScan scan, TimeProvider clock) : IReferralMaintenance
{
    private const string Decided = "select distinct tenant from referral_case where (decided_at >= @since or appeal_at >= @since) and " + CommerceSql.Settled;

    public Task<int> FoldAsync(CancellationToken cancellationToken = default) => fold.RunAsync(cancellationToken);

    public async Task<int> ReleaseAsync(CancellationToken cancellationToken = default)
    {
        // what a decision began and a crash interrupted, before anything of it is released
        var since = clock.GetUtcNow().AddDays(-2);
        foreach (var each in database.EveryDatabase)
        foreach (var tenant in await each.ReadSystemAsync(c => c.QueryAsync<string>(Decided, new { since }), cancellationToken).ConfigureAwait(false))
            await voids.FollowAsync(new TenantScope(tenant), since, cancellationToken).ConfigureAwait(false);
        return await releases.SweepAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyDictionary<ReferralCaseKind, int>> ScanAsync(TenantScope scope, CancellationToken cancellationToken = default)
    {
        await fold.RunAsync(cancellationToken).ConfigureAwait(false);
        var opened = await scan.RunAsync(scope, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(scope, async c =>
        {
            if (await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false) is { } program)
                await ReferralNightly.RunAsync(c, program, clock.GetUtcNow()).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        return opened;
    }

    public async Task<int> ScanAllAsync(CancellationToken cancellationToken = default)
    {
        var scanned = 0;
        foreach (var each in database.EveryDatabase)
        {
            var tenants = await each.ReadSystemAsync(c => c.QueryAsync<string>("select tenant from referral_program where " + CommerceSql.Settled + " order by tenant"), cancellationToken).ConfigureAwait(false);
            foreach (var tenant in tenants)
                await ScanAsync(new TenantScope(tenant), cancellationToken).ConfigureAwait(false);
            scanned += tenants.Count;
        }

        return scanned;
    }
}
