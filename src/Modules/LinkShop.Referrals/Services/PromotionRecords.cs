using System.Globalization;
using System.Runtime.CompilerServices;
using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using Microsoft.Extensions.Localization;

namespace LinkShop.Referrals.Services;

/// <summary>What somebody promoted and earned by it, and which shared links they followed. With the account go name, links and codes; rewards are accounting records.</summary>
internal sealed class PromotionRecords(
    IPromoters promoters, IReferralLinks links, IReferralRecords records, IReferralReview review, IReferralDesks desks, IPayoutPolicy policy, ILedgerReads ledger, TenantScope scope,
    IStringLocalizer<PromotionRecords> S) : IAccountRecords
{
    private const string Desk = "~/account/promote";
    private const int PageSize = 200;
    private const int MostLinks = 10_000;

    public IEnumerable<AccountSection> Sections(string userId, CancellationToken cancellationToken) =>
    [
        new("promoter", PromoterAsync(userId, cancellationToken)),
        new("referral_links", LinksAsync(userId, cancellationToken)),
        new("commissions", CommissionsAsync(userId, cancellationToken)),
        new("referral_cases", CasesAsync(userId, cancellationToken)),
        new("followed_links", FollowedAsync(userId, cancellationToken)),
    ];

    public async Task<IReadOnlyList<OpenMatter>> OpenAsync(string userId, CancellationToken cancellationToken)
    {
        if (await desks.PromoterAsync(scope, userId, cancellationToken: cancellationToken) is not { } desk)
            return [];
        var (culture, open) = (CultureInfo.CurrentUICulture, new List<OpenMatter>());
        var currencies = (await policy.RulesAsync(scope, cancellationToken)).Currencies.Keys.Append(desk.Pending.Currency).Distinct(StringComparer.Ordinal).ToList();
        foreach (var currency in currencies)
        {
            var pending = await ledger.BalanceAsync(scope, new LedgerAccount(userId, LedgerPurpose.PromoterPending), currency, cancellationToken);
            if (!pending.Balance.IsZero)
                open.Add(new(S["{0} of commission aren't available yet: wait until they are.", pending.Balance.Format(culture)], Desk, S["To the promoter's desk"]));
            var available = await ledger.BalanceAsync(scope, new LedgerAccount(userId, LedgerPurpose.PromoterAvailable), currency, cancellationToken);
            if (available.Balance != available.Held)
                open.Add(new(S["{0} of commission are available: have them paid out first.", (available.Balance - available.Held).Format(culture)], Desk + "/payouts", S["To payouts"]));
        }

        if (!desk.Debt.IsZero)
            open.Add(new(S["After refunds {0} of commission are owed.", desk.Debt.Format(culture)], Desk, S["To the promoter's desk"]));
        if (desk.Promoter.State == PromoterState.Frozen || (await review.OfPromoterAsync(scope, userId, cancellationToken)).Any(c => c.State is ReferralCaseState.Open or ReferralCaseState.Appealed))
            open.Add(new(S["Your promotion is being looked at: wait for the decision."], Desk, S["To the promoter's desk"]));
        return open;
    }

    public Task ForgetAsync(string userId, CancellationToken cancellationToken) => promoters.ForgetAsync(scope, userId, cancellationToken);

    private async IAsyncEnumerable<object> PromoterAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await promoters.FindAsync(scope, userId, cancellationToken) is { } p)
            yield return new PromoterEntry(p.Name, p.State, p.Tier, p.Listed, p.JoinedAt, p.BroughtBy is not null);
    }

    private async IAsyncEnumerable<object> LinksAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var l in await links.ListAsync(scope, userId, MostLinks, cancellationToken))
            yield return new LinkEntry(l.Id, l.Target, l.TargetId, l.Channel, l.Campaign, l.Code, l.Active, l.At);
    }

    private async IAsyncEnumerable<object> CommissionsAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? before = null;
        do
        {
            var page = await records.OfPromoterAsync(scope, userId, before, PageSize, cancellationToken);
            // a page ends anywhere in an order: its last one comes whole with the next, as pages begin after an order
            var last = page.Count == PageSize && page[^1].OrderId != page[0].OrderId ? page[^1].OrderId : null;
            foreach (var c in page.Where(c => c.OrderId != last))
            {
                before = c.OrderId;
                yield return new CommissionEntry(c.Number, c.Line, c.Level, c.Amount, c.Now, c.Kind, c.Available, c.AvailableAt, c.Voided, c.At);
            }

            if (page.Count < PageSize)
                yield break;
        }
        while (true);
    }

    private async IAsyncEnumerable<object> CasesAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var c in await review.OfPromoterAsync(scope, userId, cancellationToken))
            yield return new CaseEntry(c.Kind, c.State, c.OpenedAt, c.DecidedAt, c.Decision, c.Appeal, c.AppealDecision);
    }

    private async IAsyncEnumerable<object> FollowedAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var link in await records.FollowedAsync(scope, userId, cancellationToken))
            yield return link;
    }

    // who brought them, and whom they brought, are others
    private sealed record PromoterEntry(string Name, PromoterState State, string Tier, bool OnLeaderboard, DateTimeOffset JoinedAt, bool BroughtBySomebody);

    private sealed record LinkEntry(string Id, ReferralTarget Target, string TargetId, string Channel, string Campaign, string? Code, bool Active, DateTimeOffset MadeAt);

    // of the order only what the promoter sees too: nothing of its buyer
    private sealed record CommissionEntry(string Order, int Line, int Level, Money Amount, Money AmountNow, RewardKind Kind, bool Available, DateTimeOffset? AvailableAt, bool Voided, DateTimeOffset At);

    private sealed record CaseEntry(ReferralCaseKind Kind, ReferralCaseState State, DateTimeOffset OpenedAt, DateTimeOffset? DecidedAt, string? Decision, string? Appeal, string? AppealDecision);
}
