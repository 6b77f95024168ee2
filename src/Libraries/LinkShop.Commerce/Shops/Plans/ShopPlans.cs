using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Shops;

/// <inheritdoc />
internal sealed class ShopPlans(ICommerceDatabase database, PlanBook book, IOutbox outbox, TimeProvider clock) : IShopPlans
{
    private const int MaxReason = 500;
    private const int SweepSize = 100;
    private const string Select = "select code, rank, products, staff, storage_mb, domains, fee_basis_points, month_sku, year_sku, supplies from shop_plan where tenant = @tenant";
    private const string All = Select + " order by rank, code";
    private const string ByCode = Select + " and code = @code";
    private const string OfSku = Select + " and (month_sku = @sku or year_sku = @sku) order by rank limit 1";
    private const string OfShop = Select + " and code = (select plan from shop where tenant = @tenant and shop = @shop)";
    private const string OnPlan = "select shop from shop where tenant = @tenant and plan = @code and state <> 'Closed' order by number";
    private const string Due = "select shop from shop where tenant = @tenant and plan_check_at <= @now order by plan_check_at limit @take";
    private const string Holder = "select shop from shop_slug where tenant = @tenant and slug = @slug";
    private const string Give = "update shop set hand_plan = @plan, hand_until = @until where tenant = @tenant and shop = @shop";
    private const string SelectTerm = "select order_id, line, plan, bought_at, bought_ms, kept_ms, from_at, until_at from shop_plan_term where tenant = @tenant";
    private const string Terms = SelectTerm + " and shop = @shop order by bought_at desc, order_id desc, line";
    private const string Term = SelectTerm + " and order_id = @orderId and line = @line";
    private const string ShopOfTerm = "select shop from shop_plan_term where tenant = @tenant and order_id = @orderId and line = @line";
    private const string Keep = "update shop_plan_term set kept_ms = @kept where tenant = @tenant and order_id = @orderId and line = @line";

    private const string Save = """
        insert into shop_plan (tenant, code, rank, products, staff, storage_mb, domains, fee_basis_points, month_sku, year_sku, supplies)
        values (@tenant, @code, @rank, @products, @staff, @storageMb, @domains, @fee, @month, @year, @supplies)
        on conflict (tenant, code) do update set rank = excluded.rank, products = excluded.products, staff = excluded.staff, storage_mb = excluded.storage_mb,
          domains = excluded.domains, fee_basis_points = excluded.fee_basis_points, month_sku = excluded.month_sku, year_sku = excluded.year_sku,
          supplies = excluded.supplies
        """;

    // the same line again writes nothing, whoever comes at the same time
    private const string Buy = """
        insert into shop_plan_term (tenant, order_id, line, shop, plan, bought_at, bought_ms, kept_ms, from_at, until_at)
        values (@tenant, @orderId, @line, @shop, @plan, @at, @length, @length, @at, @at) on conflict do nothing
        """;

    // nobody gets less than a calendar month or year
    private static readonly TimeSpan Month = TimeSpan.FromDays(31);
    private static readonly TimeSpan Year = TimeSpan.FromDays(366);

    public Task<IReadOnlyList<ShopPlan>> ListAsync(TenantScope platform, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QueryAsync<ShopPlan>(All), cancellationToken);

