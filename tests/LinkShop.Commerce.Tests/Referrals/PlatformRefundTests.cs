using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>Nobody is rewarded for a sale that was given back, whoever bears the refund.</summary>
public sealed class PlatformRefundTests
{
    private static readonly LedgerAccount s_revenue = new("", LedgerPurpose.PlatformRevenue);

    [Theory]
    [InlineData(CommerceDialect.Sqlite, RewardFunding.Merchant)]
    [InlineData(CommerceDialect.Sqlite, RewardFunding.Platform)]
    [InlineData(CommerceDialect.Postgres, RewardFunding.Merchant)]
    public async Task A_refund_borne_by_the_platform_takes_the_reward_back_in_proportion_and_the_platform_bears_that_much_less(CommerceDialect dialect, RewardFunding funding)
    {
        await using var world = await OpenAsync(dialect, p => p with { Funding = funding });
        var order = await world.SellAsync(await world.SellerAsync("ann"));
        var (merchant, platform) = (await world.BalanceAsync(MoneyShop.Pending), await world.BalanceAsync(s_revenue));
        await BearAsync(world, order, 400);
        Assert.Equal((60L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal((merchant, platform - 360), (await world.BalanceAsync(MoneyShop.Pending), await world.BalanceAsync(s_revenue)));
        await BearAsync(world, order, 600);
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal((merchant, platform - 900), (await world.BalanceAsync(MoneyShop.Pending), await world.BalanceAsync(s_revenue)));
        // nothing waits for its release, and nothing comes later
        await world.ReleaseAsync();
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal(0, Assert.Single(await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Now.Minor);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_reward_that_was_released_is_taken_back_by_it_too(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.SellAsync(await world.SellerAsync("ann"));
        await MoneyShop.ReleaseAsync(world.Shop);
        await world.ReleaseAsync();
        Assert.Equal((0L, 100L, 0L), await world.HasAsync("ann"));
        var merchant = await world.BalanceAsync(MoneyShop.Available);
        await BearAsync(world, order, 1000);
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal(merchant, await world.BalanceAsync(MoneyShop.Available));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_order_that_kept_its_reward_under_the_rule_of_before_is_brought_in_line_by_the_next_sweep_once(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.SellAsync(await world.SellerAsync("ann"));
        var platform = await world.BalanceAsync(s_revenue);
        await BearAsync(world, order, 1000);
        // the books as they were left before: the reward whole, and all of the refund borne
        await world.Shop.Commerce.Database.WriteAsync(world.Scope, async c =>
        {
            var (pending, promoter, line) = (MoneyShop.Pending, new LedgerAccount("ann", LedgerPurpose.PromoterPending), order.OrderId + ":1");
            var count = await c.QuerySingleOrDefaultAsync<int>("select transfers from orders where tenant = @tenant and id = @id", new { id = order.OrderId });
            Assert.True((await world.Shop.Commerce.Get<ILedger>().PostAsync(c,
            [
                LedgerTransfer.Move($"{order.OrderId}:{count}", s_revenue, pending, new Money(100, "CNY"), MoneyReasons.RefundCover, line),
                LedgerTransfer.Move($"{order.OrderId}:{count + 1}", pending, promoter, new Money(100, "CNY"), MoneyReasons.PromoterShare, line),
            ])).Succeeded);
            return await c.ExecuteAsync("update orders set transfers = @count where tenant = @tenant and id = @id", new { id = order.OrderId, count = count + 2 });
        });
        await world.MigrateAsync(44, "insert into referral_recheck");
        Assert.Equal((100L, 0L, 0L), await world.HasAsync("ann"));
        await world.Maintenance.ReleaseAsync();
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal(platform - 900, await world.BalanceAsync(s_revenue));
        Assert.Equal(0, await world.Shop.Commerce.Database.ReadAsync(world.Scope, c => c.QuerySingleOrDefaultAsync<long>("select count(*) from referral_recheck where tenant = @tenant")));
        await world.SoundAsync();
    }

    private static async Task BearAsync(ReferralWorld world, OrderReceipt order, long minor) =>
        Ok(await world.Shop.Commerce.Get<IRefunds>().GrantAsync(world.Scope, MoneyShop.Draft(order, minor) with { Payer = RefundPayer.Platform, Reason = RefundReason.Goodwill }, "ann", forPlatform: true));
}
