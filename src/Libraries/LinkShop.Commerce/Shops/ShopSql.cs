using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Shops;

/// <summary>The statements on the register that several operations share.</summary>
internal static class ShopSql
{
    public const string Columns = "shop, number, slug, title, category, owner_user, owner_name, owner_email, plan, state, reason, created_at, updated_at";

    public const string Select = $"select {Columns} from shop where tenant = @tenant";

    public const string ById = Select + " and shop = @shop";

    public const string BySlug = Select + " and slug = @slug";

    // the first of two who want the same or look-alikes has it, the second changes no row; one that was left long enough ago is free again
    public const string ClaimSlug = """
        insert into shop_slug (tenant, skeleton, slug, shop, claimed_at) values (@tenant, @skeleton, @slug, @shop, @now)
        on conflict (tenant, skeleton) do update set slug = excluded.slug, shop = excluded.shop, claimed_at = excluded.claimed_at, free_at = null where shop_slug.free_at <= @now
        """;

    /// <summary>Whoever has an address now, it no longer leads to who had it.</summary>
    public const string ForgetFormer = "delete from shop_former_slug where tenant = @tenant and slug = @slug";

    private const string Log = "insert into shop_log (tenant, shop, at, actor, what, note) values (@tenant, @shop, @at, @actor, @what, @note)";

    public static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such shop.");

    public static readonly CommerceError NoDomain = new(CommerceErrors.NotFound, "The shop doesn't have this domain.", "domain");

    public static readonly CommerceError Taken = new(ShopErrors.SlugTaken, "Another shop has this address, or one that looks like it.", "slug");

    /// <summary>A shop whose row stays as it is until the transaction ends; null when there is none.</summary>
    public static Task<ShopInfo?> LockAsync(ICommerceConnection c, string shop) => c.QuerySingleOrDefaultAsync<ShopInfo>(ById + c.ForUpdate(), new { shop });

    public static void Write(ICommerceConnection c, string shop, DateTimeOffset at, string actor, string what, string? note) => c.Defer(Log, new { shop, at, actor, what, note });

    /// <summary>What the search looks through.</summary>
    public static string Words(string title, string slug, string owner) => $"{title} {slug} {owner}".ToLowerInvariant();

    /// <summary>Tells the shop itself, and gives the changed row back.</summary>
    public static async Task<CommerceResult<ShopInfo>> ChangedAsync(ICommerceConnection c, IOutbox outbox, string shop, string? formerOwner = null)
    {
        outbox.Add(c, ShopEvents.Changed, new ShopChanged(shop, formerOwner));
        return (await c.QuerySingleOrDefaultAsync<ShopInfo>(ById, new { shop }).ConfigureAwait(false))!;
    }
}
