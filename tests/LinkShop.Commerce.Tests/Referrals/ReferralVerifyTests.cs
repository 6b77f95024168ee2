using System.Text.RegularExpressions;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Referrals;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>Each check finds what it is for. Triggers, conditions and keys are taken away first, as a restored or repaired database may lack them.</summary>
public sealed class ReferralVerifyTests
{
    // each condition of each check by itself: ann sold once by a plan with one level; bob, whom she brought, by one with two and a budget
    private static readonly (string Code, string Fault)[] s_faults =
    [
        ("referral_depth_unapproved", "update referral_commission set level = 2 where plan_id = 'plan'"),
        ("referral_depth_unapproved", "update referral_commission set level = 3 where level = 2"),
        ("referral_depth_unapproved", "update referral_plan_version set jurisdiction = 'CN' where levels = 2"),
        ("referral_depth_unapproved", "update referral_plan_version set approval = null where levels = 2"),
        ("referral_introducer_differs", "update referral_commission set promoter = 'bob' where plan_id = 'plan'"),
        ("referral_introducer_differs", "update referral_commission set promoter = 'bob' where level = 2"),
        ("referral_introducer_differs", "delete from referral_edge"),
        ("referral_above_cap", "update referral_commission set minor = 301 where plan_id = 'plan'"),
        ("referral_above_cap", "update referral_commission set minor = 121 where plan_id = 'two' and level = 1"),
        ("referral_above_cap", "update referral_commission set trace = replace(trace, '\"programCap\":3000', '\"programCap\":999') where plan_id = 'plan'"),
        ("referral_above_cap", "update referral_commission set trace = replace(trace, '\"budgetLeft\":10000', '\"budgetLeft\":119') where plan_id = 'two'"),
        ("referral_above_cap", "update referral_plan_version set document = replace(document, '\"marginBasisPoints\":3000', '\"marginBasisPoints\":999') where plan_id = 'plan'"),
        ("referral_budget_exceeded", "update referral_plan set budget = spent - 1 where id = 'two'"),
        ("referral_budget_exceeded", "update referral_plan set excess = 1 where id = 'two'"),
        ("referral_budget_exceeded", "update referral_plan set excess = 1 where id = 'plan'"),
        ("referral_budget_differs", "update referral_plan set spent = spent - 1 where id = 'two'"),
        ("referral_budget_differs", "update referral_plan set spent = 1 where id = 'plan'"),
        ("referral_budget_differs", "update referral_plan set budget = spent, excess = 1 where id = 'two'"),
        ("referral_budget_use_differs", "update referral_budget_use set minor = minor - 1"),
        ("referral_budget_use_differs", "update referral_budget_use set promised = promised + 1"),
        ("referral_budget_use_differs", "update referral_budget_use set plan_id = 'plan'"),
        ("referral_budget_use_differs", "delete from referral_budget_use"),
        ("referral_budget_use_differs", "update referral_budget_use set minor = minor - 1 where plan_id = 'plan'"),
        ("referral_budget_use_differs", "delete from referral_commission"),
        ("reward_not_due", "update order_split set reward_at = reward_after - 1"),
        ("reward_not_due", "update order_split set reward_voided = true"),
        ("reward_not_due", "update orders set fulfilment = 'None'"),
        ("reward_not_due", "update orders set state = 'Disputed'"),
        ("reward_released_early", "update order_split set reward_at = null, reward_released_at = reward_after - 1"),
        ("reward_released_early", "update order_split set reward_at = null, reward_after = 0, reward_released_at = (select o.fulfilled_at + order_split.reward_days * cast(86400000 as bigint) - 1 from orders o where o.id = order_split.order_id)"),
        ("reward_released_early", "update order_split set intro_at = null, intro_after = 0, intro_released_at = (select o.fulfilled_at + order_split.reward_days * cast(86400000 as bigint) - 1 from orders o where o.id = order_split.order_id)"),
        ("reward_not_due", "update order_split set reward_at = release_at - 1, reward_after = 0"),
        ("reward_not_due", "update order_split set intro_at = release_at - 1, intro_after = 0"),
        ("reward_not_due", "update order_split set intro_at = intro_after - 1"),
        ("reward_not_due", "update order_split set intro_voided = true"),
        ("reward_released_early", "update order_split set intro_at = null, intro_released_at = intro_after - 1"),
        ("referral_books_differ", "update referral_commission set minor = 99 where plan_id = 'plan'"),
        ("referral_books_differ", "update referral_commission set minor = 19 where level = 2"),
        ("referral_share_without_trace", "delete from referral_commission"),
        ("referral_self_rewarded", "update referral_attribution set refused = 'self_account'"),
        ("referral_self_rewarded", "update orders set user_id = 'ann' where promoter = 'ann'"),
        ("referral_self_rewarded", "update orders set user_id = 'ann' where promoter = 'bob'"),
        ("referral_self_rewarded", "update referral_attribution set buyer_promoter = 'ann' where promoter = 'bob'"),
        ("referral_introducer_is_seller", "insert into referral_identity (tenant, hash, kind, promoter, at) select tenant, hash, kind, 'ann', 0 from referral_identity where kind = 'Device'"),
        ("referral_introducer_is_seller", "insert into referral_identity (tenant, hash, kind, promoter, at) select tenant, hash, 'Contact', promoter, 0 from (select tenant, hash, 'ann' as promoter from referral_identity where kind = 'Device' union all select tenant, hash, 'bob' from referral_identity where kind = 'Device') t"),
        ("referral_disqualified_rewarded", "insert into referral_disqualified (tenant, order_id, reason, actor, at) select tenant, order_id, 'x', '', 0 from referral_attribution"),
        ("attribution_promoter_differs", "update orders set promoter = 'bob'"),
        ("attribution_promoter_differs", "update referral_attribution set refused = 'self_account'"),
        ("referral_edge_backwards", "update referral_edge set at = at + 1"),
        ("referral_edge_backwards", "update referral_edge set child_number = child_number + 1"),
        ("referral_edge_backwards", "update referral_edge set parent_number = parent_number - 1"),
        ("referral_edge_backwards", "update referral_edge set child = parent, child_number = parent_number, parent = child, parent_number = child_number"),
        ("referral_edge_depth_differs", "update referral_edge set depth = 7"),
        ("referral_edge_depth_differs", "update referral_edge set root = 'bob'"),
        ("referral_frozen_without_case", "update referral_promoter set state = 'Frozen', reason = 'x' where id = 'ann'"),
        ("referral_promoter_not_adult", "update referral_promoter set adult_at = changed_at + 1 where id = 'ann'"),
        ("referral_plan_differs", "update referral_commission set version = version + 1 where plan_id = 'plan'"),
        ("referral_plan_differs", "update referral_commission set plan_id = 'plan' where plan_id = 'two'"),
    ];

