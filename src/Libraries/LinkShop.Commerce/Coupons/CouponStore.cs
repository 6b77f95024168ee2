using System.Text.Json;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Coupons;

/// <summary>The merchant's coupons in the commerce database.</summary>
internal sealed class CouponStore(ICommerceDatabase database) : ICoupons
{
    private const string Columns = "select code, document, used, version from coupons where tenant = @tenant";

    private const string Upsert = """
        insert into coupons (tenant, code, document, enabled, max_uses, used) values (@tenant, @code, @document, @enabled, @maxUses, 0)
        on conflict (tenant, code) do update set document = excluded.document, enabled = excluded.enabled, max_uses = excluded.max_uses, version = coupons.version + 1
        """;

    private const string Insert = """
        insert into coupons (tenant, code, document, enabled, max_uses, used) values (@tenant, @code, @document, @enabled, @maxUses, 0) on conflict (tenant, code) do nothing
        """;

    // waits for an order that takes a use at this moment, and then sees what it has taken
    private const string Change = """
        update coupons set document = @document, enabled = @enabled, max_uses = @maxUses, version = version + 1
        where tenant = @tenant and code = @code and version = @version and (@maxUses is null or used <= @maxUses)
        """;

    public async Task<CommerceResult<Coupon>> AddAsync(TenantScope scope, Coupon coupon, CancellationToken cancellationToken = default)
    {
        coupon = Stored(coupon);
        if (CouponRules.Check(coupon) is { Count: > 0 } errors)
            return CommerceResult<Coupon>.Failure(errors);
        return await database.WriteAsync<CommerceResult<Coupon>>(scope, async c => await c.ExecuteAsync(Insert, Values(coupon)).ConfigureAwait(false) == 0
            ? new CommerceError(CommerceErrors.Conflict, "There is a coupon with this code.", "code")
            : (await FindAsync(c, coupon.Code).ConfigureAwait(false))!, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<Coupon>> ChangeAsync(TenantScope scope, Coupon coupon, CancellationToken cancellationToken = default)
    {
        var version = coupon.Version;
        coupon = Stored(coupon);
        if (CouponRules.Check(coupon) is { Count: > 0 } errors)
            return CommerceResult<Coupon>.Failure(errors);
        return await database.WriteAsync<CommerceResult<Coupon>>(scope, async c =>
        {
            if (await FindAsync(c, coupon.Code).ConfigureAwait(false) is not { } known)
                return new CommerceError(CommerceErrors.NotFound, "There is no such coupon.", "code");
            if (known.Version != version)
                return Changed;
            if (CouponRules.FixedOf(known, coupon) is { } fixedField)
                return new CommerceError(CommerceErrors.CouponFixed, "What a coupon takes off can't be changed.", fixedField);
            var values = new { code = coupon.Code, document = Text(coupon), enabled = coupon.Enabled, maxUses = coupon.MaxUses, version };
            if (await c.ExecuteAsync(Change, values).ConfigureAwait(false) == 1)
                return (await FindAsync(c, coupon.Code).ConfigureAwait(false))!;
            var now = (await FindAsync(c, coupon.Code).ConfigureAwait(false))!;
            return now.Version != version ? Changed : new CommerceError(CommerceErrors.BelowUses, $"It was used {now.Used} times already.", "maxUses");
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<Coupon>> SaveAsync(TenantScope scope, Coupon coupon, CancellationToken cancellationToken = default)
    {
        var saved = await SaveAllAsync(scope, [coupon], cancellationToken).ConfigureAwait(false);
        return saved.Succeeded ? saved.Value[0] : CommerceResult<Coupon>.Failure([.. saved.Errors.Select(e => e with { Field = e.Field!["[0].".Length..] })]);
    }

    public async Task<CommerceResult<IReadOnlyList<Coupon>>> SaveAllAsync(TenantScope scope, IReadOnlyList<Coupon> coupons, CancellationToken cancellationToken = default)
    {
        Coupon[] stored = [.. coupons.Select(Stored)];
        CommerceError[] errors = [.. stored.SelectMany((coupon, i) => CouponRules.Check(coupon).Select(e => e with { Field = $"[{i}].{e.Field}" }))];
        if (errors.Length > 0)
            return CommerceResult<IReadOnlyList<Coupon>>.Failure(errors);
        return CommerceResult<IReadOnlyList<Coupon>>.Success(await database.WriteAsync(scope, async c =>
        {
            var saved = new List<Coupon>(stored.Length);
            foreach (var coupon in stored)
            {
                await c.ExecuteAsync(Upsert, Values(coupon)).ConfigureAwait(false);
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
    public static string Normalize(string? code) => Typed.Plain(code).Trim().ToUpperInvariant();

    public static async Task<Coupon?> FindAsync(ICommerceConnection connection, string code) =>
        await connection.QuerySingleOrDefaultAsync<Row>(Columns + " and code = @code", new { code }).ConfigureAwait(false) is { } row ? Read(row) : null;

    private static Coupon Read(Row row) => JsonSerializer.Deserialize(row.Document, CouponJson.Default.Coupon)! with { Used = row.Used, Version = row.Version };

    private static readonly CommerceError Changed = new(CommerceErrors.Conflict, "Somebody else changed the coupon meanwhile. Look at it again.", "version");

    // what the row counts isn't in the document
    private static Coupon Stored(Coupon coupon) => coupon with { Code = Normalize(coupon.Code), Used = 0, Version = 0 };

    private static string Text(Coupon coupon) => JsonSerializer.Serialize(coupon, CouponJson.Default.Coupon);

    private static object Values(Coupon coupon) => new { code = coupon.Code, document = Text(coupon), enabled = coupon.Enabled, maxUses = coupon.MaxUses };

    private sealed record Row(string Code, string Document, int Used, int Version);
}
