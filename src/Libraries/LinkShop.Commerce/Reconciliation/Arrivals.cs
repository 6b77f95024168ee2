using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Reconciliation;

/// <inheritdoc />
internal sealed class Arrivals(ICommerceDatabase database, ILedger ledger, TimeProvider clock) : IArrivals
{
    private const int MaxReference = 100;

    private const string Held = """
        select owner, currency, cast(-sum(balance) as bigint) as amount from ledger_account where tenant = @tenant and purpose = 'ProviderClearing' group by owner, currency order by owner, currency
        """;

    private const string HeldBy = "select cast(-sum(balance) as bigint) from ledger_account where tenant = @tenant and purpose = 'ProviderClearing' and owner = @provider and currency = @currency";

    // what people pay by hand leaves the bank, and what staff saw arrive there came to it: payouts and payments have this name for it
    private static readonly LedgerAccount Bank = new(PaymentFacts.Manual, LedgerPurpose.ProviderClearing);

    public async Task<CommerceResult<ArrivalView>> RecordAsync(TenantScope scope, ArrivalDraft draft, string actor, CancellationToken cancellationToken = default)
    {
        draft = draft with { Provider = draft.Provider?.Trim() ?? "", Reference = draft.Reference?.Trim() ?? "" };
        if (Problem(draft, actor) is { } error)
            return error;
        return await database.WriteAsync<CommerceResult<ArrivalView>>(scope, async c =>
        {
            if (await c.QuerySingleOrDefaultAsync<long?>(HeldBy, new { draft.Provider, draft.Amount.Currency }).ConfigureAwait(false) is not { } held)
                return new CommerceError(CommerceErrors.NotFound, "The books have nothing of this provider in this currency.", "provider");
            var known = await ArrivalRow.FindAsync(c, draft.Provider, draft.Reference).ConfigureAwait(false);
            if (known is null && held < draft.Amount.Minor && !draft.MoreThanHeld)
                return new CommerceError(CommerceErrors.MoreThanHeld, $"By the books the provider holds {new Money(held, draft.Amount.Currency)}.", "amount");
            if (known is null && await ArrivalRow.AddAsync(c, draft, actor, clock.GetUtcNow()).ConfigureAwait(false) is { } added)
            {
                await PostAsync(c, LedgerTransfer.Move(TransferOf(added), Bank, AccountOf(added), added.Amount, MoneyReasons.Arrival, added.Id)).ConfigureAwait(false);
                return added;
            }

            // on PostgreSQL it may have come between the look and the attempt
            known ??= (await ArrivalRow.FindAsync(c, draft.Provider, draft.Reference).ConfigureAwait(false))!;
            return known.Amount == draft.Amount && known.Day == draft.Day ? known : new CommerceError(CommerceErrors.Conflict, "This reference is another arrival's.", "reference");
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<ArrivalView>> TakeBackAsync(TenantScope scope, string id, string actor, CancellationToken cancellationToken = default)
    {
        if (ReconciliationTexts.Problem(actor, "actor", 128) is { } error)
            return error;
        return await database.WriteAsync<CommerceResult<ArrivalView>>(scope, async c =>
        {
            var taken = await ArrivalRow.TakeBackAsync(c, id, actor, clock.GetUtcNow()).ConfigureAwait(false);
            if (await ArrivalRow.FindAsync(c, id).ConfigureAwait(false) is not { } arrival)
                return new CommerceError(CommerceErrors.NotFound, "There is no such arrival.", "id");
            if (taken)
                await PostAsync(c, LedgerTransfer.Move(TransferOf(arrival) + ":reversed", AccountOf(arrival), Bank, arrival.Amount, MoneyReasons.Arrival + MoneyReasons.Reversed, arrival.Id)).ConfigureAwait(false);
            return arrival;
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<ArrivalView>> ListAsync(TenantScope scope, string? after = null, int take = 50, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => ArrivalRow.ListAsync(c, after, Math.Clamp(take, 1, 200)), cancellationToken);

    public Task<IReadOnlyList<Holding>> HoldingsAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<Holding>>(
        scope,
        async c => [.. (await c.QueryAsync<HeldRow>(Held).ConfigureAwait(false)).Where(r => r.Owner != PaymentFacts.Resale).Select(r => new Holding(r.Owner, new Money(r.Amount, r.Currency), r.Owner == Bank.Owner))],
        cancellationToken);

    private CommerceError? Problem(ArrivalDraft draft, string actor)
    {
        if ((ReconciliationTexts.Problem(draft.Provider, "provider", 64) ?? ReconciliationTexts.Problem(draft.Reference, "reference", MaxReference) ?? ReconciliationTexts.Problem(actor, "actor", 128)) is { } error)
            return error;
        if (draft.Provider == Bank.Owner || CreditAccounts.IsOwn(draft.Provider))
            return new(CommerceErrors.Invalid, "Nobody pays out for this.", "provider");
        if (!Currencies.IsKnown(draft.Amount.Currency ?? "") || draft.Amount.Minor <= 0)
            return new(CommerceErrors.Invalid, "An amount must be above zero.", "amount");
        // where the bank is, it may be a day later than in UTC
        return draft.Day > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1) ? new(CommerceErrors.Invalid, "This day is still to come.", "day") : null;
    }

    private async Task PostAsync(ICommerceConnection connection, LedgerTransfer transfer)
    {
        // neither account has a floor, and the id is this arrival's alone
        if ((await ledger.PostAsync(connection, [transfer]).ConfigureAwait(false)).Error is { } error)
            throw new InvalidOperationException($"Arrival '{transfer.Reference}' can't be booked: {error.Code}: {error.Message}");
    }

    private static string TransferOf(ArrivalView arrival) => "arrival:" + arrival.Id;

    private static LedgerAccount AccountOf(ArrivalView arrival) => new(arrival.Provider, LedgerPurpose.ProviderClearing);

    private sealed record HeldRow(string Owner, string Currency, long Amount);
}