    // by a transfer, below
    private static readonly string[] s_posted = ["referral_reward_without_sale", "referral_books_differ"];

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Verify_finds_each_broken_invariant(CommerceDialect dialect)
    {
        await using var world = await SoundWorldAsync(dialect);
        await world.LoseConstraintsAsync();
        await world.SoundAsync();
        var missed = new List<string>();
        foreach (var (code, fault) in s_faults)
        {
            var table = Regex.Match(fault, "^(update|delete from|insert into) ([a-z_]+)").Groups[2].Value;
            await world.Shop.CorruptAsync($"create table kept as select * from {table}");
            await world.Shop.CorruptAsync(fault);
            if ((await world.Shop.VerifyAsync()).Breaches.All(b => b.Code != code))
                missed.Add($"{code}: {fault}");
            await RestoreAsync(world, table);
        }

        Assert.Empty(missed);
        await world.SoundAsync();
    }

    [Fact]
    public void Every_check_has_a_fault_that_it_was_seen_to_find() =>
        Assert.Empty(ReferralChecks.All.Select(c => c.Code).Except(s_faults.Select(f => f.Code).Concat(s_posted)));

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Verify_finds_a_reward_in_the_books_that_no_sale_is_behind(CommerceDialect dialect)
    {
        await using var world = await SoundWorldAsync(dialect);
        await PostAsync(world, LedgerTransfer.Move("gift", new("", LedgerPurpose.PlatformRevenue), new("bob", LedgerPurpose.PromoterPending), new Money(1, "EUR"), "promoter_share", "for joining"));
        Assert.Contains("referral_reward_without_sale", (await world.Shop.VerifyAsync()).Breaches.Select(b => b.Code));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Verify_finds_that_more_of_a_reward_went_back_than_there_was(CommerceDialect dialect)
    {
        await using var world = await SoundWorldAsync(dialect);
        var order = (await world.Records.OfPromoterAsync(world.Scope, "bob"))[0].OrderId;
        await PostAsync(world, LedgerTransfer.Move("back", new("bob", LedgerPurpose.Debt), new("", LedgerPurpose.PlatformRevenue), new Money(101, "CNY"), "promoter_share_reversed", order + ":1"));
        Assert.Contains("referral_books_differ", (await world.Shop.VerifyAsync()).Breaches.Select(b => b.Code));
    }

    private static async Task RestoreAsync(ReferralWorld world, string table)
    {
        // what is replaced keeps the keys that SQLite still watches
        var sqlite = world.Shop.Commerce.Database.Dialect == CommerceDialect.Sqlite;
        if (!sqlite || table is "referral_commission" or "referral_edge" or "referral_disqualified" or "referral_budget_use" or "referral_identity")
            await world.Shop.CorruptAsync("delete from " + table);
        await world.Shop.CorruptAsync(sqlite ? $"insert or replace into {table} select * from kept" : $"insert into {table} overriding system value select * from kept");
        await world.Shop.CorruptAsync("drop table kept");
    }

    private static async Task PostAsync(ReferralWorld world, LedgerTransfer transfer) =>
        Ok(await world.Shop.Commerce.Database.WriteAsync(world.Scope, c => world.Shop.Commerce.Get<ILedger>().PostAsync(c, [transfer])));

    private static async Task<ReferralWorld> SoundWorldAsync(CommerceDialect dialect)
    {
        var world = await OpenAsync(dialect, program: p => p with { Jurisdiction = "DE" });
        await world.SellAsync(await world.SellerAsync("ann"));
        await world.ApproveAsync();
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.PlanAsync(Plan("two") with { Levels = 2, ApprovalId = "ok", BudgetMinor = 10_000, CapMinor = 120, Rates = [new ReferralRate { Id = "r", BasisPoints = 1_000 }, new ReferralRate { Id = "up", BasisPoints = 200, Level = 2 }] });
        await world.JoinAsync("bob", "ann", device: "bobs");
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.SellAsync(await world.LinkAsync("bob"), "other@example.com");
        Assert.Equal((120L, 100L), ((await world.HasAsync("ann")).Pending, (await world.HasAsync("bob")).Pending));
        await world.SoundAsync();
        return world;
    }
}
