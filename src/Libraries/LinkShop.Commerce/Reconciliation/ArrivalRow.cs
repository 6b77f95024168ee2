using System.Globalization;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Stores and reads arrivals.</summary>
internal sealed record ArrivalRow(
    string Id, string Provider, string Reference, string Currency, long Amount, string Day, string CreatedBy, DateTimeOffset CreatedAt, string? TakenBackBy, DateTimeOffset? TakenBackAt)
{
    private const string DayForm = "yyyy-MM-dd";

    private const string Select = "select id, provider, reference, currency, amount, day, created_by, created_at, taken_back_by, taken_back_at from provider_arrival where tenant = @tenant";

    private const string Insert = """
        insert into provider_arrival (tenant, id, provider, reference, currency, amount, day, created_by, created_at)
        values (@tenant, @id, @provider, @reference, @currency, @amount, @day, @actor, @now) on conflict do nothing
        """;

    private const string TakeBack = "update provider_arrival set taken_back_by = @actor, taken_back_at = @now where tenant = @tenant and id = @id and taken_back_at is null";

    /// <summary>Stores one; null when the provider has one with this reference.</summary>
    public static async Task<ArrivalView?> AddAsync(ICommerceConnection connection, ArrivalDraft draft, string actor, DateTimeOffset now)
    {
        var id = CommerceId.New(now);
        var day = draft.Day.ToString(DayForm, CultureInfo.InvariantCulture);
        var added = await connection.ExecuteAsync(Insert, new { id, draft.Provider, draft.Reference, draft.Amount.Currency, amount = draft.Amount.Minor, day, actor, now }).ConfigureAwait(false);
        return added == 0 ? null : await FindAsync(connection, id).ConfigureAwait(false);
    }

    public static async Task<bool> TakeBackAsync(ICommerceConnection connection, string id, string actor, DateTimeOffset now) =>
        await connection.ExecuteAsync(TakeBack, new { id, actor, now }).ConfigureAwait(false) > 0;

    public static async Task<ArrivalView?> FindAsync(ICommerceConnection connection, string id) =>
        (await connection.QuerySingleOrDefaultAsync<ArrivalRow>(Select + " and id = @id", new { id }).ConfigureAwait(false))?.ToView();

    /// <summary>The one with a reference that wasn't taken back.</summary>
    public static async Task<ArrivalView?> FindAsync(ICommerceConnection connection, string provider, string reference) => (await connection.QuerySingleOrDefaultAsync<ArrivalRow>(
        Select + " and provider = @provider and reference = @reference and taken_back_at is null", new { provider, reference }).ConfigureAwait(false))?.ToView();

    public static async Task<IReadOnlyList<ArrivalView>> ListAsync(ICommerceConnection connection, string? after, int take) =>
        [.. (await connection.QueryAsync<ArrivalRow>($"{Select}{(after is null ? "" : " and id < @after")} order by id desc limit @take", new { after, take }).ConfigureAwait(false)).Select(r => r.ToView())];

    private ArrivalView ToView() =>
        new(Id, Provider, new Money(Amount, Currency), DateOnly.ParseExact(Day, DayForm, CultureInfo.InvariantCulture), Reference, CreatedBy, CreatedAt, TakenBackBy, TakenBackAt);
}
