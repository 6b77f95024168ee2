using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Resale;

namespace LinkShop.Commerce.Data;

/// <inheritdoc />
internal sealed class TenantErasure(ICommerceDatabase database, OfferVersions versions) : ITenantErasure
{
    /// <summary>Tables that are emptied, referring ones before those they refer to.</summary>
    internal static readonly string[] Erased =
    [
        "key_audit", "card_key", "key_batch", "key_pool", "resale_notice", "resale_halt", "resale_audience", "resale_outlet", "resale_offer", "resale_listing", "offers", "offer_versions", "coupons", "fee_policy", "merchant",
        "outbox", "outbox_dead", "idempotency", "lookup_failures", "refused_callbacks", "payee",
        "reconciliation_item", "reconciliation_carried", "reconciliation", "shop_entry", "shop_log", "shop_domain", "shop_slug", "shop_former_slug", "shop_plan_term", "shop_plan", "shop_seat", "shop_usage", "shop_earning", "shop_count", "shop", "shop_sequence",
        "ticket_picture", "ticket_message", "ticket", "quick_reply", "announcement",
        "referral_tally", "referral_day", "referral_total", "referral_product", "referral_campaign_day", "referral_health_day", "referral_relation", "referral_verified", "referral_cohort", "referral_case", "referral_log",
        "referral_click", "referral_touch", "referral_link", "referral_identity", "referral_promoter", "referral_edge", "referral_plan_version", "referral_plan", "referral_approval", "referral_program",
    ];

    /// <summary>Tables that have rows only once something was ordered or booked; the data key, which is of no use to anybody but may be in use; and where a move stands, which is the move's.</summary>
    internal static readonly string[] Kept =
    [
        "orders", "order_lines", "order_holds", "order_log", "order_tasks", "payments", "payment_events", "deliveries", "key_replacement", "delivery_correction", "coupon_uses", "limited_purchases",
        "order_split", "supply_line", "refund", "refund_line", "ledger_account", "ledger_transfer", "ledger_hold", "payout", "sandbox_payout", "credit_grant", "credit_take_back", "provider_arrival", "tenant_key", "tenant_move",
        "referral_attribution", "referral_disqualified", "referral_commission", "referral_bonus", "referral_budget_use", "referral_recheck",
    ];

    private const string Sellers = "select count(*) from resale_outlet where tenant = @tenant";

    private const string HasBooks = """
        select (select count(*) from (select 1 from orders where tenant = @tenant limit 1) as o) + (select count(*) from (select 1 from ledger_transfer where tenant = @tenant limit 1) as t)
        """;

    public Task<CommerceResult<bool>> EraseAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.WriteAsync<CommerceResult<bool>>(
        scope,
        async connection =>
        {
            if (await connection.QuerySingleOrDefaultAsync<long>(HasBooks).ConfigureAwait(false) > 0)
                return new CommerceError(CommerceErrors.Conflict, $"Tenant '{scope}' has orders or transfers.");
            if (await connection.QuerySingleOrDefaultAsync<long>(Sellers).ConfigureAwait(false) is > 0 and var sellers)
                return new CommerceError(CommerceErrors.Conflict, $"{sellers} shops sell goods of tenant '{scope}'.");
            await SupplyNotices.ForgetAsync(connection).ConfigureAwait(false);
            foreach (var table in Erased)
                await connection.ExecuteAsync($"delete from {table} where tenant = @tenant").ConfigureAwait(false);
            // version numbers begin again, so a remembered one would be another offer's
            connection.OnCommitted(() => versions.Forget(scope.Tenant));
            return true;
        },
        cancellationToken);
}
