using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <inheritdoc />
internal sealed class ReferralMaintenance(ICommerceDatabase database, ReferralFold fold, ReferralReleases releases, ReferralVoids voids, ReferralRechecks rechecks, ReferralScan scan, TimeProvider clock) : IReferralMaintenance
{
    // each part by its index
    private const string Decided = "select tenant from referral_case where decided_at >= @since and " + CommerceSql.Settled + " union select tenant from referral_case where appeal_at >= @since and " + CommerceSql.Settled;

    public Task<int> FoldAsync(CancellationToken cancellationToken = default) => fold.RunAsync(cancellationToken);

    public async Task<int> ReleaseAsync(CancellationToken cancellationToken = default)
    {
        // what a decision began and a crash interrupted, before anything of it is released
        var since = clock.GetUtcNow().AddDays(-2);
        await database.InEachAsync(
            async each =>
            {
                var tenants = await each.ReadSystemAsync(c => c.QueryAsync<string>(Decided, new { since }), cancellationToken).ConfigureAwait(false);
                foreach (var tenant in tenants)
                    await voids.FollowAsync(new TenantScope(tenant), since, cancellationToken).ConfigureAwait(false);
                return tenants.Count;
            },
            cancellationToken).ConfigureAwait(false);
        await rechecks.RunAsync(cancellationToken).ConfigureAwait(false);
        return await releases.SweepAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyDictionary<ReferralCaseKind, int>> ScanAsync(TenantScope scope, CancellationToken cancellationToken = default)
    {
        if (await database.ReadAsync(scope, c => ReferralRuleBook.ProgramAsync(c), cancellationToken).ConfigureAwait(false) is not { } program)
            return new Dictionary<ReferralCaseKind, int>();
        await ReferralFold.RunAsync(database.HomeOf(scope), cancellationToken).ConfigureAwait(false);
        var opened = await scan.RunAsync(scope, cancellationToken).ConfigureAwait(false);
        await ReferralNightly.RunAsync(database, scope, program, clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return opened;
    }
}
