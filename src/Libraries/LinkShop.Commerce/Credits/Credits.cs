using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Credits;

/// <inheritdoc />
internal sealed class Credits(ICommerceDatabase database, ILedger ledger, TimeProvider clock) : ICredits
{
    private static readonly LedgerAccount Revenue = new("", LedgerPurpose.PlatformRevenue);

    private const int MaxMovements = 100_000;

    public async Task<CommerceResult<CreditGrantView>> GrantAsync(TenantScope scope, CreditGrant grant, CancellationToken cancellationToken = default)
    {
        if (CreditRules.Check(grant) is { } invalid)
            return invalid;
        return await OnceAsync(() => database.WriteAsync(scope, c => GrantAsync(c, grant), cancellationToken)).ConfigureAwait(false);
    }

    public async Task<CommerceResult<Money>> TakeBackAsync(TenantScope scope, CreditTakeBack takeBack, CancellationToken cancellationToken = default)
    {
        if (CreditRules.Check(takeBack) is { } invalid)
            return invalid;
        return await OnceAsync(() => database.WriteAsync(scope, c => TakeBackAsync(c, takeBack), cancellationToken)).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<CreditStanding>> StandingsAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => CreditReads.StandingsAsync(c, userId), cancellationToken);

    public Task<IReadOnlyList<CreditGrantView>> GrantsAsync(TenantScope scope, string userId, int take = 100, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => CreditReads.GrantsAsync(c, userId, Math.Clamp(take, 1, 500)), cancellationToken);

    public Task<IReadOnlyList<CreditMovement>> MovementsAsync(TenantScope scope, string userId, int take = 100, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => CreditReads.MovementsAsync(c, userId, Math.Clamp(take, 1, MaxMovements)), cancellationToken);

    private async Task<CommerceResult<CreditGrantView>> GrantAsync(ICommerceConnection connection, CreditGrant grant)
    {
        if (!await CreditRow.AddAsync(connection, grant, clock.GetUtcNow()).ConfigureAwait(false))
        {
            var known = (await CreditRow.FindAsync(connection, grant.Id).ConfigureAwait(false))!;
            return known.IsSame(grant) ? await ViewAsync(connection, known).ConfigureAwait(false) : new CommerceError(CommerceErrors.Conflict, "This id is another grant's.", "id");
        }

        await PostAsync(connection, LedgerTransfer.Move(
            CreditAccounts.GrantTransfer(grant.Id), Revenue, CreditAccounts.Of(grant.Kind, grant.UserId), grant.Amount, MoneyReasons.CreditGrant, grant.Id)).ConfigureAwait(false);
        return await ViewAsync(connection, (await CreditRow.FindAsync(connection, grant.Id).ConfigureAwait(false))!).ConfigureAwait(false);
    }

    private async Task<CommerceResult<Money>> TakeBackAsync(ICommerceConnection connection, CreditTakeBack takeBack)
    {
        if (await CreditRow.FindAsync(connection, takeBack.GrantId).ConfigureAwait(false) is not { } asked)
            return new CommerceError(CommerceErrors.NotFound, "There is no such grant.", "grant");
        // from here on nobody else changes the account, nor takes back of it
        var account = CreditAccounts.Of(asked.Kind, asked.UserId);
        var available = await ledger.AvailableAsync(connection, account, asked.Currency).ConfigureAwait(false);
        if (await CreditTakeBackRow.FindAsync(connection, takeBack.Id).ConfigureAwait(false) is { } known)
            return known.GrantId == takeBack.GrantId ? new Money(known.Amount, asked.Currency) : new CommerceError(CommerceErrors.Conflict, "This id is another's.", "id");
        var grant = (await CreditRow.FindAsync(connection, takeBack.GrantId).ConfigureAwait(false))!;
        var left = grant.LeftOf(available, await grant.LaterAsync(connection).ConfigureAwait(false));
        if (left == 0)
            return new CommerceError(CommerceErrors.InsufficientFunds, "Nothing of this grant is left.", "grant");
        CreditTakeBackRow.Add(connection, takeBack, left, clock.GetUtcNow());
        grant.TakeBack(connection, left);
        var amount = new Money(left, grant.Currency);
        await PostAsync(connection, LedgerTransfer.Move(CreditAccounts.TakeBackTransfer(takeBack.Id), account, Revenue, amount, MoneyReasons.CreditTakenBack, grant.Id)).ConfigureAwait(false);
        return amount;
    }

    private async Task<CreditGrantView> ViewAsync(ICommerceConnection connection, CreditRow grant)
    {
        var available = await ledger.AvailableAsync(connection, CreditAccounts.Of(grant.Kind, grant.UserId), grant.Currency).ConfigureAwait(false);
        return grant.ToView(grant.LeftOf(available, await grant.LaterAsync(connection).ConfigureAwait(false)));
    }

    private async Task PostAsync(ICommerceConnection connection, LedgerTransfer transfer)
    {
        if ((await ledger.PostAsync(connection, [transfer]).ConfigureAwait(false)).Error is { } error)
            throw new RefusedException([error]);
    }

    private static async Task<CommerceResult<T>> OnceAsync<T>(Func<Task<CommerceResult<T>>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return CommerceResult<T>.Failure(refused.Errors);
        }
    }
}
