using System.Collections.Concurrent;
using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Referrals;

/// <summary>Works out whose sale an order is, inside the order's own transaction, with one look at the database that travels with the offers'.</summary>
internal sealed class ReferralAttributor(ReferralRuleBook book, IOutbox outbox, TimeProvider clock)
{
    private const int MaxTokens = 10;
    private static readonly TimeSpan RememberFor = TimeSpan.FromSeconds(30);

    // without lists: of one of three values or more SQLite makes a table in memory each time
    private const string Select = """
        select l.id, l.promoter, l.channel, l.campaign, l.active, case when l.code_key = @code1 then 1 when l.code_key = @code2 then 2 when l.code_key = @code3 then 3 else 0 end as code_place, p.state, p.tier, p.listed, p.joined_at, t.first_at, t.last_at, t.click,
          coalesce((select max(case i.kind when 'Account' then 6 when 'Payment' then 5 when 'Device' then 4 when 'RealName' then 3 when 'Contact' then 2 else 1 end) from referral_identity i
            where i.tenant = @tenant and i.promoter = l.promoter and (i.hash = @account or i.hash = @contact or i.hash = @device or i.hash = @address
              or (i.kind = 'RealName' and exists (select 1 from referral_identity r where r.promoter = @userId and r.tenant = @tenant and r.kind = 'RealName' and r.hash = i.hash)))), 0) as self_rank,
          g.stamp, g.enabled,
          not exists (select 1 from orders o where o.tenant = @tenant and o.contact_hash = @contactHash and o.paid_at is not null)
            and not exists (select 1 from orders o where o.tenant = @tenant and o.user_id = @userId and o.paid_at is not null) as first_order,
          coalesce((select min(b.promoter) from referral_identity b where b.tenant = @tenant and b.hash = @account), (select min(b.promoter) from referral_identity b where b.tenant = @tenant and b.hash = @contact),
            (select min(b.promoter) from referral_identity b where b.tenant = @tenant and b.hash = @device)) as buyer_promoter
        """;

    private const string Joined = """
          join referral_promoter p on p.tenant = @tenant and p.id = l.promoter join referral_program g on g.tenant = @tenant
          left join referral_touch t on t.tenant = @tenant and t.user_id = @userId and t.link = l.id
        """;

    private const string Sqlite = $"""
        {Select} from (select value as id from json_each(@ids)
            union select c.id from referral_link c where c.tenant = @tenant and c.code_key in (@code1, @code2, @code3)
            union select u.link from referral_touch u where u.tenant = @tenant and u.user_id = @userId) w
          join referral_link l on l.tenant = @tenant and l.id = w.id
        {Joined}
        """;

    // nearly every order comes by one link or one code
    private const string ByLink = $"{Select} from referral_link l {Joined} where l.tenant = @tenant and l.id = @id";
    private const string ByCode = $"{Select} from referral_link l {Joined} where l.tenant = @tenant and l.code_key = @code1";

    // each looked up by itself: see OrderEntries
    private const string Postgres = $"""
        {Select} from (select unnest(@ids) as id
            union select c.id from referral_link c where c.tenant = @tenant and c.code_key in (@code1, @code2, @code3)
            union select u.link from referral_touch u where u.tenant = @tenant and u.user_id = @userId) w
          cross join lateral (select * from referral_link f where f.tenant = @tenant and f.id = w.id limit 1) l
        {Joined}
        """;

    // of the tenants that were asked lately, whether they have a program
    private readonly ConcurrentDictionary<string, (bool Has, DateTimeOffset Until)> _programs = new(StringComparer.Ordinal);

    /// <summary>Asks for what whose sale it is depends on; the rows come with the next statement. Null when nobody can have brought the buyer.</summary>
    /// <param name="connection">The order's write, or a quote's read.</param>
    /// <param name="buyer">The buyer.</param>
    public ReferralQuestion? Ask(ICommerceConnection connection, ReferralBuyer buyer)
    {
        var touches = buyer.Touches;
        // a signed-in buyer may have clicked elsewhere; most tenants have no program, which is remembered for a moment
        if ((touches is null && (buyer.UserId is null || IsWithout(connection.Tenant!))) || buyer.Key is not { } key)
            return null;
        var tokens = (touches?.Tokens ?? []).Take(MaxTokens).Select(t => ReferralTokens.Read(buyer.Cipher, t)).OfType<(string ClickId, string LinkId, DateTimeOffset At)>().ToList();
        var codes = ReferralCodes.KeysIn(touches?.Code);
        return tokens.Count == 0 && codes.Length == 0 && buyer.UserId is null
            ? null
            : new ReferralQuestion(buyer, key, tokens, Candidates(connection, buyer, [.. tokens.Select(t => t.LinkId).Distinct()], codes));
    }

