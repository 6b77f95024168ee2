using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;
using LinkShop.Http;
using LinkShop.Referrals.ViewModels;

namespace LinkShop.Referrals.Services;

/// <summary>How promoters are paid: by the payouts that merchants have, from the promoters' own account of the books.</summary>
public sealed class PromoterPayouts(
    IPayouts payouts, IPayees payees, IPayoutPolicy policy, ILedgerReads ledger, IEnumerable<IPayoutProvider> providers, ReferralMessages messages, TenantScope scope)
{
    /// <summary>The page.</summary>
    /// <param name="form">What was typed in; null for what is stored.</param>
    public async Task<PromoterPayoutPage> PageAsync(string user, PayeeForm? form, CancellationToken cancellationToken)
    {
        var payee = await payees.GetAsync(scope, user, cancellationToken);
        var rules = await policy.RulesAsync(scope, cancellationToken);
        var wallets = new List<(Money, PayoutLimits?)>();
        foreach (var (currency, limits) in rules.Currencies)
            wallets.Add((await AvailableAsync(user, currency, cancellationToken), limits));
        var page = await payouts.ListAsync(scope, new PayoutFilter { Owner = user, Purpose = LedgerPurpose.PromoterAvailable, Take = 20 }, cancellationToken);
        var missing = PayeeReadiness.Missing(payee).Select(messages.OfPayout).ToList();
        return new PromoterPayoutPage(
            wallets, form ?? PayeeForm.Of(user, payee), missing, await PayoutWay.UsableAsync(providers, scope, cancellationToken), page.Items, Guid.NewGuid().ToString("n"));
    }

    /// <summary>Stores who they are and where to pay to; others verify it.</summary>
    /// <param name="name">What the staff call them when nobody has said it yet.</param>
    public Task<CommerceResult<Payee>> SaveAsync(string user, string name, PayeeForm form, CancellationToken cancellationToken) =>
        payees.SaveAsync(scope, form.ProfileOf(user) with { Name = name, KeepsName = true }, user, cancellationToken);

    /// <summary>Asks for a payout.</summary>
    public async Task<CommerceResult<Payout>> RequestAsync(string user, string? once, string? amount, string? currency, CancellationToken cancellationToken)
    {
        if (currency is null || !Currencies.IsKnown(currency))
            return new CommerceError(CommerceErrors.Invalid, "There is no such currency.", "amount.currency");
        var read = Money.Parse(amount?.Trim() ?? "", currency, "amount");
        return read.Error is { } error
            ? error
            : await payouts.RequestAsync(scope, new PayoutRequest { Id = once ?? "", Owner = user, Purpose = LedgerPurpose.PromoterAvailable, Amount = read.Value, Actor = user }, cancellationToken);
    }

    /// <summary>Calls one off that nobody has approved.</summary>
    public Task<CommerceResult<Payout>> CancelAsync(string user, string? id, CancellationToken cancellationToken) => payouts.CancelAsync(scope, id ?? "", user, cancellationToken);

    private async Task<Money> AvailableAsync(string user, string currency, CancellationToken cancellationToken)
    {
        var balance = await ledger.BalanceAsync(scope, new LedgerAccount(user, LedgerPurpose.PromoterAvailable), currency, cancellationToken);
        return balance.Balance - balance.Held;
    }
}
