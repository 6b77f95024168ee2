using LinkShop.Commerce.Data;
using LinkShop.Commerce.Referrals;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>What becomes of a promoter whose account is deleted.</summary>
public sealed class ForgottenPromoterTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Name_codes_clicks_and_what_they_are_recognised_by_go_and_rewards_and_the_others_stay(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var (ann, bob) = (await world.SellerAsync("ann"), await world.SellerAsync("bob", "ann"));
        await world.SellAsync(ann);
        foreach (var (link, user) in new[] { (ann, "bob"), (bob, "ann") })
            await world.Clicks.SignedInAsync(world.Scope, user, [await world.ClickAsync(link, "v-" + user, user)]);
        await world.Clicks.FlushAsync();
        Assert.Equal(2, await CountAsync("referral_click", "user_id in ('ann', 'bob')"));
        var has = await world.HasAsync("ann");
        Assert.NotEqual(0, has.Pending);

        // whoever is interrupted does it again
        for (var i = 0; i < 2; i++)
            await world.Promoters.ForgetAsync(world.Scope, "ann");
        var gone = (await world.Promoters.FindAsync(world.Scope, "ann"))!;
        Assert.Equal(("—", PromoterState.Left, false), (gone.Name, gone.State, gone.Listed));
        Assert.Null(await world.Links.ResolveAsync(world.Scope, ann.Code));
        Assert.Equal((0, 0, 0), (await CountAsync("referral_identity", "promoter = 'ann'"), await CountAsync("referral_touch", "user_id = 'ann'"), await CountAsync("referral_click", "user_id = 'ann'")));
        Assert.Equal(has, await world.HasAsync("ann"));
        Assert.Equal("ann", (await world.Promoters.FindAsync(world.Scope, "bob"))!.BroughtBy);

        Assert.Equal("bob", (await world.Promoters.FindAsync(world.Scope, "bob"))!.Name);
        Assert.NotNull(await world.Links.ResolveAsync(world.Scope, bob.Code));
        Assert.Equal((1, 1), (await CountAsync("referral_touch", "user_id = 'bob'"), await CountAsync("referral_click", "user_id = 'bob'")));
        Assert.NotEqual(0, await CountAsync("referral_identity", "promoter = 'bob'"));
        Assert.Equal(ann.Id, Assert.Single(await world.Shop.Commerce.Get<IReferralRecords>().FollowedAsync(world.Scope, "bob")).LinkId);

        Task<long> CountAsync(string table, string where) => world.Shop.Commerce.CountAsync(table, where);
    }
}
