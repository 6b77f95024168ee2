using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Shops;

/// <inheritdoc />
internal sealed class Shops(ICommerceDatabase database, ShopRegister register, ShopSearcher searcher, IOutbox outbox, TimeProvider clock) : IShops
{
    private const int MaxReason = 500;

    private const string Move = """
        update shop set state = @to, reason = @reason, updated_at = @now where tenant = @tenant and shop = @shop
        """;

    private const string AtSlug = ShopSql.Select + " and shop = (select shop from shop_slug where tenant = @tenant and slug = @slug)";
    private const string AtDomain = ShopSql.Select + " and shop = (select shop from shop_domain where tenant = @tenant and domain = @domain and state = 'Proven')";
    private const string SameSkeleton = "update shop_slug set slug = @slug, free_at = null where tenant = @tenant and skeleton = @skeleton and shop = @shop";
    private const string Leave = "update shop_slug set free_at = @free where tenant = @tenant and shop = @shop and slug = @was and slug <> @slug";
    private const string Former = "select s.slug from shop_former_slug f join shop s on s.tenant = f.tenant and s.shop = f.shop where f.tenant = @tenant and f.slug = @slug and s.slug <> @slug";

    private const string Remember = """
        insert into shop_former_slug (tenant, slug, shop, left_at) values (@tenant, @was, @shop, @now) on conflict (tenant, slug) do update set shop = excluded.shop, left_at = excluded.left_at
        """;

    private const string Rename = "update shop set slug = @slug, words = @words, updated_at = @now where tenant = @tenant and shop = @shop";
    private const string Retitle = "update shop set title = @title, words = @words, updated_at = @now where tenant = @tenant and shop = @shop";
    private const string Transfer = "update shop set owner_user = @userId, owner_name = @name, owner_email = @email, words = @words, updated_at = @now where tenant = @tenant and shop = @shop";
    private const string Stale = ShopSql.Select + " and owner_user = @user and (owner_name <> @name or coalesce(owner_email, '') <> @email) order by shop";
    private const string Owner = "update shop set owner_name = @name, owner_email = @email, words = @words, updated_at = @now where tenant = @tenant and shop = @shop";
    private const string ForgetEntries = "delete from shop_entry where tenant = @tenant and shop = @shop";
    private const string LogOf = "select at, actor, what, note from shop_log where tenant = @tenant and shop = @shop order by number desc limit 200";

    public Task<CommerceError?> CheckSlugAsync(TenantScope platform, string? slug, CancellationToken cancellationToken = default) => register.CheckSlugAsync(platform, slug, cancellationToken);

    public Task<CommerceResult<ShopInfo>> ClaimAsync(TenantScope platform, ShopClaim claim, int maxPerOwner = int.MaxValue, CancellationToken cancellationToken = default) =>
        register.ClaimAsync(platform, claim, maxPerOwner, cancellationToken);

    public Task<CommerceResult<ShopInfo>> OpenedAsync(TenantScope platform, string shop, string? actor = null, CancellationToken cancellationToken = default) => register.OpenedAsync(platform, shop, actor, cancellationToken);

