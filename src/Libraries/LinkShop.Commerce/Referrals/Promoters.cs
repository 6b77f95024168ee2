using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Referrals;

/// <inheritdoc />
internal sealed class Promoters(ICommerceDatabase database, ISecretProtector protector, IOutbox outbox, TimeProvider clock) : IPromoters
{
    private const int MaxName = 60;
    private const string OpenCase = "case";
    private const string Columns = """
        select p.id, p.name, p.state, p.tier, p.listed, p.joined_at, e.parent as brought_by, p.reason, p.number from referral_promoter p left join referral_edge e on e.tenant = p.tenant and e.child = p.id where p.tenant = @tenant
        """;

    private const string ById = Columns + " and p.id = @id";
    private const string Page = Columns + " and p.number < @before order by p.number desc limit @take";
    private const string PageOf = Columns + " and p.state = @state and p.number < @before order by p.number desc limit @take";

    private const string Insert = """
        insert into referral_promoter (tenant, id, name, state, listed, joined_at, adult_at, terms_version, culture, changed_by, changed_at)
        values (@tenant, @id, @name, 'Active', @listed, @now, @now, @terms, @culture, @id, @now) on conflict (tenant, id) do nothing
        """;

    // who brings has the lower number, or the row isn't written: of two who join at the same moment the one with the higher number may be there first
    private const string Edge = """
        insert into referral_edge (tenant, child, child_number, parent, parent_number, depth, root, at)
        select c.tenant, c.id, c.number, p.id, p.number, coalesce(u.depth, 0) + 1, coalesce(u.root, p.id), @now
        from referral_promoter c join referral_promoter p on p.tenant = c.tenant and p.id = @parent left join referral_edge u on u.tenant = p.tenant and u.child = p.id
        where c.tenant = @tenant and c.id = @id and p.number < c.number and p.state <> 'Killed'
        """;

    private const string State = "update referral_promoter set state = @to, reason = @reason, changed_by = @actor, changed_at = @now where tenant = @tenant and id = @id and state = @from";
    private const string Change = "update referral_promoter set name = @name, listed = @listed, changed_by = @id, changed_at = @now where tenant = @tenant and id = @id";
    private const string Language = "update referral_promoter set culture = @culture where tenant = @tenant and id = @id";
    private const string Signal = """
        insert into referral_identity (tenant, hash, kind, promoter, at) select p.tenant, @hash, @kind, p.id, @now from referral_promoter p where p.tenant = @tenant and p.id = @id on conflict do nothing
        """;

    private const string Unknown = """
        select count(*) from referral_promoter p where p.tenant = @tenant and p.id = @id and not exists (select 1 from referral_identity i where i.tenant = @tenant and i.hash = @hash and i.kind = @kind and i.promoter = @id)
        """;

    private static readonly CommerceError NoPromoter = new(ReferralErrors.NoPromoter, "This user isn't a promoter here.");

