using LinkShop.Commerce.Data;
using LinkShop.Commerce.Referrals;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>Staff who promote decide nothing about themselves, names promise nothing, and an accused introducer's case is nobody else's.</summary>
public sealed class OwnCaseTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Nobody_decides_a_case_or_an_appeal_about_themselves(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.SellAsync(await world.SellerAsync("ann"));
        var opened = Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Looks odd.", "rev"));
        foreach (var uphold in new[] { false, true })
            Assert.Equal("referral_own_case", (await world.Review.DecideAsync(world.Scope, opened.Id, uphold, "It was nothing.", "ann")).Error?.Code);
        Assert.Equal(ReferralCaseState.Open, (await world.Review.FindAsync(world.Scope, opened.Id))!.State);
        Assert.Equal(PromoterState.Frozen, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
        Ok(await world.Review.DecideAsync(world.Scope, opened.Id, uphold: true, "It was.", "rev"));
        Ok(await world.Review.AppealAsync(world.Scope, opened.Id, "ann", "It wasn't."));
        Assert.Equal("referral_own_case", (await world.Review.DecideAppealAsync(world.Scope, opened.Id, true, "It wasn't.", "ann")).Error?.Code);
        Assert.Equal(ReferralCaseState.Appealed, (await world.Review.FindAsync(world.Scope, opened.Id))!.State);
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Nobody_switches_themselves_on_or_off(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.JoinAsync("ann");
        Assert.Equal("referral_own_case", (await world.Promoters.KillAsync(world.Scope, "ann", true, "Just so.", "ann")).Error?.Code);
        Assert.Equal(PromoterState.Active, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
        Ok(await world.Promoters.KillAsync(world.Scope, "ann", true, "Spam.", "root"));
        Assert.Equal("referral_own_case", (await world.Promoters.KillAsync(world.Scope, "ann", false, "No spam.", "ann")).Error?.Code);
        Assert.Equal(PromoterState.Killed, (await world.Promoters.FindAsync(world.Scope, "ann"))!.State);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_sellers_reward_is_released_when_only_the_introducer_is_frozen_or_switched_off_and_the_introducers_when_that_is_over(CommerceDialect dialect)
    {
        await using var world = await TwoLevelsAsync(dialect);
        var opened = Ok(await world.Review.OpenAsync(world.Scope, "up", null, "Looks odd.", "rev"));
        await world.ReleaseAsync();
        Assert.Equal(((0L, 100L, 0L), (120L, 0L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("up")));
        Ok(await world.Review.DecideAsync(world.Scope, opened.Id, uphold: false, "Nothing.", "rev"));
        Ok(await world.Promoters.KillAsync(world.Scope, "up", true, "Spam.", "root"));
        await world.ReleaseAsync(2);
        Assert.Equal((120L, 0L, 0L), await world.HasAsync("up"));
        Ok(await world.Promoters.KillAsync(world.Scope, "up", false, "Enough.", "root"));
        await world.ReleaseAsync(2);
        Assert.Equal(((0L, 100L, 0L), (0L, 120L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("up")));
        Assert.All(await world.Records.OfPromoterAsync(world.Scope, "up"), c => Assert.True(c.Available));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_case_against_the_introducer_takes_all_of_the_introducers_back_and_nothing_of_the_sellers(CommerceDialect dialect)
    {
        await using var world = await TwoLevelsAsync(dialect);
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromDays(20));
        var opened = Ok(await world.Review.OpenAsync(world.Scope, "up", null, "Looks odd.", "rev"));
        Ok(await world.Review.DecideAsync(world.Scope, opened.Id, uphold: true, "Recruits for money.", "rev"));
        Assert.Equal(((100L, 0L, 0L), (0L, 0L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("up")));
        await world.ReleaseAsync(11);
        Assert.Equal((0L, 100L, 0L), await world.HasAsync("ann"));
        Ok(await world.Review.AppealAsync(world.Scope, opened.Id, "up", "I don't."));
        Ok(await world.Review.DecideAppealAsync(world.Scope, opened.Id, true, "True.", "boss"));
        Assert.Equal((120L, 0L, 0L), await world.HasAsync("up"));
        await world.ReleaseAsync(2);
        Assert.Equal(((0L, 100L, 0L), (0L, 120L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("up")));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_is_wrong_with_the_sellers_sale_is_the_introducers_too(CommerceDialect dialect)
    {
        await using var world = await TwoLevelsAsync(dialect);
        var opened = Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Looks odd.", "rev"));
        await world.ReleaseAsync();
        // the introducer's own sale is its own
        Assert.Equal(((100L, 0L, 0L), (20L, 100L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("up")));
        Ok(await world.Review.DecideAsync(world.Scope, opened.Id, uphold: true, "Sham sales.", "rev"));
        Assert.Equal(((0L, 0L, 0L), (0L, 100L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("up")));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_case_about_a_sale_against_the_introducer_alone_holds_nothing_of_the_sellers(CommerceDialect dialect)
    {
        await using var world = await TwoLevelsAsync(dialect);
        var sale = (await world.Shop.Commerce.Database.ReadAsync(world.Scope, c => c.QueryAsync<string>("select order_id from referral_commission where tenant = @tenant and level = 2"))).Single();
        Ok(await world.Review.OpenAsync(world.Scope, "up", sale, "Looks odd.", "rev"));
        await world.ReleaseAsync();
        Assert.Equal(((0L, 100L, 0L), (120L, 0L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("up")));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_introducers_part_of_before_has_its_own_way_by_the_migration(CommerceDialect dialect)
    {
        await using var world = await TwoLevelsAsync(dialect);
        const string Rows = "select line || ':' || coalesce(cast(intro_after as text), '') || ':' || coalesce(cast(intro_at as text), '') from order_split where tenant = @tenant order by order_id";
        Task<IReadOnlyList<string>> RowsAsync() => world.Shop.Commerce.Database.ReadAsync(world.Scope, c => c.QueryAsync<string>(Rows));
        var before = await RowsAsync();
        await world.Shop.CorruptAsync("update order_split set intro_after = null, intro_at = null");
        Assert.NotEqual(before, await RowsAsync());
        await world.MigrateAsync(44, "update order_split set intro_after");
        Assert.Equal(before, await RowsAsync());
        await world.ReleaseAsync();
        Assert.Equal(((0L, 100L, 0L), (0L, 120L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("up")));
    }

    [Theory]
    [InlineData("月入过万的小王")]
    [InlineData("日-赚 500")]
    [InlineData("稳赚")]
    [InlineData("躺賺群")]
    [InlineData("Passive Income Pete")]
    [InlineData("见点奖代理")]
    [InlineData("全返商城")]
    public async Task A_name_that_others_see_promises_no_income(string name)
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite);
        Assert.Equal(("referral_name_refused", "name"), Refused(await world.Promoters.JoinAsync(world.Scope, new PromoterJoin { UserId = "ann", Name = name, ConfirmsAdult = true })));
        Assert.Null(await world.Promoters.FindAsync(world.Scope, "ann"));
        await world.JoinAsync("ann");
        Assert.Equal(("referral_name_refused", "name"), Refused(await world.Promoters.ChangeAsync(world.Scope, "ann", name, true)));
        Assert.Equal("ann", (await world.Promoters.FindAsync(world.Scope, "ann"))!.Name);

        static (string?, string?) Refused(CommerceResult<Promoter> result) => (result.Error?.Code, result.Error?.Field);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_order_from_the_promoters_network_and_an_appeal_are_told(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.JoinAsync("ann", address: "203.0.113.7");
        var link = await world.LinkAsync("ann");
        await world.OrderAsync(Request(link.Code, address: "203.0.113.7"));
        var found = Assert.Single(await world.Review.ListAsync(world.Scope));
        Assert.Equal(1, await ToldAsync("ReferralCaseOpened"));
        Ok(await world.Review.DecideAsync(world.Scope, found.Id, uphold: true, "A flatmate.", "rev"));
        Ok(await world.Review.AppealAsync(world.Scope, found.Id, "ann", "Not mine."));
        Assert.Equal(1, await ToldAsync("ReferralCaseAppealed"));

        Task<long> ToldAsync(string type) => world.Shop.Commerce.Database.ReadAsync(world.Scope, c => c.QuerySingleOrDefaultAsync<long>(
            "select count(*) from outbox where tenant = @tenant and type = @type and payload like @about", new { type, about = $"%{found.Id}%" }));
    }

    // "up" brought "ann", and each sold once: 100 to who sold, and 20 of ann's sale to up
    private static async Task<ReferralWorld> TwoLevelsAsync(CommerceDialect dialect)
    {
        var world = await OpenAsync(dialect, program: p => p with { Jurisdiction = "DE" });
        Ok(await world.Programs.ApproveAsync(world.Scope, new CounselApproval("ok", "DE", "x", "y"), "root"));
        await world.PlanAsync(TwoLevels());
        await world.SellAsync(await world.SellerAsync("up"), "one@example.com");
        await world.SellAsync(await world.SellerAsync("ann", "up"), "two@example.com");
        Assert.Equal(((100L, 0L, 0L), (120L, 0L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("up")));
        return world;
    }
}
