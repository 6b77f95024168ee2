using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Referrals;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>Each check finds what it is for. Triggers and constraints are taken away first, as a restored or repaired database may lack them.</summary>
public sealed class ReferralVerifyTests
{
    private static readonly string[] s_triggers =
    [
        "referral_edge_no_update", "referral_attribution_no_update", "referral_commission_no_update", "referral_commission_no_delete", "referral_disqualified_no_update", "referral_promoter_fixed", "referral_plan_version_no_update",
    ];

    [Theory]
    [InlineData("referral_introducer_differs", "update referral_commission set promoter = 'bob'")]
    [InlineData("referral_above_cap", "update referral_commission set minor = 900")]
    [InlineData("reward_not_due", "update order_split set reward_at = 1")]
    [InlineData("reward_released_early", "update order_split set reward_at = null, reward_released_at = 1")]
    [InlineData("referral_books_differ", "update referral_commission set minor = 1")]
    [InlineData("referral_share_without_trace", "delete from referral_commission")]
    [InlineData("referral_self_rewarded", "update referral_attribution set refused = 'self_account'")]
    [InlineData("referral_disqualified_rewarded", "insert into referral_disqualified (tenant, order_id, reason, actor, at) select tenant, order_id, 'x', '', 0 from referral_attribution")]
    [InlineData("attribution_promoter_differs", "update orders set promoter = 'bob'")]
    [InlineData("referral_edge_backwards", "update referral_edge set at = at + 1")]
    [InlineData("referral_edge_depth_differs", "update referral_edge set depth = 7")]
    [InlineData("referral_frozen_without_case", "update referral_promoter set state = 'Frozen', reason = 'x' where id = 'ann'")]
    [InlineData("referral_promoter_not_adult", "update referral_promoter set adult_at = changed_at + 1000 where id = 'ann'")]
    public async Task Verify_finds_a_broken_invariant(string code, string corruption)
    {
        await using var world = await SoundWorldAsync();
        foreach (var trigger in s_triggers)
            await world.Shop.CorruptAsync("drop trigger " + trigger);
        await world.Shop.CorruptAsync(corruption);
        Assert.Contains((await world.Shop.VerifyAsync()).Breaches, b => b.Code == code);
    }

    [Fact]
    public async Task Verify_finds_a_reward_in_the_books_that_no_sale_is_behind()
    {
        await using var world = await SoundWorldAsync();
        Assert.True((await world.Shop.Commerce.Database.WriteAsync(world.Scope, c => world.Shop.Commerce.Get<ILedger>().PostAsync(
            c, [LedgerTransfer.Move("gift", new("", LedgerPurpose.PlatformRevenue), new("bob", LedgerPurpose.PromoterPending), new Money(1, "CNY"), "promoter_share", "for joining")]))).Succeeded);
        Assert.Contains((await world.Shop.VerifyAsync()).Breaches, b => b.Code == "referral_reward_without_sale");
    }

    private static async Task<ReferralWorld> SoundWorldAsync()
    {
        var world = await ReferralWorld.OpenAsync(CommerceDialect.Sqlite);
        await world.SellerAsync("ann");
        await world.SellAsync(await world.SellerAsync("bob", "ann"));
        await world.SellAsync(await world.LinkAsync("ann"), "other@example.com");
        await world.SoundAsync();
        return world;
    }
}
