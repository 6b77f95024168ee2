using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Coupons;

/// <summary>The merchant's coupons in the commerce database.</summary>
internal sealed partial class CouponStore(ICommerceDatabase database) : ICoupons
{
    private const string Columns = "select code, document, used from coupons where tenant = @tenant";

    private const string Upsert = """
        insert into coupons (tenant, code, document, enabled, max_uses, used) values (@tenant, @code, @document, @enabled, @maxUses, 0)
        on conflict (tenant, code) do update set document = excluded.document, enabled = excluded.enabled, max_uses = excluded.max_uses
        """;

    public async Task<CommerceResult<Coupon>> SaveAsync(TenantScope scope, Coupon coupon, CancellationToken cancellationToken = default)
    {
        var saved = await SaveAllAsync(scope, [coupon], cancellationToken).ConfigureAwait(false);
        return saved.Succeeded ? saved.Value[0] : CommerceResult<Coupon>.Failure([.. saved.Errors.Select(e => e with { Field = e.Field!["[0].".Length..] })]);
    }

    public async Task<CommerceResult<IReadOnlyList<Coupon>>> SaveAllAsync(TenantScope scope, IReadOnlyList<Coupon> coupons, CancellationToken cancellationToken = default)
    {
        Coupon[] stored = [.. coupons.Select(coupon => coupon with { Code = Normalize(coupon.Code), Used = 0 })];
        CommerceError[] errors = [.. stored.SelectMany((coupon, i) => Validate(coupon).Select(e => e with { Field = $"[{i}].{e.Field}" }))];
        if (errors.Length > 0)
            return CommerceResult<IReadOnlyList<Coupon>>.Failure(errors);
        return CommerceResult<IReadOnlyList<Coupon>>.Success(await database.WriteAsync(scope, async c =>
        {
            var saved = new List<Coupon>(stored.Length);
            foreach (var coupon in stored)
            {
                var document = JsonSerializer.Serialize(coupon, CouponJson.Default.Coupon);
                await c.ExecuteAsync(Upsert, new { code = coupon.Code, document, enabled = coupon.Enabled, maxUses = coupon.MaxUses }).ConfigureAwait(false);
                saved.Add((await FindAsync(c, coupon.Code).ConfigureAwait(false))!);
            }

            return saved;
        }, cancellationToken).ConfigureAwait(false));
    }

    public Task<Coupon?> GetAsync(TenantScope scope, string code, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => FindAsync(c, Normalize(code)), cancellationToken);

    public Task<IReadOnlyList<Coupon>> ListAsync(TenantScope scope, string? afterCode = null, int take = 100, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<Coupon>>(scope, async c =>
        {
            var rows = await c.QueryAsync<Row>(Columns + " and code > @after order by code limit @take", new { after = Normalize(afterCode), take = Math.Clamp(take, 1, 500) }).ConfigureAwait(false);
            return [.. rows.Select(Read)];
        }, cancellationToken);

    /// <summary>One spelling of a code: people type it.</summary>
    public static string Normalize(string? code) => code?.Trim().ToUpperInvariant() ?? "";

    public static async Task<Coupon?> FindAsync(ICommerceConnection connection, string code) =>
        await connection.QuerySingleOrDefaultAsync<Row>(Columns + " and code = @code", new { code }).ConfigureAwait(false) is { } row ? Read(row) : null;

    private static Coupon Read(Row row) => JsonSerializer.Deserialize(row.Document, CouponJson.Default.Coupon)! with { Used = row.Used };

    private static List<CommerceError> Validate(Coupon coupon)
    {
        var errors = new List<CommerceError>();
        That(CodeForm().IsMatch(coupon.Code), "code", "A code has 3 to 40 letters, digits, dashes or underscores.");
        That(Enum.IsDefined(coupon.Kind), "kind", "There is no such kind.");
        That(Currencies.IsKnown(coupon.Currency), "currency", "The currency isn't an ISO 4217 code.");
        That(coupon.Kind != CouponKind.Fixed || coupon.AmountMinor > 0, "amountMinor", "The amount must be above zero.");
        That(coupon.Kind != CouponKind.Percentage || coupon.BasisPoints is >= 1 and <= 10_000, "basisPoints", "The percentage must be above 0 and at most 100.");
        That(coupon.CapMinor is null or > 0, "capMinor", "The cap must be above zero.");
        That(coupon.MinimumMinor >= 0, "minimumMinor", "The minimum can't be negative.");
        That(coupon.MaxUses is null or > 0, "maxUses", "At least 1.");
        That(coupon.MaxUsesPerBuyer is null or > 0, "maxUsesPerBuyer", "At least 1.");
        That(coupon.ValidFrom is null || coupon.ValidUntil is null || coupon.ValidFrom < coupon.ValidUntil, "validUntil", "The end must be after the start.");
        That(coupon.SkuIds.Count <= 1000, "skuIds", "At most 1,000 variants.");
        That(coupon.CategoryIds.Count <= 1000, "categoryIds", "At most 1,000 categories.");
        return errors;

        void That(bool holds, string field, string message)
        {
            if (!holds)
                errors.Add(new CommerceError(CommerceErrors.Invalid, message, field));
        }
    }

    [GeneratedRegex("^[A-Z0-9_-]{3,40}$")]
    private static partial Regex CodeForm();

    private sealed record Row(string Code, string Document, int Used);
}
