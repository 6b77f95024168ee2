using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Shops;

namespace LinkShop.Commerce.Payouts;

/// <summary>Payees in the commerce database.</summary>
internal sealed class PayeeStore(ICommerceDatabase database, ISecretProtector protector, PayeeRules rules, PayoutDecisions decisions, IOutbox outbox, TimeProvider clock) : IPayees
{
    // so that there is a row to lock: two who add the same payee at once are one after the other
    private const string Open = """
        insert into payee (tenant, owner, name, version, updated_by, updated_at) values (@tenant, @owner, @name, 0, @actor, @now) on conflict (tenant, owner) do nothing
        """;

    private const string Listed = PayeeRow.Select + " and owner > @after order by owner limit @take";
    private const string First = PayeeRow.Select + " order by owner limit @take";

    private const string Unverified = " and ((identity is not null and identity_verified_at is null) or (destination is not null and destination_verified_at is null))";
    private const string ListedUnverified = PayeeRow.Select + Unverified + " and owner > @after order by owner limit @take";
    private const string FirstUnverified = PayeeRow.Select + Unverified + " order by owner limit @take";

    private const string Unsent = "select id from payout where tenant = @tenant and owner = @owner and state in ('Requested', 'Approved') order by id";

    private const string Forget = """
        delete from payee where tenant = @tenant and owner = @owner
          and not exists (select 1 from payout p where p.tenant = payee.tenant and p.owner = payee.owner and p.state not in ('Rejected', 'Cancelled', 'Failed'))
        """;

    // the shop's own earnings
    private const string House = "";

    public async Task<Payee?> GetAsync(TenantScope scope, string owner, CancellationToken cancellationToken = default)
    {
        var row = await database.ReadAsync(scope, c => PayeeRow.FindAsync(c, owner), cancellationToken).ConfigureAwait(false);
        return row?.ToPayee(await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false));
    }

    public async Task<CommerceResult<Payee>> SaveAsync(TenantScope scope, PayeeProfile profile, string actor, CancellationToken cancellationToken = default)
    {
        var entered = PayeeRules.Trim(profile);
        var errors = rules.Check(entered, actor);
        if (errors.Count > 0)
            return CommerceResult<Payee>.Failure(errors);
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var now = clock.Moment();
        return await database.WriteAsync(scope, async c =>
        {
            c.Defer(Open, new { owner = entered.Owner, name = cipher.Encrypt(entered.Name), actor, now });
            var stored = await PayeeRow.LockAsync(c, entered.Owner).ConfigureAwait(false);
            var row = stored!.With(entered, cipher, actor, now);
            PayeeRow.Update(c, row);
            return row.ToPayee(cipher);
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<CommerceResult<Payee>> VerifyIdentityAsync(TenantScope scope, string owner, long version, string actor, CancellationToken cancellationToken = default) => VerifyAsync(
        scope, owner, version, actor,
        row => row.Identity is null ? new CommerceError(PayoutErrors.IdentityMissing, "The payee has not said who they are.", "identity") : FourEyes([row.IdentityBy, row.TaxBy], owner, actor),
        row => row with { IdentityVerifiedAt = clock.Moment(), IdentityVerifiedBy = actor },
        cancellationToken);

    public Task<CommerceResult<Payee>> VerifyDestinationAsync(TenantScope scope, string owner, long version, string actor, CancellationToken cancellationToken = default) => VerifyAsync(
        scope, owner, version, actor,
        row => row.Destination is null ? new CommerceError(PayoutErrors.DestinationMissing, "The payee has not said where to pay to.", "destination") : FourEyes([row.DestinationBy], owner, actor),
        row => row with { DestinationVerifiedAt = clock.Moment(), DestinationVerifiedBy = actor },
        cancellationToken);

    public Task OwnerChangedAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.WriteAsync(
        scope,
        async c =>
        {
            // first the payee, as who asks for a payout does: none is asked for meanwhile
            if (await PayeeRow.LockAsync(c, House).ConfigureAwait(false) is not { } payee)
                return;
            if (payee.Identity is not null || payee.TaxId is not null || payee.Destination is not null)
                PayeeRow.Update(c, payee.Emptied(Payout.Worker, clock.Moment()));
            foreach (var id in await c.QueryAsync<string>(Unsent, new { owner = House }).ConfigureAwait(false))
            {
                if (await PayoutRow.LockAsync(c, id).ConfigureAwait(false) is { State: PayoutState.Requested or PayoutState.Approved } payout)
                    await decisions.RejectAsync(c, payout, PayoutErrors.OwnerChanged, Payout.Worker).ConfigureAwait(false);
            }
        },
        cancellationToken);

    public Task ForgetAsync(TenantScope scope, string owner, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            scope,
            async c =>
            {
                // whoever asks for a payout at this moment has the lock; the look at the payouts comes after it
                await PayeeRow.LockAsync(c, owner).ConfigureAwait(false);
                return await c.ExecuteAsync(Forget, new { owner }).ConfigureAwait(false);
            },
            cancellationToken);

    public async Task<IReadOnlyList<PayeeSummary>> ListAsync(TenantScope scope, bool unverifiedOnly = false, string? afterOwner = null, int take = 50, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        // the shop of the house has an empty name, which nothing else than no condition finds
        var sql = (unverifiedOnly, afterOwner) switch { (true, null) => FirstUnverified, (true, _) => ListedUnverified, (_, null) => First, _ => Listed };
        var rows = await database.ReadAsync(scope, c => c.QueryAsync<PayeeRow>(sql, new { after = afterOwner, take = Math.Clamp(take, 1, 200) }), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(r => new PayeeSummary(
            r.Owner, cipher.Decrypt(r.Name), r.DestinationMask, r.Identity is not null, r.TaxId is not null, r.IdentityVerifiedAt, r.DestinationVerifiedAt, r.UpdatedAt))];
    }

    private async Task<CommerceResult<Payee>> VerifyAsync(
        TenantScope scope, string owner, long version, string actor, Func<PayeeRow, CommerceError?> problem, Func<PayeeRow, PayeeRow> verified, CancellationToken cancellationToken)
    {
        if (!PayeeRules.IsActor(actor))
            return new CommerceError(CommerceErrors.Required, "It takes somebody who vouches.", "actor");
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        return await database.WriteAsync<CommerceResult<Payee>>(scope, async c =>
        {
            if (await PayeeRow.LockAsync(c, owner).ConfigureAwait(false) is not { } row)
                return new CommerceError(CommerceErrors.NotFound, "There is no such payee.");
            if (problem(row) is { } error)
                return error;
            // what was looked at may not be what is stored now
            if (row.Version != version)
                return new CommerceError(CommerceErrors.Conflict, "The payee was changed since.", "version");
            var changed = verified(row);
            PayeeRow.Update(c, changed);
            // what is vouched for is what a promoter is known by when they buy through their own link
            VerifiedPayees.Add(c, cipher, changed, clock.Moment());
            if (PayeeReadiness.Missing(row).Count > 0 && PayeeReadiness.Missing(changed).Count == 0)
                outbox.Add(c, PayoutEvents.PayeeVerified, new PayeeEvent(owner));
            return changed.ToPayee(cipher);
        }, cancellationToken).ConfigureAwait(false);
    }

    private static CommerceError? FourEyes(string?[] enteredBy, string owner, string actor) =>
        enteredBy.Append(owner).Any(by => StaffAccounts.SamePerson(by, actor)) ? new CommerceError(PayoutErrors.FourEyes, "Neither the payee nor who entered it can vouch for it.", "actor") : null;
}
