using System.Text.Json;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <inheritdoc />
internal sealed class ReferralPrograms(ICommerceDatabase database, TimeProvider clock) : IReferralProgram
{
    private const string Insert = """
        insert into referral_program (tenant, stamp, enabled, document, changed_by, changed_at) values (@tenant, 1, @enabled, @document, @actor, @now) on conflict do nothing
        """;

    private const string Update = """
        update referral_program set stamp = stamp + 1, enabled = @enabled, document = @document, changed_by = @actor, changed_at = @now where tenant = @tenant and stamp = @stamp
        """;

    private const string Switch = "update referral_program set stamp = stamp + 1, enabled = @enabled, changed_by = @actor, changed_at = @now where tenant = @tenant and enabled <> @enabled";
    private const string Approvals = "select id, jurisdiction, counsel, reference, recorded_by, recorded_at, revoked_at from referral_approval where tenant = @tenant";
    private const string Approve = """
        insert into referral_approval (tenant, id, jurisdiction, counsel, reference, recorded_by, recorded_at) values (@tenant, @id, @jurisdiction, @counsel, @reference, @actor, @now) on conflict do nothing
        """;

    private const string Revoke = "update referral_approval set revoked_at = @now where tenant = @tenant and id = @id and revoked_at is null";
    private const string PauseThose = """
        update referral_plan set state = 'Paused', changed_by = @actor, changed_at = @now where tenant = @tenant and state = 'Active'
          and exists (select 1 from referral_plan_version v where v.tenant = referral_plan.tenant and v.plan_id = referral_plan.id and v.version = referral_plan.version and v.approval = @id)
        """;

    internal const string Stamp = "update referral_program set stamp = stamp + 1 where tenant = @tenant";

    public Task<ReferralProgram?> FindAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync(scope, c => ReferralRuleBook.ProgramAsync(c), cancellationToken);