    /// <summary>Whose sale it is; null when nobody's.</summary>
    /// <param name="connection">The order's write, or a quote's read.</param>
    /// <param name="question">What was asked for; another statement was awaited since.</param>
    /// <param name="offers">What is bought.</param>
    public async ValueTask<Brought?> DecideAsync(ICommerceConnection connection, ReferralQuestion? question, IReadOnlyList<(OfferVersion? Version, bool OnSale)> offers)
    {
        if (question is null || offers.Select(o => o.Version).FirstOrDefault(v => v is not null) is not { } first)
            return null;
        var candidates = question.Candidates.Rows;
        if (candidates.Count == 0)
            await RememberAsync(connection, question.Buyer.UserId).ConfigureAwait(false);
        if (candidates.Count == 0 || !candidates[0].Enabled || await book.GetAsync(connection, candidates[0].Stamp).ConfigureAwait(false) is not { } rules)
            return null;
        return await PickAsync(connection, question.Buyer, question.BuyerKey, first.Offer.Price.Currency, rules, candidates, question.Tokens).ConfigureAwait(false);
    }

    private static DeferredRows<ReferralCandidate> Candidates(ICommerceConnection connection, ReferralBuyer buyer, List<string> ids, string[] codes)
    {
        byte[]? Hash(PromoterSignal kind, string? value) => ReferralHashes.Of(buyer.Cipher, kind, value);
        var sql = (ids.Count, codes.Length, buyer.UserId) switch
        {
            (1, 0, null) => ByLink,
            (0, 1, null) => ByCode,
            _ => connection.Dialect == CommerceDialect.Postgres ? Postgres : Sqlite,
        };
        return connection.DeferQuery<ReferralCandidate>(sql, new
        {
            ids,
            id = ids.Count > 0 ? ids[0] : null,
            code1 = codes.ElementAtOrDefault(0),
            code2 = codes.ElementAtOrDefault(1),
            code3 = codes.ElementAtOrDefault(2),
            userId = buyer.UserId,
            contactHash = buyer.ContactHash,
            account = Hash(PromoterSignal.Account, buyer.UserId),
            contact = Hash(PromoterSignal.Contact, buyer.Contact),
            device = Hash(PromoterSignal.Device, buyer.Touches?.DeviceId),
            address = buyer.AddressHash,
        });
    }

    private async Task<Brought?> PickAsync(
        ICommerceConnection connection, ReferralBuyer buyer, string key, string currency, ReferralRules rules, IReadOnlyList<ReferralCandidate> candidates, List<(string ClickId, string LinkId, DateTimeOffset At)> tokens)
    {
        var touches = new List<Touch>();
        foreach (var candidate in candidates)
        {
            if (candidate.CodePlace > 0)
                touches.Add(new Touch(candidate, AttributionVia.Code, buyer.Now));
            touches.AddRange(tokens.Where(t => t.LinkId == candidate.Id).Select(t => new Touch(candidate, AttributionVia.Click, t.At, t.ClickId)));
            if (candidate.FirstAt is { } firstAt && rules.Program.Model == AttributionModel.FirstClick)
                touches.Add(new Touch(candidate, AttributionVia.Account, firstAt, candidate.Click));
            if (candidate.LastAt is { } lastAt)
                touches.Add(new Touch(candidate, AttributionVia.Account, lastAt, candidate.Click));
        }

        var evidence = new List<TouchEvidence>(touches.Count);
        var facts = await PromoterFacts.OfAsync(connection, rules, currency, candidates).ConfigureAwait(false);
        var picked = AttributionChoice.Pick(
            AttributionChoice.Order(touches, rules.Program.Model), rules.Program, buyer.Now, c => ReferralPlanChoice.For(rules.Plans, c, facts.GetValueOrDefault(c.Promoter), currency, buyer.Now), evidence);
        return picked is { } found ? new Brought(found.Touch, found.Plan, found.Refused, rules.Program.Model, key, evidence, outbox, buyer.Now) : null;
    }

    private bool IsWithout(string tenant) => _programs.TryGetValue(tenant, out var known) && !known.Has && clock.GetUtcNow() < known.Until;

    private async ValueTask RememberAsync(ICommerceConnection connection, string? userId)
    {
        var (tenant, now) = (connection.Tenant!, clock.GetUtcNow());
        if (userId is null || (_programs.TryGetValue(tenant, out var known) && now < known.Until))
            return;
        var has = await connection.QuerySingleOrDefaultAsync<long>("select count(*) from referral_program where tenant = @tenant").ConfigureAwait(false) > 0;
        if (_programs.Count > 20_000)
            _programs.Clear();
        _programs[tenant] = (has, now + RememberFor);
    }
}

/// <summary>What was asked for a buyer.</summary>
internal sealed record ReferralQuestion(ReferralBuyer Buyer, string BuyerKey, List<(string ClickId, string LinkId, DateTimeOffset At)> Tokens, DeferredRows<ReferralCandidate> Candidates);
