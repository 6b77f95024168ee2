using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Referrals;

/// <inheritdoc />
internal sealed class ReferralReview(ICommerceDatabase database, ReferralVoids voids, IOutbox outbox, TimeProvider clock) : IReferralReview
{
    private const int MaxText = 2_000;

    private const string Columns = """
        select id, kind, promoter, order_id, sku_id, state, evidence, opened_at, decided_by, decision, decided_at, appeal, appeal_by, appeal_decision from referral_case where tenant = @tenant
        """;

    private const string Insert = """
        insert into referral_case (tenant, id, kind, promoter, order_id, sku_id, state, evidence, opened_at) select @tenant, @id, @kind, @promoter, @orderId, @skuId, 'Open', @evidence, @now
        where not exists (select 1 from referral_case where tenant = @tenant and kind = @kind and state = 'Appealed' and coalesce(promoter, '') = coalesce(@promoter, '')
          and coalesce(order_id, '') = coalesce(@orderId, '') and coalesce(sku_id, '') = coalesce(@skuId, ''))
        on conflict do nothing
        """;

    private const string Decide = """
        update referral_case set state = @state, decided_by = @actor, decision = @decision, decided_at = @now where tenant = @tenant and id = @id and state = 'Open'
        """;

    private const string Appeal = """
        update referral_case set state = 'Appealed', appeal = @text, appealed_at = @now where tenant = @tenant and id = @id and state = 'Upheld' and promoter = @promoter and decided_at >= @since
        """;

    private const string DecideAppeal = """
        update referral_case set state = @state, appeal_by = @actor, appeal_decision = @decision, appeal_at = @now where tenant = @tenant and id = @id and state = 'Appealed' and decided_by <> @actor
        """;

    // nobody stays frozen without a case that says why: some freeze when they are opened, all that are about the promoter as a whole when they are decided against them
    internal const string Against = "select count(*) from referral_case where promoter = @promoter and tenant = @tenant and state not in ('Dismissed', 'AppealUpheld') and (kind in ('SelfBought', 'Ring', 'Manual') or (state <> 'Open' and order_id is null))";

    private static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such case.");
    private static readonly CommerceError Own = new(ReferralErrors.OwnCase, "Nobody decides a case against themselves.", "actor");
    private static readonly CommerceError Closed = new(ReferralErrors.CaseClosed, "This case was decided already, or can't be appealed any more.");

    public Task<IReadOnlyList<ReferralCase>> ListAsync(TenantScope scope, ReferralCaseState state = ReferralCaseState.Open, string? after = null, int take = 50, CancellationToken cancellationToken = default) => database.ReadAsync(
        scope, c => c.QueryAsync<ReferralCase>(Columns + " and state = @state and id > @after order by id limit @take", new { state, after = after ?? "", take = Math.Clamp(take, 1, 200) }), cancellationToken);

    public Task<IReadOnlyList<ReferralCase>> AlarmsAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync(
        scope, c => c.QueryAsync<ReferralCase>(Columns + " and state = 'Open' and kind in ('PeopleAndLevels', 'TicketSku', 'FewBuyers') order by id desc limit 50"), cancellationToken);

    public Task<IReadOnlyList<ReferralCase>> OfPromoterAsync(TenantScope scope, string promoter, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => c.QueryAsync<ReferralCase>(Columns + " and promoter = @promoter order by id desc limit 200", new { promoter }), cancellationToken);

    public Task<ReferralCase?> FindAsync(TenantScope scope, string id, CancellationToken cancellationToken = default) => database.ReadAsync(scope, c => FindAsync(c, id), cancellationToken);

