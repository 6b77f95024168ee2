using System.Globalization;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Shops;

/// <summary>How a shop comes into the register, and out of it when it could not be set up.</summary>
internal sealed class ShopRegister(ICommerceDatabase database, TimeProvider clock)
{
    /// <summary>How long an opening is waited for before it counts as interrupted.</summary>
    internal static readonly TimeSpan OpeningTime = TimeSpan.FromMinutes(2);

    // its row is locked until the commit: claims of one platform come one after the other
    private const string Next = """
        insert into shop_sequence (tenant, last) values (@tenant, 1) on conflict (tenant) do update set last = shop_sequence.last + 1 returning last
        """;

    private const string Insert = """
        insert into shop (tenant, shop, number, slug, title, category, owner_user, owner_name, owner_email, plan, state, opening_until, words, created_at, updated_at)
        values (@tenant, @shop, @number, @slug, @title, @category, @ownerUser, @ownerName, @ownerEmail, @plan, 'Opening', @until, @words, @now, @now)
        """;

    private const string Again = """
        update shop set title = @title, category = @category, owner_name = @ownerName, owner_email = @ownerEmail, words = @words, opening_until = @until, updated_at = @now
        where tenant = @tenant and slug = @slug and state = 'Opening' and owner_user = @ownerUser and opening_until <= @now
        """;

    private const string Opened = $"update shop set state = 'Open', opening_until = null, updated_at = @now where tenant = @tenant and shop = @shop and state = 'Opening' returning {ShopSql.Columns}";
    private const string FreeSlug = "delete from shop_slug where tenant = @tenant and shop = @shop and exists (select 1 from shop where tenant = @tenant and shop = @shop and state = 'Opening')";
    private const string Remove = "delete from shop where tenant = @tenant and shop = @shop and state = 'Opening'";
    private const string Holder = "select count(*) from shop_slug where tenant = @tenant and skeleton = @skeleton and (free_at is null or free_at > @now)";
    private const string OfOwner = "select count(*) from shop where tenant = @tenant and owner_user = @ownerUser and state <> 'Closed'";

    public async Task<CommerceError?> CheckSlugAsync(TenantScope platform, string? slug, CancellationToken cancellationToken)
    {
        if (ShopSlugs.Check(slug) is { } error)
            return error;
        var taken = await database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<long>(Holder, new { skeleton = ShopSlugs.Skeleton(slug!), now = clock.GetUtcNow() }), cancellationToken).ConfigureAwait(false);
        return taken > 0 ? ShopSql.Taken : null;
    }

    public async Task<CommerceResult<ShopInfo>> ClaimAsync(TenantScope platform, ShopClaim claim, int maxPerOwner, CancellationToken cancellationToken)
    {
        var title = ShopTitles.Normalize(claim.Title);
        if ((ShopSlugs.Check(claim.Slug) ?? ShopTitles.Check(title) ?? CheckOwner(claim)) is { } error)
            return error;
        try
        {
            return await database.WriteAsync(platform, c => ClaimAsync(c, claim with { Title = title }, maxPerOwner), cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return CommerceResult<ShopInfo>.Failure(refused.Errors);
        }
    }

    public Task<CommerceResult<ShopInfo>> OpenedAsync(TenantScope platform, string shop, string? actor, CancellationToken cancellationToken) =>
        database.WriteAsync<CommerceResult<ShopInfo>>(platform, async c =>
        {
            var now = clock.GetUtcNow();
            if (await c.QuerySingleOrDefaultAsync<ShopInfo>(Opened, new { shop, now }).ConfigureAwait(false) is not { } opened)
                return await c.QuerySingleOrDefaultAsync<ShopInfo>(ShopSql.ById, new { shop }).ConfigureAwait(false) is { } found ? found : ShopSql.NotFound;
            ShopSql.Write(c, shop, now, actor ?? opened.OwnerName, "opened", null);
            return opened;
        }, cancellationToken);

    public Task<bool> AbandonAsync(TenantScope platform, string shop, CancellationToken cancellationToken) => database.WriteAsync(platform, async c =>
    {
        await c.ExecuteAsync(FreeSlug, new { shop }).ConfigureAwait(false);
        return await c.ExecuteAsync(Remove, new { shop }).ConfigureAwait(false) > 0;
    }, cancellationToken);

    private async Task<CommerceResult<ShopInfo>> ClaimAsync(ICommerceConnection c, ShopClaim claim, int maxPerOwner)
    {
        var now = clock.GetUtcNow();
        var row = new
        {
            slug = claim.Slug, title = claim.Title, category = claim.Category, ownerUser = claim.Owner.UserId, ownerName = claim.Owner.Name, ownerEmail = claim.Owner.Email,
            words = ShopSql.Words(claim.Title, claim.Slug, claim.Owner.Name), until = now + OpeningTime, now,
        };
        if (await c.ExecuteAsync(Again, row).ConfigureAwait(false) > 0)
            return (await c.QuerySingleOrDefaultAsync<ShopInfo>(ShopSql.BySlug, new { slug = claim.Slug }).ConfigureAwait(false))!;
        var number = await c.QuerySingleOrDefaultAsync<long>(Next).ConfigureAwait(false);
        var shop = "Shop" + number.ToString(CultureInfo.InvariantCulture);
        if (await c.ExecuteAsync(ShopSql.ClaimSlug, new { skeleton = ShopSlugs.Skeleton(claim.Slug), slug = claim.Slug, shop, now }).ConfigureAwait(false) == 0)
            throw new RefusedException([await WhyAsync(c, claim).ConfigureAwait(false)]);
        c.Defer(ShopSql.ForgetFormer, new { slug = claim.Slug });
        if (maxPerOwner < int.MaxValue && await c.QuerySingleOrDefaultAsync<long>(OfOwner, new { ownerUser = claim.Owner.UserId }).ConfigureAwait(false) >= maxPerOwner)
            throw new RefusedException(ShopErrors.TooMany, "You have as many shops as one person may have.");
        await c.ExecuteAsync(Insert, new
        {
            shop, number, row.slug, row.title, row.category, row.ownerUser, row.ownerName, row.ownerEmail, plan = claim.Plan, row.until, row.words, now,
        }).ConfigureAwait(false);
        ShopSql.Write(c, shop, now, claim.Actor ?? claim.Owner.Name, "claimed", claim.Slug);
        return new ShopInfo(shop, number, claim.Slug, claim.Title, claim.Category, claim.Owner.UserId, claim.Owner.Name, claim.Owner.Email, claim.Plan, ShopState.Opening, null, now, now);
    }

    private static async Task<CommerceError> WhyAsync(ICommerceConnection c, ShopClaim claim) =>
        await c.QuerySingleOrDefaultAsync<ShopInfo>(ShopSql.BySlug, new { slug = claim.Slug }).ConfigureAwait(false) is { State: ShopState.Opening } mine && mine.OwnerUser == claim.Owner.UserId
            ? new CommerceError(ShopErrors.Opening, "This shop is being opened already.", "slug")
            : ShopSql.Taken;

    private static CommerceError? CheckOwner(ShopClaim claim) =>
        string.IsNullOrWhiteSpace(claim.Owner.UserId) || string.IsNullOrWhiteSpace(claim.Owner.Name) ? new(CommerceErrors.Required, "A shop has an owner.", "owner")
        : claim.Category is not { Length: <= 30 } ? new(CommerceErrors.TooLong, "At most 30 characters.", "category")
        : string.IsNullOrWhiteSpace(claim.Plan) || claim.Plan.Length > 30 ? new(CommerceErrors.Invalid, "A plan has 1 to 30 characters.", "plan")
        : null;
}