    public Task<ShopPlan?> LimitsAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<ShopPlan>(OfShop, new { shop }), cancellationToken);

    public Task<ShopPlanState?> StateAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QuerySingleOrDefaultAsync<ShopPlanState>(PlanBook.StateOf, new { shop }), cancellationToken);

    public Task<IReadOnlyList<PlanTerm>> TermsAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default) =>
        database.ReadAsync(platform, c => c.QueryAsync<PlanTerm>(Terms, new { shop }), cancellationToken);

    public async Task<CommerceResult<ShopPlan>> SaveAsync(TenantScope platform, ShopPlan plan, CancellationToken cancellationToken = default)
    {
        if (PlanRules.Check(plan) is { } error)
            return error;
        return await database.WriteAsync<CommerceResult<ShopPlan>>(platform, async c =>
        {
            var was = await c.QuerySingleOrDefaultAsync<ShopPlan>(ByCode, new { code = plan.Code }).ConfigureAwait(false);
            c.Defer(Save, new
            {
                code = plan.Code, rank = plan.Rank, products = plan.Products, staff = plan.Staff, storageMb = plan.StorageMb, domains = plan.Domains, fee = plan.FeeBasisPoints, month = plan.MonthSku, year = plan.YearSku, supplies = plan.Supplies,
            });
            if (was?.FeeBasisPoints != plan.FeeBasisPoints || was.Supplies != plan.Supplies)
            {
                foreach (var shop in await c.QueryAsync<string>(OnPlan, new { code = plan.Code }).ConfigureAwait(false))
                    outbox.Add(c, ShopEvents.Changed, new ShopChanged(shop));
            }

            return plan;
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<CommerceResult<PlanTerm?>> ApplyAsync(TenantScope platform, PlanPurchase purchase, bool announce = false, CancellationToken cancellationToken = default) =>
        database.WriteAsync<CommerceResult<PlanTerm?>>(platform, async c =>
        {
            var key = new { orderId = purchase.OrderId, line = purchase.Line };
            var shop = await c.QuerySingleOrDefaultAsync<string>(ShopOfTerm, key).ConfigureAwait(false);
            var plan = shop is null ? await c.QuerySingleOrDefaultAsync<ShopPlan>(OfSku, new { sku = purchase.SkuId }).ConfigureAwait(false) : null;
            if (shop is null && plan is null)
                return (PlanTerm?)null;
            shop ??= await c.QuerySingleOrDefaultAsync<string>(Holder, new { slug = purchase.Slug }).ConfigureAwait(false);
            // one that has closed since it was ordered has no use for it; what it has may still get shorter
            if (shop is null || await ShopSql.LockAsync(c, shop).ConfigureAwait(false) is not { } there || (plan is not null && there.State is ShopState.Opening or ShopState.Closed))
            {
                if (announce)
                    outbox.Add(c, PlanEvents.Unplaced, new Ordering.OrderEvent(purchase.OrderId));
                return ShopSql.NotFound;
            }

            var now = clock.GetUtcNow();
            var added = plan is not null && await BuyAsync(c, purchase, plan, shop).ConfigureAwait(false);
            if (await KeepAsync(c, purchase, shop, now).ConfigureAwait(false) || added)
                await book.RefreshAsync(c, shop, now, "order " + purchase.OrderId, null).ConfigureAwait(false);
            return await c.QuerySingleOrDefaultAsync<PlanTerm>(Term, key).ConfigureAwait(false);
        }, cancellationToken);

    public async Task<CommerceResult<ShopPlanState>> GiveAsync(
        TenantScope platform, string shop, string? plan, DateTimeOffset? until, string? reason, string actor, CancellationToken cancellationToken = default)
    {
        (plan, reason) = (string.IsNullOrWhiteSpace(plan) ? null : plan.Trim(), reason?.Trim() ?? "");
        var now = clock.GetUtcNow();
        if (string.IsNullOrWhiteSpace(actor) || reason.Length == 0)
            return new CommerceError(CommerceErrors.Required, "Say why.", reason.Length == 0 ? "reason" : "actor");
        if (reason.Length > MaxReason)
            return new CommerceError(CommerceErrors.TooLong, "At most 500 characters.", "reason");
        if (plan is not null && until <= now)
            return new CommerceError(CommerceErrors.Invalid, "The end has passed.", "until");
        return await database.WriteAsync<CommerceResult<ShopPlanState>>(platform, async c =>
        {
            if (await ShopSql.LockAsync(c, shop).ConfigureAwait(false) is not { State: not ShopState.Opening })
                return ShopSql.NotFound;
            if (plan is not null && await c.QuerySingleOrDefaultAsync<ShopPlan>(ByCode, new { code = plan }).ConfigureAwait(false) is null)
                return new CommerceError(CommerceErrors.NotFound, "There is no such plan.", "plan");
            await c.ExecuteAsync(Give, new { shop, plan, until = plan is null ? null : until }).ConfigureAwait(false);
            return await book.RefreshAsync(c, shop, now, actor, reason).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> SweepAsync(TenantScope platform, CancellationToken cancellationToken = default)
    {
        var due = await database.ReadAsync(platform, c => c.QueryAsync<string>(Due, new { now = clock.GetUtcNow(), take = SweepSize }), cancellationToken).ConfigureAwait(false);
        foreach (var shop in due)
        {
            await database.WriteAsync(platform, async c =>
            {
                if (await ShopSql.LockAsync(c, shop).ConfigureAwait(false) is not null)
                    await book.RefreshAsync(c, shop, clock.GetUtcNow(), "system", null).ConfigureAwait(false);
                return true;
            }, cancellationToken).ConfigureAwait(false);
        }

        return due.Count;
    }

    private static async Task<bool> BuyAsync(ICommerceConnection c, PlanPurchase purchase, ShopPlan plan, string shop)
    {
        var length = (purchase.SkuId == plan.YearSku ? Year : Month) * purchase.Quantity;
        return await c.ExecuteAsync(Buy, new
        {
            orderId = purchase.OrderId, line = purchase.Line, shop, plan = plan.Code, at = purchase.PaidAt, length = (long)length.TotalMilliseconds,
        }).ConfigureAwait(false) > 0;
    }

    /// <summary>What refunds leave of the term: never less than is used, never more than before.</summary>
    private static async Task<bool> KeepAsync(ICommerceConnection c, PlanPurchase purchase, string shop, DateTimeOffset now)
    {
        var key = new { orderId = purchase.OrderId, line = purchase.Line };
        var term = (await c.QuerySingleOrDefaultAsync<PlanTerm>(Term, key).ConfigureAwait(false))!;
        var paidFor = purchase.TotalMinor <= 0 ? term.BoughtMs : (long)((Int128)term.BoughtMs * Math.Clamp(purchase.KeptMinor, 0, purchase.TotalMinor) / purchase.TotalMinor);
        if (paidFor >= term.KeptMs)
            return false;
        var spans = await PlanBook.SpansAsync(c, shop).ConfigureAwait(false);
        PlanTimeline.Lay(spans, now.ToUnixTimeMilliseconds());
        var kept = Math.Max(paidFor, spans.First(s => s.OrderId == term.OrderId && s.Line == term.Line).Used);
        return kept < term.KeptMs && await c.ExecuteAsync(Keep, new { key.orderId, key.line, kept }).ConfigureAwait(false) > 0;
    }
}