    public async Task<CommerceResult<ReferralCase>> OpenAsync(TenantScope scope, string promoter, string? orderId, string note, string actor, CancellationToken cancellationToken = default)
    {
        if (Check(note, "note") is { } error)
            return error;
        return await database.WriteAsync<CommerceResult<ReferralCase>>(scope, async c =>
        {
            if (await Promoters.FindAsync(c, promoter).ConfigureAwait(false) is null)
                return new CommerceError(ReferralErrors.NoPromoter, "This user isn't a promoter here.");
            var evidence = new Dictionary<string, string> { ["note"] = note, ["by"] = actor };
            var id = await OpenAsync(c, ReferralCaseKind.Manual, promoter, orderId, null, evidence, freeze: true, actor, clock.GetUtcNow()).ConfigureAwait(false);
            return id is not null ? (await FindAsync(c, id).ConfigureAwait(false))! : new CommerceError(CommerceErrors.Conflict, "Such a case is open already.");
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<ReferralCase>> DecideAsync(TenantScope scope, string id, bool uphold, string decision, string actor, CancellationToken cancellationToken = default)
    {
        if (Check(decision, "decision") is { } error)
            return error;
        var now = clock.GetUtcNow();
        var decided = await database.WriteAsync(scope, c => DecidedAsync(c, id, Decide, uphold ? ReferralCaseState.Upheld : ReferralCaseState.Dismissed, decision, actor, !uphold, now), cancellationToken).ConfigureAwait(false);
        if (decided.Succeeded)
            await voids.FollowAsync(scope, now.AddDays(-1), CancellationToken.None).ConfigureAwait(false);
        return decided;
    }

    public async Task<CommerceResult<ReferralCase>> AppealAsync(TenantScope scope, string id, string promoter, string text, CancellationToken cancellationToken = default)
    {
        if (Check(text, "text") is { } error)
            return error;
        return await database.WriteAsync<CommerceResult<ReferralCase>>(scope, async c =>
        {
            var now = clock.GetUtcNow();
            if (await FindAsync(c, id).ConfigureAwait(false) is not { } known || known.Promoter != promoter)
                return NotFound;
            if (await c.ExecuteAsync(Appeal, new { id, promoter, text, now, since = now - ReferralCase.AppealWithin }).ConfigureAwait(false) == 0)
                return Closed;
            outbox.Add(c, ReferralEvents.CaseAppealed, new ReferralEvent(promoter, known.OrderId, CaseId: id, Appeal: true));
            ReferralLog.Add(c, promoter, "appealed " + id, promoter, null, now);
            return (await FindAsync(c, id).ConfigureAwait(false))!;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<ReferralCase>> DecideAppealAsync(TenantScope scope, string id, bool right, string decision, string actor, CancellationToken cancellationToken = default)
    {
        if (Check(decision, "decision") is { } error)
            return error;
        if (await FindAsync(scope, id, cancellationToken).ConfigureAwait(false) is { State: ReferralCaseState.Appealed } known && known.DecidedBy == actor)
            return new CommerceError(ReferralErrors.SameReviewer, "Somebody else than who decided the case decides its appeal.");
        var now = clock.GetUtcNow();
        var decided = await database.WriteAsync(scope, c => DecidedAsync(c, id, DecideAppeal, right ? ReferralCaseState.AppealUpheld : ReferralCaseState.AppealDismissed, decision, actor, right, now), cancellationToken).ConfigureAwait(false);
        if (decided.Succeeded)
            await voids.FollowAsync(scope, now.AddDays(-1), CancellationToken.None).ConfigureAwait(false);
        return decided;
    }

    /// <summary>Opens a case unless there is such a one; its id, or null.</summary>
    internal async Task<string?> OpenAsync(
        ICommerceConnection connection, ReferralCaseKind kind, string? promoter, string? orderId, string? skuId, IReadOnlyDictionary<string, string> evidence, bool freeze, string actor, DateTimeOffset now)
    {
        freeze &= promoter is not null;
        if (freeze)
            await Promoters.LockAsync(connection, promoter!).ConfigureAwait(false);
        var id = CommerceId.New(now);
        var document = JsonSerializer.Serialize(evidence, ReferralJson.Default.IReadOnlyDictionaryStringString);
        if (await connection.ExecuteAsync(Insert, new { id, kind, promoter, orderId, skuId, evidence = document, now }).ConfigureAwait(false) == 0)
            return null;
        outbox.Add(connection, ReferralEvents.CaseOpened, new ReferralEvent(promoter, orderId, CaseId: id));
        if (freeze)
            await Promoters.SetAsync(connection, outbox, promoter!, PromoterState.Active, PromoterState.Frozen, "case " + id, actor, now).ConfigureAwait(false);
        return id;
    }

    private async Task<CommerceResult<ReferralCase>> DecidedAsync(ICommerceConnection connection, string id, string update, ReferralCaseState state, string decision, string actor, bool forPromoter, DateTimeOffset now)
    {
        if (await FindAsync(connection, id).ConfigureAwait(false) is not { } known)
            return NotFound;
        if (known.Promoter == actor)
            return Own;
        // of two cases that are decided at once, the second sees what became of the first
        if (known.Promoter is not null)
            await Promoters.LockAsync(connection, known.Promoter).ConfigureAwait(false);
        if (await connection.ExecuteAsync(update, new { id, state, decision, actor, now }).ConfigureAwait(false) == 0)
            return Closed;
        outbox.Add(connection, ReferralEvents.CaseDecided, new ReferralEvent(known.Promoter, known.OrderId, CaseId: id, Appeal: state is ReferralCaseState.AppealUpheld or ReferralCaseState.AppealDismissed));
        ReferralLog.Add(connection, known.Promoter ?? "tenant", $"{state} {id}", actor, decision, now);
        if (known.Promoter is { } promoter && forPromoter && await connection.QuerySingleOrDefaultAsync<long>(Against, new { promoter }).ConfigureAwait(false) == 0)
            await Promoters.SetAsync(connection, outbox, promoter, PromoterState.Frozen, PromoterState.Active, null, actor, now).ConfigureAwait(false);
        else if (known.Promoter is { } against && !forPromoter && known.OrderId is null)
            await Promoters.SetAsync(connection, outbox, against, PromoterState.Active, PromoterState.Frozen, "case " + id, actor, now).ConfigureAwait(false);
        return (await FindAsync(connection, id).ConfigureAwait(false))!;
    }

    private static Task<ReferralCase?> FindAsync(ICommerceConnection connection, string id) => connection.QuerySingleOrDefaultAsync<ReferralCase>(Columns + " and id = @id", new { id });

    private static CommerceError? Check(string? text, string field) => string.IsNullOrWhiteSpace(text)
        ? new(CommerceErrors.Required, "Say why.", field)
        : text.Length > MaxText ? new(CommerceErrors.TooLong, $"At most {MaxText} characters.", field) : null;
}