    public Task<bool> AbandonAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default) => register.AbandonAsync(platform, shop, cancellationToken);

    public Task<ShopInfo?> FindAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<ShopInfo>(ShopSql.ById, new { shop }), cancellationToken);

    public async Task<IReadOnlyList<ShopName>> NamesAsync(TenantScope platform, IReadOnlyCollection<string> shops, CancellationToken cancellationToken = default) => shops.Count == 0 ? [] : await database.ReadAsync(
        platform, c => c.QueryAsync<ShopName>($"select shop, slug, title from shop where tenant = @tenant and (shop {c.In("names")} or slug {c.In("names")}) order by title, shop", new { names = shops.Distinct().ToList() }), cancellationToken).ConfigureAwait(false);

    public Task<ShopInfo?> AtAsync(TenantScope platform, ShopPlace place, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<ShopInfo>(place.Slug is null ? AtDomain : AtSlug, new { slug = place.Slug, domain = place.Domain }), cancellationToken);

    public Task<string?> FollowAsync(TenantScope platform, string slug, CancellationToken cancellationToken = default) =>
        ShopSlugs.Check(slug) is null ? database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<string>(Former, new { slug }), cancellationToken) : Task.FromResult<string?>(null);

    public Task<ShopPage> SearchAsync(TenantScope platform, ShopQuery query, CancellationToken cancellationToken = default) => searcher.SearchAsync(platform, query, cancellationToken);

    public Task<IReadOnlyList<ShopLogEntry>> LogAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QueryAsync<ShopLogEntry>(LogOf, new { shop }), cancellationToken);

    public Task RecordAsync(TenantScope platform, string shop, string actor, string what, string? note, CancellationToken cancellationToken = default) =>
        database.WriteAsync(platform, c =>
        {
            ShopSql.Write(c, shop, clock.GetUtcNow(), actor, what, note);
            return Task.CompletedTask;
        }, cancellationToken);

    public Task<CommerceResult<ShopInfo>> RenameAsync(TenantScope platform, string shop, string slug, string actor, CancellationToken cancellationToken = default) =>
        ChangeAsync<ShopInfo>(platform, shop, actor, ShopSlugs.Check(slug), async (c, was, now) =>
        {
            var claim = new { skeleton = ShopSlugs.Skeleton(slug), slug, shop, now };
            // one of its own, or one that looks like one of its own, is had again
            if (await c.ExecuteAsync(SameSkeleton, new { claim.skeleton, slug, shop }).ConfigureAwait(false) == 0 && await c.ExecuteAsync(ShopSql.ClaimSlug, claim).ConfigureAwait(false) == 0)
                return ShopSql.Taken;
            if (was.Slug != slug)
            {
                c.Defer(Leave, new { shop, was = was.Slug, slug, free = now + ShopSlugs.KeptAfterLeaving });
                c.Defer(Remember, new { shop, was = was.Slug, now });
            }

            c.Defer(ShopSql.ForgetFormer, new { slug });
            await c.ExecuteAsync(Rename, new { slug, shop, now, words = ShopSql.Words(was.Title, slug, was.OwnerName) }).ConfigureAwait(false);
            ShopSql.Write(c, shop, now, actor, "renamed", was.Slug);
            return await ShopSql.ChangedAsync(c, outbox, shop).ConfigureAwait(false);
        }, cancellationToken);

    public Task<CommerceResult<ShopInfo>> RetitleAsync(TenantScope platform, string shop, string title, string actor, bool tellShop = true, CancellationToken cancellationToken = default)
    {
        title = ShopTitles.Normalize(title);
        return ChangeAsync<ShopInfo>(platform, shop, actor, ShopTitles.Check(title), async (c, was, now) =>
        {
            if (was.Title == title)
                return was;
            await c.ExecuteAsync(Retitle, new { title, shop, now, words = ShopSql.Words(title, was.Slug, was.OwnerName) }).ConfigureAwait(false);
            ShopSql.Write(c, shop, now, actor, "retitled", was.Title);
            return tellShop ? await ShopSql.ChangedAsync(c, outbox, shop).ConfigureAwait(false) : was with { Title = title, UpdatedAt = now };
        }, cancellationToken);
    }

    public Task<CommerceResult<ShopInfo>> MoveAsync(TenantScope platform, string shop, ShopState to, string? reason, string actor, bool byOwner = false, CancellationToken cancellationToken = default)
    {
        reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        var wrong = reason is null && to is ShopState.Suspended or ShopState.Closed ? new CommerceError(CommerceErrors.Required, "Say why.", "reason")
            : reason?.Length > MaxReason ? new CommerceError(CommerceErrors.TooLong, "At most 500 characters.", "reason") : null;
        return ChangeAsync<ShopInfo>(platform, shop, actor, wrong, async (c, was, now) =>
        {
            if (!ShopTransitions.Allows(was.State, to) || was.State == ShopState.Opening || (byOwner && !ShopTransitions.IsOwners(was.State, to)))
                return new CommerceError(CommerceErrors.IllegalTransition, $"A shop that is {was.State} can't become {to}.");
            await c.ExecuteAsync(Move, new { shop, to, reason = to == ShopState.Open ? null : reason, now }).ConfigureAwait(false);
            ShopSql.Write(c, shop, now, actor, WhatOf(to), reason);
            if (to == ShopState.Closed)
                DomainRegister.FreeAll(c, shop);
            if (to is ShopState.Suspended or ShopState.Closed)
                Tell(c, was.OwnerEmail, new ShopNews(shop, to == ShopState.Closed ? ShopNewsKind.Closed : ShopNewsKind.Suspended, "", reason));
            return await ShopSql.ChangedAsync(c, outbox, shop).ConfigureAwait(false);
        }, cancellationToken);
    }

    public Task<CommerceResult<ShopInfo>> TransferAsync(TenantScope platform, string shop, ShopOwner owner, string actor, CancellationToken cancellationToken = default)
    {
        var wrong = string.IsNullOrWhiteSpace(owner.UserId) || string.IsNullOrWhiteSpace(owner.Name) ? new CommerceError(CommerceErrors.Required, "A shop has an owner.", "owner") : null;
        return ChangeAsync<ShopInfo>(platform, shop, actor, wrong, async (c, was, now) =>
        {
            if (was.State is ShopState.Opening or ShopState.Closed)
                return new CommerceError(CommerceErrors.IllegalTransition, $"A shop that is {was.State} can't be given away.");
            if (was.OwnerUser == owner.UserId)
                return was;
            await c.ExecuteAsync(Transfer, new { shop, userId = owner.UserId, name = owner.Name, email = owner.Email, now, words = ShopSql.Words(was.Title, was.Slug, owner.Name) }).ConfigureAwait(false);
            c.Defer(ForgetEntries, new { shop });
            ShopSql.Write(c, shop, now, actor, "transferred", $"{was.OwnerName} → {owner.Name}");
            Tell(c, was.OwnerEmail, new ShopNews(shop, ShopNewsKind.GivenAway, ""));
            Tell(c, owner.Email, new ShopNews(shop, ShopNewsKind.Received, ""));
            return await ShopSql.ChangedAsync(c, outbox, shop, was.OwnerUser).ConfigureAwait(false);
        }, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> FollowOwnerAsync(TenantScope platform, ShopOwner owner, CancellationToken cancellationToken = default)
    {
        var wanted = new { user = owner.UserId, name = owner.Name, email = owner.Email ?? "" };
        // nearly always: an account without a shop, or one in which something else was changed
        if ((await database.ReadAsync(platform, c => c.QueryAsync<ShopInfo>(Stale, wanted), cancellationToken).ConfigureAwait(false)).Count == 0)
            return [];
        return await database.WriteAsync<IReadOnlyList<string>>(platform, async c =>
        {
            // locked: one that is given away at this moment isn't this account's any more
            var stale = await c.QueryAsync<ShopInfo>(Stale + c.ForUpdate(), wanted).ConfigureAwait(false);
            foreach (var shop in stale)
            {
                c.Defer(Owner, new { shop.Shop, name = owner.Name, email = owner.Email, now = clock.GetUtcNow(), words = ShopSql.Words(shop.Title, shop.Slug, owner.Name) });
                outbox.Add(c, ShopEvents.Changed, new ShopChanged(shop.Shop));
            }

            return [.. stale.Select(s => s.Shop)];
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<CommerceResult<ShopLook>> RelookAsync(TenantScope platform, string shop, string preset, bool keepColours, string? reason, string actor, CancellationToken cancellationToken = default)
    {
        var why = reason?.Trim() ?? "";
        var wrong = why.Length == 0 ? new CommerceError(CommerceErrors.Required, "Say why.", "reason") : why.Length > MaxReason ? new CommerceError(CommerceErrors.TooLong, "At most 500 characters.", "reason") : null;
        return ChangeAsync<ShopLook>(platform, shop, actor, wrong, (c, was, now) =>
        {
            if (was.State is ShopState.Opening or ShopState.Closed)
                return Task.FromResult<CommerceResult<ShopLook>>(new CommerceError(CommerceErrors.IllegalTransition, $"A shop that is {was.State} keeps its look."));
            var look = new ShopLook(shop, CommerceId.New(now), preset, keepColours, why);
            ShopSql.Write(c, shop, now, actor, "look", $"{preset}: {why}");
            outbox.Add(c, ShopEvents.Look, look);
            return Task.FromResult<CommerceResult<ShopLook>>(look);
        }, cancellationToken);
    }

    private Task<CommerceResult<T>> ChangeAsync<T>(
        TenantScope platform, string shop, string actor, CommerceError? wrong, Func<ICommerceConnection, ShopInfo, DateTimeOffset, Task<CommerceResult<T>>> change, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(actor))
            wrong = new CommerceError(CommerceErrors.Required, "It takes somebody who does it.", "actor");
        return wrong is not null
            ? Task.FromResult<CommerceResult<T>>(wrong)
            : database.WriteAsync<CommerceResult<T>>(platform, async c => await ShopSql.LockAsync(c, shop).ConfigureAwait(false) is { } was
                ? await change(c, was, clock.GetUtcNow()).ConfigureAwait(false)
                : ShopSql.NotFound, cancellationToken);
    }

    // one message for each of them: what failed for one is tried again without telling the other twice
    private void Tell(ICommerceConnection c, string? to, ShopNews news)
    {
        if (!string.IsNullOrEmpty(to))
            outbox.Add(c, ShopEvents.News, news with { To = to });
    }

    private static string WhatOf(ShopState to) => to switch
    {
        ShopState.Paused => "paused",
        ShopState.Suspended => "suspended",
        ShopState.Closed => "closed",
        _ => "resumed",
    };
}
