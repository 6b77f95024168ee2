using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>When rewards become available, and what keeps them.</summary>
public sealed class RewardReleaseTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_reward_waits_for_both_windows_and_longer_than_the_merchants_part(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var order = await world.OrderAsync(Request(link.Code));
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
        await world.Shop.ApplyAsync(Shop.Event(order));
        Assert.Equal((100L, 0L, 0L), await world.HasAsync("ann"));
        await MoneyShop.ReleaseAsync(world.Shop);
        Assert.Equal(0, await world.Maintenance.ReleaseAsync());
        Assert.Equal((100L, 0L, 0L), await world.HasAsync("ann"));
        await MoneyShop.HasAsync(world.Shop, (MoneyShop.Available, 800), (MoneyShop.Pending, 0));
        Assert.Equal(1, await world.ReleaseAsync(23));
        Assert.Equal((0L, 100L, 0L), await world.HasAsync("ann"));
        Assert.Equal(0, await world.Maintenance.ReleaseAsync());
        Assert.True(Assert.Single(await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Available);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_reward_is_not_available_before_the_merchant_has_the_sale(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var fees = world.Shop.Commerce.Get<Commerce.Splits.IFeePolicies>();
        Ok(await fees.SaveAsync(world.Scope, (await fees.CurrentAsync(world.Scope)) with { DefaultDays = 45 }, "ann"));
        await world.SellAsync(await world.SellerAsync("ann"));
        Assert.Equal(0, await world.ReleaseAsync(44));
        Assert.Equal(0, await world.Shop.Commerce.Get<Commerce.Settlement.IReleases>().SweepAsync());
        Assert.Equal((100L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal(1, await world.ReleaseAsync(1));
        Assert.Equal(1, await world.Shop.Commerce.Get<Commerce.Settlement.IReleases>().SweepAsync());
        Assert.Equal((0L, 100L, 0L), await world.HasAsync("ann"));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_reward_that_was_to_come_before_its_sale_comes_with_it_after_the_upgrade(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var fees = world.Shop.Commerce.Get<Commerce.Splits.IFeePolicies>();
        Ok(await fees.SaveAsync(world.Scope, (await fees.CurrentAsync(world.Scope)) with { DefaultDays = 45 }, "ann"));
        await world.SellAsync(await world.SellerAsync("ann"));
        await world.Shop.CorruptAsync("update order_split set reward_days = 7, reward_at = reward_after");
        await world.Shop.CorruptAsync("delete from outbox");
        Assert.Equal(["reward_not_due"], (await world.Shop.VerifyAsync()).Breaches.Select(b => b.Code));
        await world.MigrateAsync(57, "update order_split");
        await world.SoundAsync();
        Assert.Equal(0, await world.ReleaseAsync(44));
        Assert.Equal(1, await world.ReleaseAsync(1));
    }

    [Fact]
    public async Task Rules_without_any_time_for_refunds_or_disputes_are_refused()
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite);
        var rules = (await world.Programs.FindAsync(world.Scope))!;
        Assert.Equal("refundWindowDays", (await world.Programs.SaveAsync(world.Scope, rules with { RefundWindowDays = 0 }, "ann")).Error?.Field);
        Assert.Equal("disputeWindowDays", (await world.Programs.SaveAsync(world.Scope, rules with { DisputeWindowDays = 0 }, "ann")).Error?.Field);
        var now = (await world.Programs.FindAsync(world.Scope))!;
        Assert.Equal((rules.RefundWindowDays, rules.DisputeWindowDays, rules.Stamp), (now.RefundWindowDays, now.DisputeWindowDays, now.Stamp));
        Ok(await world.Programs.SaveAsync(world.Scope, rules with { RefundWindowDays = 1, DisputeWindowDays = 1 }, "ann"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_disputed_order_releases_nothing_until_the_dispute_is_won(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.SellAsync(await world.SellerAsync("ann"));
        await world.Shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        await world.ReleaseAsync(60);
        Assert.Equal((100L, 0L, 0L), await world.HasAsync("ann"));
        await world.Shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon));
        await world.Maintenance.ReleaseAsync();
        Assert.Equal((0L, 100L, 0L), await world.HasAsync("ann"));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_is_delivered_late_waits_for_its_refund_window_too(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, program: p => p with { RefundWindowDays = 7, DisputeWindowDays = 30 });
        await world.Shop.ManualAsync(change: o => o with { Merchant = "mer" });
        var order = await world.OrderAsync(Request((await world.SellerAsync("ann")).Code, sku: "manual"));
        await world.Shop.ApplyAsync(Shop.Event(order));
        // nothing is released of what isn't delivered, however long ago it was paid
        Assert.Equal(0, await world.ReleaseAsync(31));
        Ok(await world.Shop.Desk.DeliverByHandAsync(world.Scope, order.OrderId, 1, "done", "mer"));
        Assert.Equal(0, await world.ReleaseAsync(6));
        Assert.Equal((500L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal(1, await world.ReleaseAsync(2));
        Assert.Equal((0L, 500L, 0L), await world.HasAsync("ann"));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Nothing_is_released_while_the_program_is_switched_off_and_all_of_it_afterwards(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.SellAsync(await world.SellerAsync("ann"));
        Ok(await world.Programs.SwitchAsync(world.Scope, false, "an alarm", "root"));
        Assert.Equal(0, await world.ReleaseAsync());
        Assert.Equal((100L, 0L, 0L), await world.HasAsync("ann"));
        Ok(await world.Programs.SwitchAsync(world.Scope, true, "fine", "root"));
        Assert.Equal(1, await world.ReleaseAsync(2));
        Assert.Equal((0L, 100L, 0L), await world.HasAsync("ann"));
        await world.SoundAsync();
    }

    [Fact]
    public async Task Nothing_is_paid_out_without_a_verified_payee()
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite);
        await world.SellAsync(await world.SellerAsync("ann"), quantity: 9);
        await world.ReleaseAsync();
        var refused = await world.Shop.Commerce.Get<IPayouts>().RequestAsync(
            world.Scope, new PayoutRequest { Id = "payout-1", Owner = "ann", Purpose = LedgerPurpose.PromoterAvailable, Amount = new Money(900, "CNY"), Actor = "ann" });
        Assert.False(refused.Succeeded);
        Assert.Equal((0L, 900L, 0L), await world.HasAsync("ann"));
    }
}