    public Task<Promoter?> FindAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default) => database.ReadAsync(scope, c => FindAsync(c, userId), cancellationToken);

    public Task<IReadOnlyList<Promoter>> ListAsync(TenantScope scope, PromoterState? state = null, string? before = null, int take = 50, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<Promoter>>(scope, async c =>
        {
            var from = before is null ? null : await c.QuerySingleOrDefaultAsync<Row>(ById, new { id = before }).ConfigureAwait(false);
            var rows = await c.QueryAsync<Row>(state is null ? Page : PageOf, new { before = from?.Number ?? long.MaxValue, state = state ?? default, take = Math.Clamp(take, 1, 200) }).ConfigureAwait(false);
            return [.. rows.Select(r => r.Read())];
        }, cancellationToken);

    public async Task<CommerceResult<Promoter>> JoinAsync(TenantScope scope, PromoterJoin join, CancellationToken cancellationToken = default)
    {
        var name = join.Name?.Trim() ?? "";
        if (Check(join, name) is { } error)
            return error;
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        return await database.WriteAsync<CommerceResult<Promoter>>(scope, async c =>
        {
            if (await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false) is not { Enabled: true })
                return new CommerceError(ReferralErrors.ProgramOff, "Nobody can become a promoter here now.");
            var now = clock.GetUtcNow();
            var isNew = await c.ExecuteAsync(Insert, new { id = join.UserId, name, listed = join.Listed, terms = join.TermsVersion, culture = join.Culture, now }).ConfigureAwait(false) == 1;
            var brought = isNew && join.BroughtBy is { } parent && await c.ExecuteAsync(Edge, new { id = join.UserId, parent, now }).ConfigureAwait(false) == 1;
            if (isNew)
            {
                ReferralTally.Joined(c, join.UserId, brought, now);
                outbox.Add(c, ReferralEvents.Joined, new ReferralEvent(join.UserId));
                ReferralLog.Add(c, join.UserId, "joined", join.UserId, null, now);
            }
            else if (await RejoinAsync(c, join, now).ConfigureAwait(false) is { } refused)
            {
                return refused;
            }

            AddSignals(c, cipher, join, now);
            if (await PayeeRow.FindAsync(c, join.UserId).ConfigureAwait(false) is { } payee)
                VerifiedPayees.Add(c, cipher, payee, now);
            return (await FindAsync(c, join.UserId).ConfigureAwait(false))!;
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<CommerceResult<Promoter>> LeaveAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default) =>
        // who is frozen can't leave the case behind
        MoveAsync(scope, userId, [PromoterState.Active], PromoterState.Left, null, userId, cancellationToken);

    public async Task<CommerceResult<Promoter>> ChangeAsync(TenantScope scope, string userId, string name, bool listed, CancellationToken cancellationToken = default)
    {
        var trimmed = name?.Trim() ?? "";
        if (CheckName(trimmed) is { } error)
            return error;
        return await database.WriteAsync<CommerceResult<Promoter>>(scope, async c =>
        {
            await c.ExecuteAsync(Change, new { id = userId, name = trimmed, listed, now = clock.GetUtcNow() }).ConfigureAwait(false);
            return await FindAsync(c, userId).ConfigureAwait(false) is { } promoter ? promoter : NoPromoter;
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task ForgetAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default) => database.WriteAsync(
        scope,
        async c =>
        {
            await SetAsync(c, outbox, userId, PromoterState.Active, PromoterState.Left, null, userId, clock.GetUtcNow()).ConfigureAwait(false);
            await PromoterForgetting.RunAsync(c, userId).ConfigureAwait(false);
        },
        cancellationToken);

    public async Task<CommerceResult<Promoter>> KillAsync(TenantScope scope, string userId, bool killed, string reason, string actor, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return new CommerceError(CommerceErrors.Required, "Why is missing: the promoter reads it.", "reason");
        if (actor == userId)
            return new CommerceError(ReferralErrors.OwnCase, "Nobody decides about themselves.", "actor");
        return killed
            ? await MoveAsync(scope, userId, [PromoterState.Active, PromoterState.Frozen, PromoterState.Left], PromoterState.Killed, reason, actor, cancellationToken).ConfigureAwait(false)
            : await MoveAsync(scope, userId, [PromoterState.Killed], PromoterState.Active, null, actor, cancellationToken).ConfigureAwait(false);
    }

    public async Task SignalAsync(TenantScope scope, string userId, PromoterSignal kind, string value, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var hashes = new List<byte[]>();
        foreach (var hash in ReferralHashes.All(cipher, kind, value))
        {
            // it is asked at each look at a desk, and nearly always known
            if (await database.ReadAsync(scope, c => c.QuerySingleOrDefaultAsync<long>(Unknown, new { id = userId, hash, kind }), cancellationToken).ConfigureAwait(false) > 0)
                hashes.Add(hash);
        }

        if (hashes.Count > 0)
            await database.WriteAsync(scope, c => c.ExecuteBatchAsync([.. hashes.Select(hash => (Signal, (object?)new { id = userId, hash, kind, now = clock.GetUtcNow() }))]), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds what a promoter is recognised by; does nothing for users who are none.</summary>
    internal static void AddSignal(ICommerceConnection connection, ITenantCipher cipher, string id, PromoterSignal kind, string? value, DateTimeOffset now)
    {
        foreach (var hash in ReferralHashes.All(cipher, kind, value))
            connection.Defer(Signal, new { id, hash, kind, now });
    }

    internal static async Task<Promoter?> FindAsync(ICommerceConnection connection, string id) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(ById, new { id }).ConfigureAwait(false))?.Read();

    /// <summary>Before a promoter's cases are looked at for its state: whoever opens or decides one has the lock, and the look sees what they left.</summary>
    internal static async Task LockAsync(ICommerceConnection connection, string id)
    {
        if (connection.Dialect == CommerceDialect.Postgres)
            await connection.QuerySingleOrDefaultAsync<string>("select id from referral_promoter where tenant = @tenant and id = @id for update", new { id }).ConfigureAwait(false);
    }

    /// <summary>Moves a promoter from one state to another; false when it wasn't in that state.</summary>
    internal static async Task<bool> SetAsync(ICommerceConnection connection, IOutbox outbox, string id, PromoterState from, PromoterState to, string? reason, string actor, DateTimeOffset now)
    {
        if (await connection.ExecuteAsync(State, new { id, from, to, reason, actor, now }).ConfigureAwait(false) == 0)
            return false;
        outbox.Add(connection, ReferralEvents.StateChanged, new ReferralEvent(id));
        ReferralLog.Add(connection, id, to.ToString(), actor, reason, now);
        return true;
    }

    private async Task<CommerceError?> RejoinAsync(ICommerceConnection connection, PromoterJoin join, DateTimeOffset now)
    {
        await LockAsync(connection, join.UserId).ConfigureAwait(false);
        var known = (await FindAsync(connection, join.UserId).ConfigureAwait(false))!;
        if (known.State is PromoterState.Killed or PromoterState.Frozen)
            return new(ReferralErrors.PromoterInactive, known.Reason ?? "This promoter is switched off.");
        if (join.BroughtBy is { } parent && parent != known.BroughtBy && parent != join.UserId)
            return new(ReferralErrors.EdgeFixed, "Who brought somebody is said when they first join, and never changes.", "broughtBy");
        if (known.State == PromoterState.Left)
        {
            var (to, reason) = await HasCaseAsync(connection, join.UserId).ConfigureAwait(false) ? (PromoterState.Frozen, OpenCase) : (PromoterState.Active, (string?)null);
            await SetAsync(connection, outbox, join.UserId, PromoterState.Left, to, reason, join.UserId, now).ConfigureAwait(false);
            connection.Defer(Language, new { id = join.UserId, culture = join.Culture });
        }

        return null;
    }

    private static async Task<bool> HasCaseAsync(ICommerceConnection connection, string promoter) =>
        await connection.QuerySingleOrDefaultAsync<long>(ReferralReview.Against, new { promoter }).ConfigureAwait(false) > 0;

    private async Task<CommerceResult<Promoter>> MoveAsync(TenantScope scope, string id, PromoterState[] from, PromoterState to, string? reason, string actor, CancellationToken cancellationToken) =>
        await database.WriteAsync<CommerceResult<Promoter>>(scope, async c =>
        {
            await LockAsync(c, id).ConfigureAwait(false);
            if (await FindAsync(c, id).ConfigureAwait(false) is not { } promoter)
                return NoPromoter;
            if (promoter.State == to)
                return promoter;
            var now = clock.GetUtcNow();
            // a case isn't left behind by leaving or by being switched off and on again
            if (to == PromoterState.Active && await HasCaseAsync(c, id).ConfigureAwait(false))
                (to, reason) = (PromoterState.Frozen, OpenCase);
            if (!from.Contains(promoter.State) || !await SetAsync(c, outbox, id, promoter.State, to, reason, actor, now).ConfigureAwait(false))
                return new CommerceError(CommerceErrors.IllegalTransition, $"A promoter who is {promoter.State} can't become {to} like this.");
            return (await FindAsync(c, id).ConfigureAwait(false))!;
        }, cancellationToken).ConfigureAwait(false);

    private static void AddSignals(ICommerceConnection connection, ITenantCipher cipher, PromoterJoin join, DateTimeOffset now)
    {
        void Add(PromoterSignal kind, string? value) => AddSignal(connection, cipher, join.UserId, kind, value, now);

        Add(PromoterSignal.Account, join.UserId);
        Add(PromoterSignal.Device, join.DeviceId);
        Add(PromoterSignal.Address, join.ClientAddress);
        Add(PromoterSignal.Contact, join.Phone);
        foreach (var contact in join.Contacts.Take(10))
            Add(PromoterSignal.Contact, contact);
    }

    private static CommerceError? Check(PromoterJoin join, string name)
    {
        if (join.UserId is not { Length: >= 1 and <= 100 })
            return new(CommerceErrors.Required, "A promoter has an account.", "userId");
        if (!join.ConfirmsAdult)
            return new(ReferralErrors.AdultsOnly, "Only adults can be promoters. Please confirm that you are one.", "confirmsAdult");
        if (CheckName(name) is { } error)
            return error;
        if (!string.IsNullOrWhiteSpace(join.Phone) && !Contact.IsPhone(Contact.Normalize(join.Phone) ?? ""))
            return new(CommerceErrors.Invalid, "A phone number has 5 to 20 digits, and may begin with a plus sign.", "phone");
        if (join.Culture.Length > 20)
            return new(CommerceErrors.TooLong, "The name of a language has at most 20 characters.", "culture");
        return join.TermsVersion < 1 ? new(CommerceErrors.Required, "The promoter terms have to be agreed to.", "termsVersion") : null;
    }

    // others see it on leaderboards and materials
    private static CommerceError? CheckName(string name)
    {
        if (name.Length is 0 or > MaxName)
            return new(name.Length == 0 ? CommerceErrors.Required : CommerceErrors.TooLong, $"A name has 1 to {MaxName} characters.", "name");
        return ReferralWords.Claim(name) is { } word ? new(ReferralErrors.NameRefused, $"A name doesn't promise income or use words of pyramid schemes: “{word}”.", "name") : null;
    }

    private sealed record Row(string Id, string Name, PromoterState State, string Tier, bool Listed, DateTimeOffset JoinedAt, string? BroughtBy, string? Reason, long Number)
    {
        public Promoter Read() => new(Id, Name, State, Tier, Listed, JoinedAt, BroughtBy, Reason);
    }
}

/// <summary>Who did what.</summary>
internal static class ReferralLog
{
    private const string Insert = "insert into referral_log (tenant, id, subject, what, actor, note, at) values (@tenant, @id, @subject, @what, @actor, @note, @now)";

    public static void Add(ICommerceConnection connection, string subject, string what, string actor, string? note, DateTimeOffset now) =>
        connection.Defer(Insert, new { id = CommerceId.New(now), subject, what, actor, note, now });
}
