using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;
using LinkShop.Referrals.ViewModels;

namespace LinkShop.Referrals.Services;

/// <summary>How promoters are paid: by the payouts that merchants have, from the promoters' own account of the books.</summary>
public sealed class PromoterPayouts(
    IPayouts payouts, IPayees payees, IPayoutPolicy policy, ILedgerReads ledger, IEnumerable<IPayoutProvider> providers, ReferralMessages messages, TenantScope scope)
{
    private const string DefaultCountry = "CN";

    /// <summary>The page.</summary>
    /// <param name="form">What was typed in; null for what is stored.</param>
    public async Task<PromoterPayoutPage> PageAsync(string user, PayeeForm? form, CancellationToken cancellationToken)
    {
        var payee = await payees.GetAsync(scope, user, cancellationToken);
        var rules = await policy.RulesAsync(scope, cancellationToken);
        var wallets = new List<(Money, PayoutLimits?)>();
        foreach (var (currency, limits) in rules.Currencies)
            wallets.Add((await AvailableAsync(user, currency, cancellationToken), limits));
        var page = await payouts.ListAsync(scope, new PayoutFilter { Owner = user, Take = 20 }, cancellationToken);
        var missing = PayeeReadiness.Missing(payee).Select(messages.OfPayout).ToList();
        return new PromoterPayoutPage(
            wallets, payee, form ?? FormOf(payee), missing, await WaysAsync(cancellationToken), [.. page.Items.Where(p => p.Purpose == LedgerPurpose.PromoterAvailable)], Guid.NewGuid().ToString("n"));
    }

    /// <summary>Stores who they are and where to pay to; others verify it.</summary>
    public Task<CommerceResult<Payee>> SaveAsync(string user, string name, PayeeForm form, CancellationToken cancellationToken) =>
        payees.SaveAsync(scope, ProfileOf(user, name, form), user, cancellationToken);

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

    private async Task<IReadOnlyList<(string, PayoutDestinationKind)>> WaysAsync(CancellationToken cancellationToken)
    {
        var ways = new List<(string, PayoutDestinationKind)>();
        foreach (var provider in providers)
        {
            if (await provider.IsUsableAsync(scope, cancellationToken))
                ways.AddRange(provider.DestinationKinds.Select(kind => ($"{kind}:{provider.Name}", kind)));
        }

        return ways;
    }

    private static PayeeForm FormOf(Payee? stored) => new()
    {
        LegalName = stored?.Profile.Identity?.LegalName,
        IdNumber = stored?.Profile.Identity?.IdNumber,
        TaxId = stored?.Profile.TaxId,
        TaxCountry = stored?.Profile.TaxCountry ?? DefaultCountry,
        Way = stored?.Profile.Destination is { } to ? $"{to.Kind}:{to.Provider}" : null,
        Account = stored?.Profile.Destination?.Account,
        AccountName = stored?.Profile.Destination?.AccountName,
        Bank = stored?.Profile.Destination?.Bank,
    };

    private static PayeeProfile ProfileOf(string user, string name, PayeeForm form)
    {
        var way = (form.Way ?? "").Split(':', 2);
        var known = Enum.TryParse<PayoutDestinationKind>(way[0], out var kind) && Enum.IsDefined(kind);
        var nowhere = string.IsNullOrWhiteSpace(form.Account) && string.IsNullOrWhiteSpace(form.AccountName) && string.IsNullOrWhiteSpace(form.Bank);
        return new PayeeProfile
        {
            Owner = user,
            Name = name,
            Identity = string.IsNullOrWhiteSpace(form.LegalName) && string.IsNullOrWhiteSpace(form.IdNumber) ? null : new PayeeIdentity(form.LegalName ?? "", form.IdNumber ?? ""),
            TaxId = form.TaxId,
            TaxCountry = string.IsNullOrWhiteSpace(form.TaxId) ? null : form.TaxCountry,
            // what isn't a bank has no bank: a browser keeps what was typed before another way was chosen
            Destination = nowhere ? null : new PayoutDestination(kind, known && way.Length == 2 ? way[1] : "", form.Account ?? "", form.AccountName ?? "", kind == PayoutDestinationKind.Bank ? form.Bank : null),
        };
    }
}
