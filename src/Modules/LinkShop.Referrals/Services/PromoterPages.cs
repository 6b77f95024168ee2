using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Http;
using OrchardCore.Settings;

namespace LinkShop.Referrals.Services;

/// <summary>Collects what promoters see.</summary>
public sealed class PromoterPages(
    IReferralProgram program, IPromoters promoters, IReferralDesks desks, IReferralLinks links, IReferralReview review, IReferralRecords records, IReferralPlans plans, IOfferCatalog offers,
    ISiteService sites, ReferralCookie cookie, People people, TimeProvider time, TenantScope scope)
{
    /// <summary>The terms that hold now.</summary>
    public async Task<TermsPage> TermsAsync(CancellationToken cancellationToken) => new(await ShopAsync(), await TwoLevelsAsync(cancellationToken));

    /// <summary>Which terms those are: they say something else where a second level is paid.</summary>
    public async Task<int> TermsVersionAsync(CancellationToken cancellationToken) => await TwoLevelsAsync(cancellationToken) ? 2 : 1;

    /// <summary>The desk; null for who never was a promoter. Who has left sees what became of it.</summary>
    public async Task<DeskPage?> DeskAsync(string user, int days, CancellationToken cancellationToken)
    {
        if (await desks.PromoterAsync(scope, user, days, cancellationToken) is not { } desk)
            return null;
        var rules = await program.FindAsync(scope, cancellationToken);
        return new DeskPage(desk, days, await VariantsAsync(desk.Products.Select(p => p.Name), cancellationToken), await review.OfPromoterAsync(scope, user, cancellationToken),
            rules is { Enabled: true }, rules?.TierName(desk.Promoter.Tier, CultureInfo.CurrentUICulture), time.GetUtcNow());
    }

    /// <summary>Keeps what this promoter is recognised by as a buyer: this browser, if its owner agreed to be remembered, and the account's contacts as they are now.</summary>
    public async Task RecogniseAsync(string user, HttpContext context)
    {
        if (cookie.VisitorId(context) is { } device)
            await promoters.SignalAsync(scope, user, PromoterSignal.Device, device, context.RequestAborted);
        foreach (var contact in await people.ContactsAsync(user))
            await promoters.SignalAsync(scope, user, PromoterSignal.Contact, contact, context.RequestAborted);
    }

    /// <summary>The way in; null where nobody can be a promoter.</summary>
    public async Task<JoinPage?> JoinAsync(JoinForm form, string user, HttpContext context)
    {
        if (await program.FindAsync(scope, context.RequestAborted) is not { Enabled: true })
            return null;
        var before = await promoters.FindAsync(scope, user, context.RequestAborted);
        var by = before is null && await BroughtByAsync(user, context) is { } id ? await promoters.FindAsync(scope, id, context.RequestAborted) : null;
        return new JoinPage(form, await ShopAsync(), before is not null, by?.Name, await TwoLevelsAsync(context.RequestAborted));
    }

    /// <summary>The wish of a form.</summary>
    public async Task<PromoterJoin> WishAsync(JoinForm form, string user, HttpContext context) => new()
    {
        UserId = user,
        Name = form.Name?.Trim() ?? "",
        ConfirmsAdult = form.Adult,
        TermsVersion = await TermsVersionAsync(context.RequestAborted),
        Culture = CultureInfo.CurrentUICulture.Name,
        Listed = form.Listed,
        // said once: who comes back keeps what they said first
        BroughtBy = await promoters.FindAsync(scope, user, context.RequestAborted) is { } known ? known.BroughtBy : await BroughtByAsync(user, context),
        Contacts = await people.ContactsAsync(user),
        Phone = form.Phone,
        DeviceId = cookie.VisitorId(context),
        ClientAddress = context.Connection.RemoteIpAddress?.ToString(),
    };

    /// <summary>How a reward came about; null when it isn't there, or isn't this promoter's.</summary>
    /// <param name="user">The promoter; null for anybody's.</param>
    public async Task<TracePage?> TraceAsync(string order, int line, int level, string? user, CancellationToken cancellationToken)
    {
        if (!CommerceId.IsWellFormed(order) || (await records.OfOrderAsync(scope, order, cancellationToken)).FirstOrDefault(c => c.Line == line && c.Level == level) is not { } commission
            || (user is not null && commission.Promoter != user) || await records.TraceAsync(scope, order, line, level, cancellationToken) is not { } trace)
            return null;
        var plan = await plans.VersionAsync(scope, commission.PlanId, commission.PlanVersion, cancellationToken);
        var again = plan is null ? null : ReferralCalculator.Compute(plan, trace.Input).FirstOrDefault(r => r.Line == line && r.Level == level);
        var promoter = await promoters.FindAsync(scope, commission.Promoter, cancellationToken);
        return new TracePage(commission, trace, plan, plan is null ? null : again?.Minor ?? 0, promoter?.Name ?? commission.Promoter, await records.AttributionAsync(scope, order, cancellationToken));
    }

    /// <summary>Names of variants by id: a top list, so there are few.</summary>
    public async Task<IReadOnlyDictionary<string, string>> VariantsAsync(IEnumerable<string> skus, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var sku in skus.Distinct())
        {
            var offer = await offers.GetAsync(scope, sku, cancellationToken);
            names[sku] = offer is null ? sku : SharedGoods.NameOf(offer, CultureInfo.CurrentUICulture);
        }

        return names;
    }

    private async Task<string> ShopAsync() => (await sites.GetSiteSettingsAsync()).SiteName;

    private async Task<bool> TwoLevelsAsync(CancellationToken cancellationToken) => (await plans.ListAsync(scope, cancellationToken)).Any(p => p is { State: ReferralPlanState.Active, Plan.Levels: > 1 });

    private async Task<string?> BroughtByAsync(string user, HttpContext context) =>
        cookie.LatestLink(context) is { } id && await links.FindAsync(scope, id, context.RequestAborted) is { } link && link.Promoter != user ? link.Promoter : null;
}
