using LinkShop.Commerce.Data;
using LinkShop.Commerce.Referrals;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

public sealed class RecruitEdgeTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Who_brought_whom_is_said_at_joining_and_never_changes(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.JoinAsync("ann");
        await world.JoinAsync("dan");
        await world.JoinAsync("bob", "ann");
        await world.JoinAsync("cat");
        Assert.Equal(ReferralErrors.EdgeFixed, (await TryAsync(world, "bob", "cat")).Error!.Code);
        Assert.Equal(ReferralErrors.EdgeFixed, (await TryAsync(world, "cat", "ann")).Error!.Code);
        Ok(await world.Promoters.LeaveAsync(world.Scope, "bob"));
        Assert.Equal(ReferralErrors.EdgeFixed, (await TryAsync(world, "bob", "cat")).Error!.Code);
        Assert.Equal("ann", Ok(await TryAsync(world, "bob", null)).BroughtBy);
        await Assert.ThrowsAnyAsync<Exception>(() => world.Shop.CorruptAsync("update referral_edge set parent = 'cat'"));
        // dan joined before bob, so that only the trigger stands against it
        await Assert.ThrowsAnyAsync<Exception>(() => world.Shop.CorruptAsync("update referral_edge set parent = 'dan', root = 'dan', parent_number = (select p.number from referral_promoter p where p.id = 'dan')"));
        await Assert.ThrowsAnyAsync<Exception>(() => world.Shop.CorruptAsync("delete from referral_edge"));
        await Assert.ThrowsAnyAsync<Exception>(() => world.Shop.CorruptAsync("update referral_promoter set number = 1000 where id = 'ann'"));
        await Assert.ThrowsAnyAsync<Exception>(() => world.Shop.CorruptAsync(
            "insert into referral_edge select a.tenant, a.id, a.number, b.id, b.number, 1, b.id, 0 from referral_promoter a, referral_promoter b where a.id = 'ann' and b.id = 'bob'"));
        Assert.Equal(1, await world.Shop.Commerce.CountAsync("referral_edge"));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task However_many_join_at_once_by_each_other_there_is_no_cycle(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        // everybody names somebody else of the same crowd, in a circle, in two processes, several times
        await using var second = world.Shop.Commerce.SecondProcess();
        const int People = 40;
        await Task.WhenAll(Enumerable.Range(0, People * 3).Select(i => Task.Run(async () =>
        {
            var promoters = (i % 2 == 0 ? world.Shop.Commerce : second).Get<IPromoters>();
            await promoters.JoinAsync(world.Scope, new PromoterJoin { UserId = $"p{i % People}", Name = "x", ConfirmsAdult = true, BroughtBy = $"p{(i + 1 + (i / People)) % People}" });
        })));
        var edges = (await world.Shop.Commerce.Database.ReadAsync(world.Scope, c => c.QueryAsync<(string Child, string Parent)>("select child, parent from referral_edge where tenant = @tenant"))).ToDictionary(e => e.Child, e => e.Parent);
        Assert.Equal(People, await world.Shop.Commerce.CountAsync("referral_promoter"));
        Assert.NotEmpty(edges);
        foreach (var start in edges.Keys)
        {
            var (at, steps) = (start, 0);
            while (edges.TryGetValue(at, out var parent))
            {
                at = parent;
                Assert.True(++steps <= People, $"a cycle through {start}");
            }
        }

        await world.SoundAsync();
    }

    [Fact]
    public async Task Joining_is_free_for_adults_and_pays_nobody()
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite);
        Assert.Equal(ReferralErrors.AdultsOnly, (await world.Promoters.JoinAsync(world.Scope, new PromoterJoin { UserId = "kid", Name = "kid", ConfirmsAdult = false })).Error!.Code);
        Assert.Null(await world.Promoters.FindAsync(world.Scope, "kid"));
        await world.JoinAsync("ann");
        for (var i = 0; i < 40; i++)
            await world.JoinAsync($"r{i}", "ann");
        Assert.Equal(0, await world.Shop.Commerce.CountAsync("ledger_transfer"));
        Assert.DoesNotContain(typeof(PromoterJoin).GetProperties(), p => p.PropertyType == typeof(Money) || p.Name.Contains("Minor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tenant_without_orders_can_be_erased_with_its_promoters()
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite);
        await world.SellerAsync("ann");
        await world.SellerAsync("bob", "ann");
        Ok(await world.Shop.Commerce.Get<ITenantErasure>().EraseAsync(world.Scope));
        Assert.Equal((0L, 0L, 0L), (await world.Shop.Commerce.CountAsync("referral_promoter"), await world.Shop.Commerce.CountAsync("referral_edge"), await world.Shop.Commerce.CountAsync("referral_plan")));
    }

    private static Task<CommerceResult<Promoter>> TryAsync(ReferralWorld world, string user, string? by) =>
        world.Promoters.JoinAsync(world.Scope, new PromoterJoin { UserId = user, Name = user, ConfirmsAdult = true, BroughtBy = by });
}
