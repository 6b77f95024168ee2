using System.Text.Json;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <inheritdoc />
internal sealed class ReferralPlans(ICommerceDatabase database, ReferralRuleBook book, TimeProvider clock) : IReferralPlans
{
    private const string Columns = """
        select p.id, p.version, v.document, p.state, case when p.budget is null then coalesce(cast((select sum(d.accrued - d.reversed) from referral_campaign_day d where d.tenant = p.tenant and d.plan_id = p.id) as bigint), 0) else p.spent + p.excess end as spent,
          p.changed_by, p.changed_at
        from referral_plan p join referral_plan_version v on v.tenant = p.tenant and v.plan_id = p.id and v.version = p.version where p.tenant = @tenant
        """;

    private const string Insert = """
        insert into referral_plan (tenant, id, version, state, currency, budget, changed_by, changed_at) values (@tenant, @id, 1, 'Draft', @currency, @budget, @actor, @now) on conflict do nothing
        """;

    private const string Update = """
        update referral_plan set version = version + 1, budget = @budget, changed_by = @actor, changed_at = @now,
          state = case when state = 'Active' and @stands >= @budget then 'Spent' else state end, spent = case when @budget is null then 0 when @stands > @budget then @budget else @stands end, excess = case when @stands > @budget then @stands - @budget else 0 end
        where tenant = @tenant and id = @id and version = @version and currency = @currency and (@budget is null or @stands <= @budget or (excess > 0 and @budget >= budget)) and state not in ('Killed', 'Ended')
        """;

    // before what the orders have is counted: those that are being paid hold its key until they are seen, see ReferralBudget
    private const string Lock = "select 1 from referral_plan where tenant = @tenant and id = @id";
    private const string Stands = "select coalesce(cast(sum(minor) as bigint), 0) from referral_budget_use where tenant = @tenant and plan_id = @id";

    private const string InsertVersion = """
        insert into referral_plan_version (tenant, plan_id, version, levels, jurisdiction, approval, document, actor, at) values (@tenant, @id, @version, @levels, @jurisdiction, @approval, @document, @actor, @now)
        """;

    private const string Move = "update referral_plan set state = @to, changed_by = @actor, changed_at = @now where tenant = @tenant and id = @id and state = @from and (@to <> 'Active' or budget is null or spent < budget)";
    private const string Approved = "select id from referral_approval where tenant = @tenant and jurisdiction = @jurisdiction and revoked_at is null";

    private const string Seller = """
        select g.stamp, g.enabled, p.state, p.tier, p.listed, p.joined_at from referral_program g join referral_promoter p on p.tenant = g.tenant and p.id = @promoter where g.tenant = @tenant
        """;

    private static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such plan.");

    public Task<IReadOnlyList<ReferralPlanView>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<ReferralPlanView>>(
        scope, async c => [.. (await c.QueryAsync<Row>(Columns + " order by p.id").ConfigureAwait(false)).Select(r => r.Read())], cancellationToken);

    public Task<ReferralPlanView?> FindAsync(TenantScope scope, string id, CancellationToken cancellationToken = default) => database.ReadAsync(scope, c => FindAsync(c, id), cancellationToken);

    public Task<ReferralPlan?> VersionAsync(TenantScope scope, string id, long version, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, async c => await book.VersionAsync(c, id, version).ConfigureAwait(false), cancellationToken);

