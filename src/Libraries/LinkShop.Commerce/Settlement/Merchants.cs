using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Settlement;

/// <summary>Somebody who earns by goods in the tenant's shop, and what fee rules may ask about them.</summary>
/// <param name="Owner">User id; empty for the tenant's own shop.</param>
/// <param name="Name">What staff and buyers call them, 1 to 100 characters.</param>
/// <param name="Tier">What rules know them by, or null; at most 60 characters.</param>
/// <param name="ShopPlan">The plan their shop is on, or null; at most 60 characters.</param>
/// <param name="JoinedAt">Since when they sell here: a part of a new merchant's earnings may be kept back.</param>
public sealed record Merchant(string Owner, string Name, string? Tier, string? ShopPlan, DateTimeOffset JoinedAt);

/// <summary>The merchants of a tenant.</summary>
public interface IMerchants
{
    /// <summary>A merchant; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="owner">User id; empty for the tenant's own shop.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<Merchant?> FindAsync(TenantScope scope, string owner, CancellationToken cancellationToken = default);

    /// <summary>Merchants by their owner's id.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="afterOwner">Last owner of the page before, or null.</param>
    /// <param name="take">At most how many, up to 500.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<Merchant>> ListAsync(TenantScope scope, string? afterOwner = null, int take = 100, CancellationToken cancellationToken = default);

    /// <summary>Adds a merchant, who then joins now, or changes name, tier and plan. It counts for payments from then on.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="merchant">As they are to be; when they joined is kept.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The merchant as stored, or <c>required</c>, <c>too_long</c> or <c>invalid</c> with the field.</returns>
    Task<CommerceResult<Merchant>> SaveAsync(TenantScope scope, Merchant merchant, string actor, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class Merchants(ICommerceDatabase database, TimeProvider clock) : IMerchants
{
    private const int MaxName = 100;
    private const int MaxTier = 60;
    private const string Select = "select owner, name, tier, shop_plan, joined_at from merchant where tenant = @tenant";
    private const string ById = Select + " and owner = @owner";
    private const string Page = Select + " and owner > @after order by owner limit @take";
    private const string First = Select + " order by owner limit @take";

    private const string Save = """
        insert into merchant (tenant, owner, name, tier, shop_plan, joined_at, updated_by, updated_at) values (@tenant, @owner, @name, @tier, @shopPlan, @now, @actor, @now)
        on conflict (tenant, owner) do update set name = excluded.name, tier = excluded.tier, shop_plan = excluded.shop_plan, updated_by = excluded.updated_by, updated_at = excluded.updated_at
        """;

    public Task<Merchant?> FindAsync(TenantScope scope, string owner, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => c.QuerySingleOrDefaultAsync<Merchant>(ById, new { owner }), cancellationToken);

    public Task<IReadOnlyList<Merchant>> ListAsync(TenantScope scope, string? afterOwner = null, int take = 100, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => c.QueryAsync<Merchant>(afterOwner is null ? First : Page, new { after = afterOwner, take = Math.Clamp(take, 1, 500) }), cancellationToken);

    public async Task<CommerceResult<Merchant>> SaveAsync(TenantScope scope, Merchant merchant, string actor, CancellationToken cancellationToken = default)
    {
        var (name, tier, plan) = (merchant.Name?.Trim() ?? "", Empty(merchant.Tier), Empty(merchant.ShopPlan));
        if (Check(merchant.Owner, name, tier, plan, actor) is { } error)
            return error;
        return await database.WriteAsync<CommerceResult<Merchant>>(scope, async c =>
        {
            c.Defer(Save, new { owner = merchant.Owner, name, tier, shopPlan = plan, now = clock.GetUtcNow(), actor });
            return (await c.QuerySingleOrDefaultAsync<Merchant>(ById, new { owner = merchant.Owner }).ConfigureAwait(false))!;
        }, cancellationToken).ConfigureAwait(false);
    }

    private static CommerceError? Check(string owner, string name, string? tier, string? plan, string actor)
    {
        if (string.IsNullOrWhiteSpace(actor))
            return new(CommerceErrors.Required, "It takes somebody who does it.", "actor");
        if (owner is not { Length: <= MaxName })
            return new(CommerceErrors.Invalid, "An owner has at most 100 characters.", "owner");
        if (name.Length == 0)
            return new(CommerceErrors.Required, "A merchant has a name.", "name");
        if (name.Length > MaxName)
            return new(CommerceErrors.TooLong, "At most 100 characters.", "name");
        return tier?.Length > MaxTier ? new(CommerceErrors.TooLong, "At most 60 characters.", "tier") : plan?.Length > MaxTier ? new(CommerceErrors.TooLong, "At most 60 characters.", "shopPlan") : null;
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