    public async Task<CommerceResult<ReferralProgram>> SaveAsync(TenantScope scope, ReferralProgram program, string actor, CancellationToken cancellationToken = default)
    {
        var errors = Check(program);
        if (errors.Count > 0)
            return CommerceResult<ReferralProgram>.Failure(errors);
        return await database.WriteAsync<CommerceResult<ReferralProgram>>(scope, async c =>
        {
            var now = clock.GetUtcNow();
            var values = new
            {
                stamp = program.Stamp, program.Enabled, actor, now,
                document = JsonSerializer.Serialize(program with { Stamp = 0 }, ReferralDocuments.Program),
            };
            if (await c.ExecuteAsync(program.Stamp == 0 ? Insert : Update, values).ConfigureAwait(false) == 0)
                return new CommerceError(CommerceErrors.Conflict, "Somebody else changed the rules meanwhile. Look at them again.", "stamp");
            var stored = (await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false))!;
            var context = await ReferralPlans.ContextAsync(c, stored).ConfigureAwait(false);
            foreach (var plan in await ReferralPlans.ActiveAsync(c).ConfigureAwait(false))
            {
                if (ReferralPlanLinter.Check(plan, context) is { Count: > 0 } refusals)
                    throw new RefusedException(ReferralPlans.Errors(refusals, plan.Id));
            }

            ReferralLog.Add(c, "program", "saved", actor, null, now);
            return stored;
        }, cancellationToken).CatchAsync().ConfigureAwait(false);
    }

    public async Task<CommerceResult<ReferralProgram>> SwitchAsync(TenantScope scope, bool enabled, string reason, string actor, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return new CommerceError(CommerceErrors.Required, "Why is missing.", "reason");
        return await database.WriteAsync<CommerceResult<ReferralProgram>>(scope, async c =>
        {
            var now = clock.GetUtcNow();
            if (await c.ExecuteAsync(Switch, new { enabled, actor, now }).ConfigureAwait(false) == 1)
                ReferralLog.Add(c, "program", enabled ? "on" : "off", actor, reason, now);
            return await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false) is { } program ? program : new CommerceError(ReferralErrors.ProgramOff, "There is no referral program here.");
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<CounselApproval>> ApproveAsync(TenantScope scope, CounselApproval approval, string actor, CancellationToken cancellationToken = default)
    {
        if (approval.Id is not { Length: >= 1 and <= 64 } || string.IsNullOrWhiteSpace(approval.Counsel) || string.IsNullOrWhiteSpace(approval.Reference))
            return new CommerceError(CommerceErrors.Required, "An approval has an id, who gave it, and where it is kept.", "counsel");
        if (approval.Jurisdiction is not { Length: 2 } || approval.Jurisdiction == "CN")
            return new CommerceError(ReferralErrors.NoApproval, "A second level can't be approved there.", "jurisdiction");
        return await database.WriteAsync<CommerceResult<CounselApproval>>(scope, async c =>
        {
            await c.ExecuteAsync(Approve, new { approval.Id, approval.Jurisdiction, approval.Counsel, approval.Reference, actor, now = clock.GetUtcNow() }).ConfigureAwait(false);
            var stored = (await FindAsync(c, approval.Id).ConfigureAwait(false))!;
            return (stored.Jurisdiction, stored.Counsel, stored.Reference) == (approval.Jurisdiction, approval.Counsel, approval.Reference)
                ? stored
                : new CommerceError(CommerceErrors.Conflict, "Another approval has this id.", "id");
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<CommerceResult<CounselApproval>> RevokeAsync(TenantScope scope, string id, string actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync<CommerceResult<CounselApproval>>(scope, async c =>
        {
            var now = clock.GetUtcNow();
            if (await c.ExecuteAsync(Revoke, new { id, now }).ConfigureAwait(false) == 1)
            {
                await c.ExecuteAsync(PauseThose, new { id, actor, now }).ConfigureAwait(false);
                c.Defer(Stamp);
                ReferralLog.Add(c, "approval " + id, "revoked", actor, null, now);
            }

            return await FindAsync(c, id).ConfigureAwait(false) is { } approval ? approval : new CommerceError(CommerceErrors.NotFound, "There is no such approval.");
        }, cancellationToken);

    public Task<IReadOnlyList<CounselApproval>> ApprovalsAsync(TenantScope scope, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => c.QueryAsync<CounselApproval>(Approvals + " order by recorded_at desc, id"), cancellationToken);

    private static Task<CounselApproval?> FindAsync(ICommerceConnection connection, string id) => connection.QuerySingleOrDefaultAsync<CounselApproval>(Approvals + " and id = @id", new { id });

    private static List<CommerceError> Check(ReferralProgram program)
    {
        var errors = new List<CommerceError>();
        That(program.Jurisdiction is { Length: 2 } && program.Jurisdiction.All(char.IsAsciiLetterUpper), "jurisdiction", "A country's two letters.");
        That(Currencies.IsKnown(program.Currency), "currency", "The currency isn't an ISO 4217 code.");
        That(Enum.IsDefined(program.Model), "model", "There is no such model.");
        Within(program.CapBasisPoints, "capBasisPoints");
        Within(program.RefundWindowDays, "refundWindowDays");
        Within(program.DisputeWindowDays, "disputeWindowDays");
        Within(program.ClickWindowDays, "clickWindowDays");
        Within(program.PromoterBoughtBasisPoints, "promoterBoughtBasisPoints");
        Within(program.VelocityPerHour, "velocityPerHour");
        That(program.Tiers.Count <= 20, "tiers", "At most 20 tiers.");
        errors.AddRange(ReferralPlans.Errors(ReferralPlanLinter.CheckTiers(program.Tiers), "tiers"));
        return errors;

        void Within(int value, string field)
        {
            var (least, most) = ReferralProgram.Ranges[field];
            That(value >= least && value <= most, field, $"{least} to {most}.");
        }

        void That(bool holds, string field, string message)
        {
            if (!holds)
                errors.Add(new CommerceError(CommerceErrors.Invalid, message, field));
        }
    }
}

/// <summary>Makes a typed result of a refusal that had to undo a write.</summary>
internal static class Refusals
{
    public static async Task<CommerceResult<T>> CatchAsync<T>(this Task<CommerceResult<T>> work)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return CommerceResult<T>.Failure(refused.Errors);
        }
    }
}
