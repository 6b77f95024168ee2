using System.Globalization;
using System.Runtime.CompilerServices;
using LinkShop.Commerce;
using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Settlement;
using LinkShop.Http;
using Microsoft.Extensions.Localization;

namespace LinkShop.Checkout.Accounts;

/// <summary>What somebody has with the site and got paid out. The books stay when the account goes; whom to pay and where is forgotten, unless something was paid.</summary>
internal sealed class MoneyRecords(ICredits credits, IFinance finance, IPayees payees, IPayouts payouts, TenantScope scope, IStringLocalizer<MoneyRecords> S) : IAccountRecords
{
    private const int PageSize = 200;
    private const int MostMovements = 100_000;
    private static readonly PayoutState[] s_underWay = [PayoutState.Requested, PayoutState.Approved, PayoutState.Sending];

    public IEnumerable<AccountSection> Sections(string userId, CancellationToken cancellationToken) =>
    [
        new("balances", BalancesAsync(userId, cancellationToken)),
        new("balance_movements", MovementsAsync(userId, cancellationToken)),
        new("payee", PayeeAsync(userId, cancellationToken)),
        new("payouts", PayoutsAsync(userId, cancellationToken)),
    ];

    public async Task<IReadOnlyList<OpenMatter>> OpenAsync(string userId, CancellationToken cancellationToken)
    {
        var open = new List<OpenMatter>();
        foreach (var credit in await credits.StandingsAsync(scope, userId, cancellationToken))
        {
            open.Add(new(
                credit.Kind == CreditKind.Points ? S["You have {0} points: use them first, or ask the shop to take them back.", credit.Available.Minor.ToString("N0", CultureInfo.CurrentUICulture)]
                    : S["You have a balance of {0}: use it first, or ask the shop to take it back.", credit.Available.Format(CultureInfo.CurrentUICulture)],
                "~/account/orders", S["To my orders"]));
        }

        foreach (var wallet in await finance.WalletsAsync(scope, userId, cancellationToken))
        {
            if (!wallet.Pending.IsZero || !wallet.Available.IsZero || !wallet.Held.IsZero || !wallet.Reserved.IsZero || !wallet.Debt.IsZero)
                open.Add(new(S["Your earnings in {0} aren't settled yet.", wallet.Available.Currency], "~/Admin", S["To the admin"]));
        }

        foreach (var state in s_underWay)
        {
            foreach (var payout in (await payouts.ListAsync(scope, new PayoutFilter { Owner = userId, State = state, Take = 20 }, cancellationToken)).Items)
            {
                open.Add(new(S["A payout of {0} is under way.", payout.Amount.Format(CultureInfo.CurrentUICulture)],
                    payout.Purpose == LedgerPurpose.PromoterAvailable ? "~/account/promote/payouts" : "~/Admin", S["To the payout"]));
            }
        }

        return open;
    }

    public Task ForgetAsync(string userId, CancellationToken cancellationToken) => payees.ForgetAsync(scope, userId, cancellationToken);

    private async IAsyncEnumerable<object> BalancesAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var credit in await credits.StandingsAsync(scope, userId, cancellationToken))
            yield return credit;
        foreach (var wallet in await finance.WalletsAsync(scope, userId, cancellationToken))
            yield return wallet;
    }

    private async IAsyncEnumerable<object> MovementsAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var movement in await credits.MovementsAsync(scope, userId, MostMovements, cancellationToken))
            yield return new MovementEntry(movement.At, movement.Kind, movement.Amount, movement.Balance, movement.Reason, movement.Number, movement.Text);
    }

    private async IAsyncEnumerable<object> PayeeAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await payees.GetAsync(scope, userId, cancellationToken) is not { } payee)
            yield break;
        var profile = payee.Profile;
        yield return new PayeeEntry(
            profile.Name, profile.Identity?.LegalName, profile.Identity?.IdNumber, profile.TaxId, profile.TaxCountry, profile.Destination?.Kind, profile.Destination?.Bank, profile.Destination?.Account,
            profile.Destination?.AccountName, payee.IdentityVerifiedAt, payee.DestinationVerifiedAt, payee.UpdatedAt);
    }

    private async IAsyncEnumerable<object> PayoutsAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await payouts.ListAsync(scope, new PayoutFilter { Owner = userId, After = after, Take = PageSize }, cancellationToken);
            foreach (var p in page.Items)
                yield return new PayoutEntry(p.Id, p.State, p.Amount, p.Fee, p.Provider, p.DestinationMask, p.RequestedAt, p.DecidedAt, p.PaidAt, p.Note);
            after = page.Next;
        }
        while (after is not null);
    }

    // without who of the shop did it
    private sealed record MovementEntry(DateTimeOffset At, CreditKind Kind, Money Amount, Money Balance, string Reason, string? Order, string? Text);

    private sealed record PayeeEntry(
        string Name, string? LegalName, string? IdNumber, string? TaxId, string? TaxCountry, PayoutDestinationKind? PaidTo, string? Bank, string? Account, string? AccountName, DateTimeOffset? IdentityVerifiedAt,
        DateTimeOffset? AccountVerifiedAt, DateTimeOffset UpdatedAt);

    private sealed record PayoutEntry(
        string Id, PayoutState State, Money Amount, Money Fee, string Provider, string PaidTo, DateTimeOffset AskedAt, DateTimeOffset? DecidedAt, DateTimeOffset? PaidAt, string? Note);
}
