using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Verify;

namespace LinkShop.Commerce.Tests.Verify;

public sealed class CommerceVerifierTests
{
    public static TheoryData<string, string> Corruptions => new()
    {
        { "delivered_key_without_delivery", "delete from deliveries where key_id is not null" },
        { "delivery_of_another_orders_key", "update card_key set order_line = 2 where state = 'Delivered'" },
        { "reserved_key_without_live_order", "update orders set state = 'Expired' where state = 'AwaitingPayment'" },
        { "paid_without_delivery", "update orders set fulfilment = 'None', fulfilled_at = null where state = 'Fulfilled'" },
        { "open_delivery_without_task", "delete from order_tasks" },
        { "task_without_open_delivery", "update orders set fulfilment = 'None' where state = 'Fulfilling'" },
        { "line_not_delivered", "delete from deliveries" },
        { "line_delivered_in_part", "delete from deliveries where unit = 2" },
        { "delivered_unpaid", "update payments set paid = 0" },
        { "unpaid_order_without_hold", "delete from order_holds" },
        { "hold_without_unpaid_order", "update orders set state = 'Cancelled' where state = 'AwaitingPayment'" },
        { "line_totals_differ", "update order_lines set unit_price = unit_price + 1, total = total + quantity" },
        { "money_unaccounted", "update orders set refunded = refunded + 1 where state = 'Fulfilled'" },
        { "captured_differs_from_state", "update orders set captured = 0 where state = 'Fulfilled'" },
        { "payment_differs_from_events", "delete from payment_events" },
        { "event_without_payment", "update payment_events set payment_id = 'gone'" },
        { "coupon_count_differs", "update coupons set used = 7" },
        { "coupon_given_back_and_delivered", "delete from coupon_uses" },
        { "coupon_kept_by_ended_order", "update orders set state = 'Expired' where coupon is not null" },
        { "ledger_not_zero", "update ledger_account set balance = balance + 1 where purpose = 'PlatformRevenue'" },
        { "ledger_balance_differs", "update ledger_account set balance = balance + case when purpose = 'PlatformRevenue' then 1 else -1 end where purpose in ('PlatformRevenue', 'ProviderClearing')" },
        { "ledger_held_differs", "update ledger_account set held = held + 1 where purpose = 'MerchantAvailable'" },
        { "ledger_hold_differs", "update ledger_hold set amount = amount + 1" },
        { "ledger_hold_lost", "delete from ledger_hold" },
        { "ledger_transfer_of_no_account", "update ledger_account set currency = 'USD' where purpose = 'PlatformRevenue'" },
        { "replaced_key_still_delivered", "update deliveries set key_id = (select old_key from key_replacement) where key_id = (select new_key from key_replacement)" },
        { "replaced_key_without_replacement", "delete from key_replacement" },
        { "replacement_differs", "update card_key set state = 'Revoked' where state = 'Replaced'" },
        { "replacement_not_delivered", "update deliveries set key_id = null where key_id = (select new_key from key_replacement)" },
        { "outbox_stuck", "update outbox set created_at = 1, due_at = 1" },
    };

    [Theory]
    [MemberData(nameof(Corruptions))]
    public async Task Each_broken_invariant_is_found(string code, string corruption)
    {
        await using var shop = await FilledShopAsync(CommerceDialect.Sqlite, replaced: code.StartsWith("replace", StringComparison.Ordinal));
        await shop.CorruptAsync(corruption);
        var report = await shop.VerifyAsync();
        Assert.False(report.Ok);
        Assert.Contains(report.Breaches, b => b.Code == code && b.Tenant == TestCommerce.Mall.Tenant && b.Id.Length > 0);
    }

    [Fact]
    public async Task A_key_delivered_twice_is_refused_by_the_database_and_found_without_it()
    {
        await using var shop = await FilledShopAsync(CommerceDialect.Sqlite);
        const string Twice = "update deliveries set key_id = (select min(key_id) from deliveries) where key_id is not null";
        await Assert.ThrowsAnyAsync<Exception>(() => shop.CorruptAsync(Twice));
        await shop.CorruptAsync("drop index deliveries_by_key");
        await shop.CorruptAsync(Twice);
        Assert.Contains((await shop.VerifyAsync()).Breaches, b => b.Code == "key_delivered_twice");
    }