    public Task<bool> AnyInForceAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync(scope, async c =>
    {
        var now = clock.GetUtcNow();
        return await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false) is { Enabled: true } program && await book.GetAsync(c, program.Stamp).ConfigureAwait(false) is { } rules
            && rules.Plans.Any(p => ReferralPlanChoice.InTime(p, now));
    }, cancellationToken);

    public Task<ReferralPlan?> OfLinkAsync(TenantScope scope, ReferralLink link, string? currency, CancellationToken cancellationToken = default) => database.ReadAsync(scope, async c =>
    {
        if (!link.Active || await c.QuerySingleOrDefaultAsync<SellerRow>(Seller, new { link.Promoter }).ConfigureAwait(false) is not { Enabled: true, State: PromoterState.Active } seller
            || await book.GetAsync(c, seller.Stamp).ConfigureAwait(false) is not { } rules)
            return null;
        var candidate = new ReferralCandidate(
            link.Id, link.Promoter, link.Channel, link.Campaign, link.Active, 0, seller.State, seller.Tier, seller.Listed, seller.JoinedAt, null, null, null, 0, seller.Stamp, seller.Enabled, false, null);
        var paidIn = currency ?? rules.Program.Currency;
        var facts = await PromoterFacts.OfAsync(c, rules, paidIn, [candidate]).ConfigureAwait(false);
        return ReferralPlanChoice.For(rules.Plans, candidate, facts.GetValueOrDefault(link.Promoter), paidIn, clock.GetUtcNow());
    }, cancellationToken);

    public Task<IReadOnlyList<ReferralRefusal>> LintAsync(TenantScope scope, ReferralPlan plan, CancellationToken cancellationToken = default) => database.ReadAsync(
        scope, async c => ReferralPlanLinter.Check(plan, await ContextAsync(c, await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false) ?? new ReferralProgram()).ConfigureAwait(false)), cancellationToken);

    public async Task<CommerceResult<ReferralPlanView>> SaveAsync(TenantScope scope, ReferralPlan plan, string actor, CancellationToken cancellationToken = default) =>
        await database.WriteAsync<CommerceResult<ReferralPlanView>>(scope, async c =>
        {
            // the program's row: plans are judged by the rules of now, and nobody changes these meanwhile
            if (await ReferralRuleBook.ProgramAsync(c, lockIt: true).ConfigureAwait(false) is not { } program)
                return new CommerceError(ReferralErrors.ProgramOff, "There is no referral program here.");
            if (ReferralPlanLinter.Check(plan, await ContextAsync(c, program).ConfigureAwait(false)) is { Count: > 0 } refusals)
                return CommerceResult<ReferralPlanView>.Failure(Errors(refusals));
            var now = clock.GetUtcNow();
            _ = await c.QueryAsync<int>(Lock + c.ForUpdate(), new { plan.Id }).ConfigureAwait(false);
            var stands = await c.QuerySingleOrDefaultAsync<long>(Stands, new { plan.Id }).ConfigureAwait(false);
            var changed = await c.ExecuteAsync(plan.Version == 0 ? Insert : Update, new { plan.Id, plan.Version, plan.Currency, budget = plan.BudgetMinor, stands, actor, now }).ConfigureAwait(false);
            if (changed == 0)
                return new CommerceError(CommerceErrors.Conflict, "The plan was changed or ended meanwhile, has another currency, or has spent more than this budget.", "version");
            c.Defer(InsertVersion, new
            {
                plan.Id,
                version = plan.Version + 1,
                plan.Levels,
                program.Jurisdiction,
                approval = plan.Levels > 1 ? plan.ApprovalId : null,
                document = JsonSerializer.Serialize(plan with { Version = 0 }, ReferralDocuments.Plan),
                actor,
                now,
            });
            c.Defer(ReferralPrograms.Stamp);
            ReferralLog.Add(c, "plan " + plan.Id, "saved", actor, null, now);
            return (await FindAsync(c, plan.Id).ConfigureAwait(false))!;
        }, cancellationToken).ConfigureAwait(false);

    public async Task<CommerceResult<ReferralPlanView>> ImportAsync(TenantScope scope, string json, string actor, CancellationToken cancellationToken = default)
    {
        var (plan, refusal) = Read(json);
        return plan is not null ? await SaveAsync(scope, plan, actor, cancellationToken).ConfigureAwait(false) : CommerceResult<ReferralPlanView>.Failure(Errors([refusal!]));
    }

    public async Task<CommerceResult<ReferralPlanView>> MoveAsync(TenantScope scope, string id, ReferralPlanState state, string reason, string actor, CancellationToken cancellationToken = default) =>
        await database.WriteAsync<CommerceResult<ReferralPlanView>>(scope, async c =>
        {
            var program = await ReferralRuleBook.ProgramAsync(c, lockIt: true).ConfigureAwait(false);
            if (program is null || await FindAsync(c, id).ConfigureAwait(false) is not { } plan)
                return NotFound;
            if (plan.State == state)
                return plan;
            if (state == ReferralPlanState.Active && ReferralPlanLinter.Check(plan.Plan, await ContextAsync(c, program).ConfigureAwait(false)) is { Count: > 0 } refusals)
                return CommerceResult<ReferralPlanView>.Failure(Errors(refusals));
            var now = clock.GetUtcNow();
            if (state == ReferralPlanState.Active && plan.Left is { Minor: 0 } && ReferralPlanTransitions.Allows(plan.State, state))
                return new CommerceError(ReferralErrors.BudgetSpent, "Nothing is left of the plan's budget. Raise it first.", "budgetMinor");
            if (!ReferralPlanTransitions.Allows(plan.State, state) || await c.ExecuteAsync(Move, new { id, from = plan.State, to = state, actor, now }).ConfigureAwait(false) == 0)
                return new CommerceError(CommerceErrors.IllegalTransition, $"A plan that is {plan.State} can't become {state}.");
            c.Defer(ReferralPrograms.Stamp);
            ReferralLog.Add(c, "plan " + id, state.ToString(), actor, reason, now);
            return (await FindAsync(c, id).ConfigureAwait(false))!;
        }, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<(TenantScope Scope, string PlanId, IReadOnlyList<ReferralRefusal> Refusals)>> CheckAllAsync(CancellationToken cancellationToken = default)
    {
        var tenants = new List<string>();
        foreach (var each in database.EveryDatabase)
            tenants.AddRange(await each.ReadSystemAsync(c => c.QueryAsync<string>("select distinct tenant from referral_plan where state = 'Active' and " + CommerceSql.Settled), cancellationToken).ConfigureAwait(false));
        var paused = new List<(TenantScope, string, IReadOnlyList<ReferralRefusal>)>();
        foreach (var scope in tenants.Select(t => new TenantScope(t)))
        {
            var unlawful = await database.ReadAsync(scope, async c =>
            {
                var context = await ContextAsync(c, (await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false))!).ConfigureAwait(false);
                return (await ActiveAsync(c).ConfigureAwait(false)).Select(p => (p.Id, Refusals: ReferralPlanLinter.Check(p, context))).Where(p => p.Refusals.Count > 0).ToList();
            }, cancellationToken).ConfigureAwait(false);
            foreach (var (id, refusals) in unlawful)
            {
                await MoveAsync(scope, id, ReferralPlanState.Paused, string.Join(", ", refusals.Select(r => r.Code)), "linter", cancellationToken).ConfigureAwait(false);
                paused.Add((scope, id, refusals));
            }
        }

        return paused;
    }

    /// <summary>Reads a plan as recipes have it.</summary>
    internal static (ReferralPlan? Plan, ReferralRefusal? Refusal) Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReferralDocuments.Plan) is { } plan ? (plan, null) : (null, new ReferralRefusal("malformed", ""));
        }
        catch (JsonException error)
        {
            // System.Text.Json has no other sign for a member that isn't mapped
            var unknown = error.Message.Contains("could not be mapped", StringComparison.Ordinal);
            return (null, new ReferralRefusal(unknown ? "unknown_field" : "malformed", error.Path?.TrimStart('$', '.') ?? ""));
        }
    }

    internal static async Task<IReadOnlyList<ReferralPlan>> ActiveAsync(ICommerceConnection connection) =>
        [.. (await connection.QueryAsync<PlanDocument>(ReferralRuleBook.Active).ConfigureAwait(false)).Select(p => p.Read())];

    internal static async Task<ReferralLintContext> ContextAsync(ICommerceConnection connection, ReferralProgram program) =>
        new(program.Jurisdiction, program.CapBasisPoints, await connection.QueryAsync<string>(Approved, new { program.Jurisdiction }).ConfigureAwait(false));

    internal static IReadOnlyList<CommerceError> Errors(IReadOnlyList<ReferralRefusal> refusals, string? of = null) =>
        [.. refusals.Select(r => new CommerceError(ReferralErrors.Unlawful, r.Message, $"{r.Code}:{(of is null ? "" : of + ".")}{r.Path}"))];

    private static async Task<ReferralPlanView?> FindAsync(ICommerceConnection connection, string id) =>
        (await connection.QuerySingleOrDefaultAsync<Row>(Columns + " and p.id = @id", new { id }).ConfigureAwait(false))?.Read();

    private sealed record SellerRow(long Stamp, bool Enabled, PromoterState State, string Tier, bool Listed, DateTimeOffset JoinedAt);

    private sealed record Row(string Id, long Version, string Document, ReferralPlanState State, long Spent, string ChangedBy, DateTimeOffset ChangedAt)
    {
        public ReferralPlanView Read()
        {
            var plan = new PlanDocument(Id, Version, Document).Read();
            return new(plan, State, new Money(Spent, plan.Currency), ChangedBy, ChangedAt);
        }
    }
}

/// <summary>Which state of a plan may follow which.</summary>
internal static class ReferralPlanTransitions
{
    public static bool Allows(ReferralPlanState from, ReferralPlanState to) => (from, to) switch
    {
        (ReferralPlanState.Killed or ReferralPlanState.Ended, _) => false,
        (_, ReferralPlanState.Killed or ReferralPlanState.Ended) => true,
        (ReferralPlanState.Draft or ReferralPlanState.Paused or ReferralPlanState.Spent, ReferralPlanState.Active) => true,
        (ReferralPlanState.Active, ReferralPlanState.Paused) => true,
        _ => false,
    };
}
