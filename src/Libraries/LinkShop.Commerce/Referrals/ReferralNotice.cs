using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>What a promoter is told about a case.</summary>
public enum ReferralNoticeKind
{
    /// <summary>A case was opened that holds rewards up.</summary>
    Opened,
    /// <summary>It was decided.</summary>
    Decided,
    /// <summary>Their appeal was decided.</summary>
    Appeal,
}

/// <summary>Something to tell a promoter. It has nobody else's data and none of the words of staff: these are behind the sign-in.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Kind">What is told.</param>
/// <param name="Promoter">User id of who is told.</param>
/// <param name="Culture">The language they joined in; empty for the shop's.</param>
/// <param name="OrderId">The order that it is about; null for all of the promoter's.</param>
/// <param name="ForPromoter">Whether the decision was in their favour; false for a case that was only opened.</param>
public sealed record ReferralNotice(string CaseId, ReferralNoticeKind Kind, string Promoter, string Culture, string? OrderId, bool ForPromoter)
{
    /// <summary>The order's number, as people read it out; null when it is about no single order.</summary>
    public string? OrderNumber => OrderId is { } id ? Ordering.OrderNumber.Of(id) : null;
}

/// <summary>What promoters have still to be told.</summary>
public interface IReferralNotices
{
    /// <summary>What is to be told; null when it was told already, or there is nothing to tell: no promoter, no reward that was held up, not decided.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="kind">What of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReferralNotice?> FindAsync(TenantScope scope, string caseId, ReferralNoticeKind kind, CancellationToken cancellationToken = default);

    /// <summary>Keeps that it was told.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="notice">What.</param>
    Task ToldAsync(TenantScope scope, ReferralNotice notice);
}

/// <inheritdoc />
internal sealed class ReferralNotices(ICommerceDatabase database, TimeProvider clock) : IReferralNotices
{
    private const string Select = """
        select k.kind, k.promoter, p.culture, k.order_id, k.state, k.opened_told_at, k.decided_told_at, k.appeal_told_at, k.decided_at, k.appeal_at
        from referral_case k join referral_promoter p on p.tenant = k.tenant and p.id = k.promoter where k.tenant = @tenant and k.id = @id
        """;

    public Task<ReferralNotice?> FindAsync(TenantScope scope, string caseId, ReferralNoticeKind kind, CancellationToken cancellationToken = default) => database.ReadAsync(scope, async c =>
    {
        if (await c.QuerySingleOrDefaultAsync<Row>(Select, new { id = caseId }).ConfigureAwait(false) is not { } row)
            return null;
        var holds = row.OrderId is not null || row.Kind is ReferralCaseKind.SelfBought or ReferralCaseKind.Ring or ReferralCaseKind.Manual;
        var (tells, told, good) = kind switch
        {
            // who hears of it when it is over hears what came of it
            ReferralNoticeKind.Opened => (holds && row.State == ReferralCaseState.Open, row.OpenedToldAt, false),
            // of a suspicion that held nothing up and was none nobody has to hear
            ReferralNoticeKind.Decided => (row.DecidedAt is not null && (holds || row.State != ReferralCaseState.Dismissed), row.DecidedToldAt, row.State == ReferralCaseState.Dismissed),
            _ => (row.AppealAt is not null, row.AppealToldAt, row.State == ReferralCaseState.AppealUpheld),
        };
        return tells && told is null ? new ReferralNotice(caseId, kind, row.Promoter, row.Culture, row.OrderId, good) : null;
    }, cancellationToken);

    public Task ToldAsync(TenantScope scope, ReferralNotice notice)
    {
        var column = notice.Kind switch { ReferralNoticeKind.Opened => "opened_told_at", ReferralNoticeKind.Decided => "decided_told_at", _ => "appeal_told_at" };
        return database.WriteAsync(scope, c => c.ExecuteAsync($"update referral_case set {column} = @now where tenant = @tenant and id = @id and {column} is null", new { id = notice.CaseId, now = clock.GetUtcNow() }), CancellationToken.None);
    }

    private sealed record Row(
        ReferralCaseKind Kind, string Promoter, string Culture, string? OrderId, ReferralCaseState State, DateTimeOffset? OpenedToldAt, DateTimeOffset? DecidedToldAt, DateTimeOffset? AppealToldAt,
        DateTimeOffset? DecidedAt, DateTimeOffset? AppealAt);
}
