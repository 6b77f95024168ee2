using System.Security.Claims;
using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Settlement;
using LinkShop.Finance.ViewModels;

namespace LinkShop.Finance.Services;

/// <summary>Collects what the payout screens show.</summary>
public sealed class PayoutPages(
    IPayouts payouts, IPayees payees, IFinance finance, IPromoters promoters, IPayoutPolicy policy, IEnumerable<IPayoutProvider> providers, FinanceMessages messages, FinanceAccess access, TenantScope scope)
{
    /// <summary>A page of payouts.</summary>
    /// <param name="owner">Whose; null for everybody's.</param>
    public async Task<PayoutsViewModel> ListAsync(string? owner, PayoutState? state, string? after, CancellationToken cancellationToken)
    {
        var page = await payouts.ListAsync(scope, new PayoutFilter { Owner = owner, State = state, After = after }, cancellationToken);
        return new PayoutsViewModel(page, state, owner is null, await access.NamesAsync(page.Items.Select(p => p.Owner)));
    }

    /// <summary>One payout, or null when there is none or it is somebody else's.</summary>
    /// <param name="manages">Whether who looks may see all.</param>
    public async Task<PayoutViewModel?> DetailsAsync(string id, bool manages, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await payouts.GetAsync(scope, id ?? "", cancellationToken) is not { } payout || await access.PayoutsAsync(user, payout.Owner) != payout.Owner)
        {
            return null;
        }

        var names = await access.NamesAsync([payout.Owner, payout.RequestedBy, payout.ApprovedBy, payout.SecondApprovedBy, payout.DecidedBy, payout.ConfirmedBy, payout.ExportedBy]);
        var owed = PayoutTransitions.IsFinal(payout.State) ? null : (await finance.WalletsAsync(scope, payout.Owner, cancellationToken)).FirstOrDefault(w => w.Debt.Currency == payout.Amount.Currency)?.Debt;
        var stopped = payout is { Purpose: LedgerPurpose.PromoterAvailable, State: PayoutState.Requested or PayoutState.Approved }
            && await promoters.FindAsync(scope, payout.Owner, cancellationToken) is { State: PromoterState.Frozen or PromoterState.Killed };
        return new PayoutViewModel(payout, names, FinanceAccess.Actor(user), manages, IsByHand(payout.Provider), await CanBeAskedAsync(payout.Provider, cancellationToken), owed is { Minor: > 0 } ? owed : null, stopped);
    }

    /// <summary>The page that asks for a payout, with all that is missing before one can be made.</summary>
    public async Task<PayoutCreateViewModel> CreateAsync(string owner, PayoutForm form, CancellationToken cancellationToken)
    {
        var wallets = await finance.WalletsAsync(scope, owner, cancellationToken);
        var wallet = wallets.FirstOrDefault(w => w.Available.Currency == form.Currency) ?? (wallets.Count > 0 ? wallets[0] : null);
        var currency = wallet?.Available.Currency ?? "CNY";
        var payee = await payees.GetAsync(scope, owner, cancellationToken);
        form.Owner = owner;
        form.Currency = currency;
        form.Once ??= Guid.NewGuid().ToString("n");
        return new PayoutCreateViewModel(
            owner, await access.NameAsync(owner), wallet is null ? Money.Zero(currency) : wallet.Available, (await policy.RulesAsync(scope, cancellationToken)).For(currency), payee,
            [.. PayeeReadiness.Missing(payee).Select(messages.Of)], form);
    }

    /// <summary>Asks for what was typed in.</summary>
    public async Task<CommerceResult<Payout>> RequestAsync(string owner, PayoutForm form, string actor, CancellationToken cancellationToken)
    {
        if (form.Currency is not { } currency || !Currencies.IsKnown(currency))
        {
            return new CommerceError(CommerceErrors.Invalid, "There is no such currency.", "amount.currency");
        }

        var amount = Money.Parse(form.Amount?.Trim() ?? "", currency, "amount");
        return amount.Error is { } error
            ? error
            : await payouts.RequestAsync(
                scope, new PayoutRequest { Id = form.Once ?? "", Owner = owner, Purpose = LedgerPurpose.MerchantAvailable, Amount = amount.Value, Actor = actor }, cancellationToken);
    }

    // switched off or not set up, it tells nobody what came of what it was given
    private async Task<bool> CanBeAskedAsync(string provider, CancellationToken cancellationToken) =>
        providers.FirstOrDefault(p => p.Name == provider) is { } known && await known.IsUsableAsync(scope, cancellationToken);

    /// <summary>Whether a person pays what this way takes.</summary>
    public bool IsByHand(string provider) => providers.Any(p => p.Name == provider && p.IsByHand);
}
