using System.Security.Cryptography;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Shops;

/// <inheritdoc />
internal sealed class DomainRegister(ICommerceDatabase database, IOutbox outbox, TimeProvider clock) : IShopDomains
{
    private const string Itself = "LinkShop";

    private const string Select = """
        select shop, domain, token, state, method, why, created_at, checked_at, next_check, gone_since, warned_at from shop_domain where tenant = @tenant
        """;

    private const string Of = Select + " and shop = @shop order by domain";
    private const string One = Select + " and shop = @shop and domain = @domain";
    private const string Due = Select + " and next_check <= @now order by next_check limit @take";

    // everybody who wants the domain, in one order: of two proofs at once the second waits here and then sees the first
    private const string Rivals = Select + " and domain = @domain order by shop";

    private const string Insert = """
        insert into shop_domain (tenant, shop, domain, token, state, created_at, next_check) values (@tenant, @shop, @domain, @token, 'Waiting', @now, @now)
        """;

    private const string Update = """
        update shop_domain set state = @state, method = @method, why = @why, checked_at = @checkedAt, next_check = @nextCheck, gone_since = @goneSince, warned_at = @warnedAt
        where tenant = @tenant and shop = @shop and domain = @domain
        """;

    private const string Forget = "delete from shop_domain where tenant = @tenant and shop = @shop and domain = @domain";
    private const string Delete = Forget + " returning state";
    private const string Free = "delete from shop_domain where tenant = @tenant and shop = @shop";

    /// <summary>A shop that has ended has no domains. The caller tells the shop.</summary>
    public static void FreeAll(ICommerceConnection c, string shop) => c.Defer(Free, new { shop });

    public Task<CommerceResult<ShopDomain>> AddAsync(TenantScope platform, string shop, string domain, string actor, int most, CancellationToken cancellationToken) =>
        database.WriteAsync<CommerceResult<ShopDomain>>(platform, async c =>
        {
            // its row is locked: the count below holds until the commit
            if (await ShopSql.LockAsync(c, shop).ConfigureAwait(false) is not { } found)
                return ShopSql.NotFound;
            if (found.State is ShopState.Opening or ShopState.Closed)
                return new CommerceError(CommerceErrors.IllegalTransition, $"A shop that is {found.State} has no domains.");
            var own = await c.QueryAsync<ShopDomain>(Of, new { shop }).ConfigureAwait(false);
            if (own.FirstOrDefault(d => d.Domain == domain) is { } present)
                return present;
            if (own.Count >= Math.Min(most, DomainNames.MostPerShop))
                return new CommerceError(ShopErrors.TooManyDomains, $"The shop has {own.Count} domains and may not have more.", "domain");
            var now = clock.GetUtcNow();
            await c.ExecuteAsync(Insert, new { shop, domain, token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), now }).ConfigureAwait(false);
            ShopSql.Write(c, shop, now, actor, "domain_added", domain);
            return (await c.QuerySingleOrDefaultAsync<ShopDomain>(One, new { shop, domain }).ConfigureAwait(false))!;
        }, cancellationToken);

    public Task<bool> RemoveAsync(TenantScope platform, string shop, string domain, string actor, CancellationToken cancellationToken = default) => database.WriteAsync(platform, async c =>
    {
        if (await c.QuerySingleOrDefaultAsync<string>(Delete, new { shop, domain }).ConfigureAwait(false) is not { } state)
            return false;
        ShopSql.Write(c, shop, clock.GetUtcNow(), actor, "domain_removed", domain);
        if (state == nameof(ShopDomainState.Proven))
            outbox.Add(c, ShopEvents.Changed, new ShopChanged(shop));
        return true;
    }, cancellationToken);

    public Task<IReadOnlyList<ShopDomain>> OfAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QueryAsync<ShopDomain>(Of, new { shop }), cancellationToken);

    public Task<ShopDomain?> FindAsync(TenantScope platform, string shop, string domain, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<ShopDomain>(One, new { shop, domain }), cancellationToken);

    public Task<IReadOnlyList<ShopDomain>> DueAsync(TenantScope platform, int take, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QueryAsync<ShopDomain>(Due, new { now = clock.GetUtcNow(), take }), cancellationToken);

    public Task<CommerceResult<ShopDomain>> RecordAsync(TenantScope platform, ShopDomain looked, DomainProof proof, string? actor = null, CancellationToken cancellationToken = default) =>
        database.WriteAsync<CommerceResult<ShopDomain>>(platform, async c =>
        {
            var rivals = await c.QueryAsync<ShopDomain>(Rivals + c.ForUpdate(), new { domain = looked.Domain }).ConfigureAwait(false);
            // given up, and perhaps wanted again, while the look was under way
            if (rivals.FirstOrDefault(r => r.Shop == looked.Shop) is not { } was || was.Token != looked.Token)
                return ShopSql.NoDomain;
            var now = clock.GetUtcNow();
            if (ShopDomainRules.After(was, proof, rivals.Any(r => r.State == ShopDomainState.Proven && r.Shop != was.Shop), now) is not { } then)
            {
                await c.ExecuteAsync(Forget, new { was.Shop, was.Domain }).ConfigureAwait(false);
                ShopSql.Write(c, was.Shop, now, Itself, "domain_forgotten", was.Domain);
                return ShopSql.NoDomain;
            }

            await c.ExecuteAsync(Update, then).ConfigureAwait(false);
            Tell(c, was, then, actor ?? Itself, now);
            return then;
        }, cancellationToken);

    private void Tell(ICommerceConnection c, ShopDomain was, ShopDomain then, string actor, DateTimeOffset now)
    {
        if (was.State != then.State)
        {
            ShopSql.Write(c, then.Shop, now, actor, then.State == ShopDomainState.Proven ? "domain_proven" : "domain_lost", then.Domain);
            outbox.Add(c, ShopEvents.Changed, new ShopChanged(then.Shop));
        }

        var lost = (was.State, then.State) == (ShopDomainState.Proven, ShopDomainState.Lost);
        if (lost || (was.WarnedAt is null && then.WarnedAt is not null))
            outbox.Add(c, ShopEvents.DomainTrouble, new DomainTrouble(then.Shop, then.Domain, lost, (then.GoneSince ?? now) + (lost ? TimeSpan.Zero : ShopDomainRules.LostAfter)));
    }
}