    [Theory]
    [InlineData("ledger_running_balance_differs", "update ledger_transfer set credit_after = credit_after + 1 where id = 'sale'")]
    [InlineData("ledger_end_differs", "update ledger_transfer set hold_id = 'sale' where kind = 'Post'")]
    public async Task A_changed_transfer_is_refused_by_the_database_and_found_without_it(string code, string change)
    {
        await using var shop = await FilledShopAsync(CommerceDialect.Sqlite);
        await Assert.ThrowsAnyAsync<Exception>(() => shop.CorruptAsync(change));
        await shop.CorruptAsync("drop trigger ledger_transfer_no_update");
        await shop.CorruptAsync(change);
        Assert.Contains((await shop.VerifyAsync()).Breaches, b => b.Code == code);
    }

    [Fact]
    public void Every_check_has_a_test() =>
        Assert.Equal(VerifyChecks.All.Except(ReconciliationChecks.All).Concat(ReplacementChecks.All).Select(c => c.Code).Except(["key_delivered_twice", "ledger_running_balance_differs", "ledger_end_differs", "task_of_line_given_back"]).Order(), Corruptions.Select(row => row.Data.Item1).Order());

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_sound_database_passes_and_a_broken_one_does_not(CommerceDialect dialect)
    {
        await using var shop = await FilledShopAsync(dialect);
        var report = await shop.VerifyAsync();
        Assert.True(report.Ok, report.ToJson());
        Assert.Equal((4L, 6L, 1L, 1L), (report.Counts["orders"], report.Counts["keys"], report.Counts["holds"], report.Counts["open_tasks"]));
        Assert.StartsWith("{\"ok\":true,\"counts\":{\"orders\":4", report.ToJson());
        Assert.DoesNotContain('\n', report.ToJson());

        await shop.CorruptAsync("delete from deliveries");
        Assert.False((await shop.VerifyAsync()).Ok);
    }

    [Theory]
    [InlineData("update orders set captured = total + 1")]
    [InlineData("update orders set total = total + 1")]
    [InlineData("update orders set state = 'Shipped'")]
    [InlineData("update order_lines set quantity = 0, total = 0")]
    [InlineData("update coupons set used = -1")]
    [InlineData("delete from orders")]
    [InlineData("update payments set refund_due = paid + 1")]
    public async Task The_database_itself_refuses_what_can_never_be(string corruption)
    {
        await using var shop = await FilledShopAsync(CommerceDialect.Sqlite);
        await Assert.ThrowsAnyAsync<Exception>(() => shop.CorruptAsync(corruption));
        await shop.AssertSoundAsync();
    }

    private static async Task<Shop> FilledShopAsync(CommerceDialect dialect, bool replaced = false)
    {
        var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 6);
        await shop.ManualAsync();
        await shop.Coupons.SaveAsync(shop.Scope, new Coupon { Code = "OFF", Kind = CouponKind.Fixed, Currency = "CNY", AmountMinor = 100 });
        await shop.PaidOrderAsync(Shop.Request(quantity: 2) with { CouponCode = "OFF" });
        var bad = await shop.PaidOrderAsync();
        // what was replaced holds on to its delivery, which the other corruptions take away
        if (replaced)
            await shop.ReplaceAsync(bad);
        await shop.PaidOrderAsync(Shop.Request("manual"));
        await shop.OrderAsync();
        var ann = new LedgerAccount("ann", LedgerPurpose.MerchantAvailable);
        await shop.Commerce.Database.WriteAsync(shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(c,
        [
            LedgerTransfer.Move("sale", new LedgerAccount("bank", LedgerPurpose.ProviderClearing), ann, new Money(1000, "CNY"), "sale"),
            LedgerTransfer.Move("commission", ann, new LedgerAccount("", LedgerPurpose.PlatformRevenue), new Money(50, "CNY"), "commission"),
            LedgerTransfer.Hold("first payout", ann, new LedgerAccount("bank", LedgerPurpose.ProviderClearing), new Money(100, "CNY"), "payout"),
            LedgerTransfer.Post("first paid", "first payout", "paid_out", new Money(90, "CNY")),
            LedgerTransfer.Hold("payout", ann, new LedgerAccount("bank", LedgerPurpose.ProviderClearing), new Money(300, "CNY"), "payout"),
        ]));
        return shop;
    }
}
