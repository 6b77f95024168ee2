using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Reconciliation;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Payouts;
using LinkShop.Commerce.Tests.Splits;
using LinkShop.Simulation;
using Microsoft.Extensions.DependencyInjection;
using static LinkShop.Commerce.Tests.Resale.ResaleWorld;

namespace LinkShop.Commerce.Tests.Resale;

/// <summary>What a shop owes goes over to the supplier, who pays its merchants of it.</summary>
public sealed class SupplyDuesTests
{
    private static readonly LedgerAccount Payable = new("Mall", LedgerPurpose.SupplyPayable);
    private static readonly LedgerAccount Receivable = new("ShopA", LedgerPurpose.SupplyReceivable);
    private static readonly LedgerAccount Between = new("resale", LedgerPurpose.ProviderClearing);
    private static readonly LedgerAccount Available = new("", LedgerPurpose.MerchantAvailable);
    private static readonly LedgerAccount Debt = new("", LedgerPurpose.Debt);

    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_shop_owes_goes_over_once_a_day_and_both_see_the_same(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.PaidAsync(world.A);
        await world.PaidAsync(world.B, 2);
        await SeesAsync(world, open: 600, settled: 0);

        Assert.Equal(2, await DayAsync(world));
        await MoneyShop.HasAsync(world.A, (Payable, 0), (Between, 600), (MoneyShop.Provider, -1000));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, 0), (Between, -1800));
        await SeesAsync(world, open: 0, settled: 600);
        Assert.Equal([("ShopA", 600L), ("ShopB", 1200L)], (await Dues(world).DueAsync(world.Supplier.Scope)).Select(d => (d.Other, d.Settled.Minor)));

        // a sale of the same day waits for the next one
        await world.PaidAsync(world.A, contact: "c@example.com");
        Assert.Equal(0, await Dues(world).SweepAsync());
        await SeesAsync(world, open: 600, settled: 600);
        Assert.Equal(1, await DayAsync(world));
        await SeesAsync(world, open: 0, settled: 1200);
        Assert.Equal(0, await DayAsync(world));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_supplier_is_paid_for_what_shops_sold_and_a_refund_after_that_is_its_debt_and_comes_back(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.PaidAsync(world.A);
        await MoneyShop.ReleaseAsync(world.A);
        await DayAsync(world);
        // what came over covers the payout: nobody's bank account is overdrawn for another's sale
        await PayOutAsync(world, 570);
        var books = Assert.Single(await world.A.Commerce.Get<IFinance>().OverviewAsync(world.Supplier.Scope));
        Assert.Equal(30, books.Providers.Sum(p => p.Holds.Minor));
        await QuietAsync(world);

        Assert.True((await MoneyShop.GrantAsync(world.A, order, 1000, forPlatform: true)).Succeeded);
        await MoneyShop.GiveBackAsync(world.A, order);
        await MoneyShop.HasAsync(world.Supplier, (Available, 0), (Debt, -570), (Receivable, 600));
        await SeesAsync(world, open: -600, settled: 600);
        Assert.Equal(1, await DayAsync(world));
        await SeesAsync(world, open: 0, settled: 0);
        await MoneyShop.HasAsync(world.A, (Payable, 0), (Between, 0), (MoneyShop.Provider, 0));
        await QuietAsync(world);

        // the next sale through any shop pays the debt first
        await world.PaidAsync(world.B);
        await MoneyShop.ReleaseAsync(world.B);
        await MoneyShop.HasAsync(world.Supplier, (Available, 0), (Debt, 0));
        await DayAsync(world);
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Processes_that_settle_at_the_same_moment_move_what_is_owed_once(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, keys: 100);
        var processes = Enumerable.Range(0, 4).Select(_ => world.Supplier.InSecondProcess().Commerce).ToList();
        for (var day = 1; day <= 5; day++)
        {
            await world.PaidAsync(world.A, contact: $"a{day}@example.com");
            await world.PaidAsync(world.B, contact: $"b{day}@example.com");
            processes.ForEach(p => p.Clock.Advance(TimeSpan.FromDays(1)));
            var moved = await Task.WhenAll(processes.Select(p => Task.Run(() => p.Get<ISupplyDues>().SweepAsync())));
            Assert.Equal(2, moved.Sum());
            await SeesAsync(world, open: 0, settled: 600 * day);
        }

        await QuietAsync(world);
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    /// <summary>Two processes settle while shops sell and give back.</summary>
    [Theory, MemberData(nameof(Both))]
    public async Task Settling_among_sales_and_refunds_loses_nothing(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, keys: 200);
        await using var second = world.Supplier.InSecondProcess().Commerce;
        for (var day = 0; day < 4; day++)
        {
            var before = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => world.PaidAsync(i % 2 == 0 ? world.A : world.B, contact: $"b{day}-{i}@example.com")));
            world.A.Commerce.Clock.Advance(TimeSpan.FromDays(1));
            second.Clock.Advance(TimeSpan.FromDays(day == 0 ? 2 : 1));
            Task[] work =
            [
                .. ((TestCommerce[])[world.A.Commerce, second]).Select(c => Task.Run(() => c.Get<ISupplyDues>().SweepAsync())),
                .. Enumerable.Range(0, 4).Select(i => Task.Run(() => world.PaidAsync(i % 2 == 0 ? world.A : world.B, contact: $"c{day}-{i}@example.com"))),
                Task.Run(() => MoneyShop.GrantAsync(world.A, before[0], 500)),
            ];
            await Task.WhenAll(work);
            await QuietAsync(world);
        }

        await DayAsync(world);
        Assert.Equal(0, await world.A.Commerce.CountAsync("(select sum(balance) as balance from ledger_account where purpose in ('SupplyPayable', 'SupplyReceivable') group by tenant, owner) a", "balance <> 0"));
        // 20 sales of each shop, four halves given back by A
        Assert.Equal((10_800L, 12_000L), (await SettledAsync(world, "ShopA"), await SettledAsync(world, "ShopB")));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_death_between_two_statements_moves_all_or_nothing(CommerceDialect dialect)
    {
        CrashingDatabase? crashing = null;
        await using var commerce = await TestCommerce.StartAsync(dialect, services =>
        {
            var made = services.Last(s => s.ServiceType == typeof(ICommerceDatabase)).ImplementationFactory!;
            services.AddSingleton<ICommerceDatabase>(provider => crashing = new CrashingDatabase((ICommerceDatabase)made(provider)));
        });
        var world = new ResaleWorld(new Shop(commerce, TestCommerce.Mall));
        await world.Supplier.CardsAsync(keys: 3);
        await world.OfferAsync();
        await world.ListAsync(world.A);
        await world.PaidAsync(world.A);
        var statement = 1;
        for (; ; statement++)
        {
            // a pair that fails is logged, and the day isn't over for this process
            crashing!.DieBefore(statement);
            var settled = await Dues(world).SweepAsync();
            crashing.LiveOn();
            await world.SoundAsync();
            await SeesAsync(world, open: settled == 0 ? 600 : 0, settled: settled == 0 ? 0 : 600);
            if (settled > 0)
                break;
        }

        Assert.True(statement > 3, $"{statement}");
        crashing.DieAfterCommit();
        Assert.Equal(0, await Dues(world).SweepAsync());
        await SeesAsync(world, open: 0, settled: 600);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_pair_that_cant_be_settled_keeps_no_other_waiting_and_is_tried_again_the_same_day(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.PaidAsync(world.A);
        await world.PaidAsync(world.B);
        var postgres = dialect == CommerceDialect.Postgres;
        if (postgres)
            await world.A.CorruptAsync("create function stuck() returns trigger language plpgsql as $$ begin if new.tenant = 'ShopA' then raise exception 'stuck'; end if; return new; end $$");
        await world.A.CorruptAsync(postgres
            ? "create trigger stuck before insert on ledger_transfer for each row execute function stuck()"
            : "create trigger stuck before insert on ledger_transfer when new.tenant = 'ShopA' begin select raise(abort, 'stuck'); end");
        Assert.Equal(1, await DayAsync(world));
        Assert.Equal((0L, 600L), (await SettledAsync(world, "ShopA"), await SettledAsync(world, "ShopB")));
        await SeesAsync(world, open: 600, settled: 0);

        await world.A.CorruptAsync(postgres ? "drop trigger stuck on ledger_transfer" : "drop trigger stuck");
        Assert.Equal(1, await Dues(world).SweepAsync());
        await SeesAsync(world, open: 0, settled: 600);
        // what is between shops is held by nobody who could pay it out to a bank
        Assert.Equal(["test"], (await world.A.Commerce.Get<IArrivals>().HoldingsAsync(ShopA)).Select(h => h.Provider));
        Assert.Empty(await world.A.Commerce.Get<IArrivals>().HoldingsAsync(world.Supplier.Scope));
        await QuietAsync(world);
    }

    private static ISupplyDues Dues(ResaleWorld world) => world.A.Commerce.Get<ISupplyDues>();

    private static Task<int> DayAsync(ResaleWorld world)
    {
        world.A.Commerce.Clock.Advance(TimeSpan.FromDays(1));
        return Dues(world).SweepAsync();
    }

    private static async Task<long> SettledAsync(ResaleWorld world, string shop) => Assert.Single(await Dues(world).DueAsync(world.Supplier.Scope), d => d.Other == shop).Settled.Minor;

    /// <summary>Shop A and the supplier are shown the same.</summary>
    private static async Task SeesAsync(ResaleWorld world, long open, long settled)
    {
        var owed = Assert.Single(await Dues(world).OwedAsync(ShopA));
        var due = Assert.Single(await Dues(world).DueAsync(world.Supplier.Scope), d => d.Other == "ShopA");
        Assert.Equal(("Mall", open, settled), (owed.Other, owed.Open.Minor, owed.Settled.Minor));
        // each tenant's books have their own milliseconds
        Assert.Equal((open, settled, owed.SettledAt?.Date), (due.Open.Minor, due.Settled.Minor, due.SettledAt?.Date));
    }

    private static async Task PayOutAsync(ResaleWorld world, long minor)
    {
        var (commerce, mall) = (world.A.Commerce, world.Supplier.Scope);
        var payee = (await commerce.Get<IPayees>().SaveAsync(mall, Desk.Profile("", provider: "manual", kind: PayoutDestinationKind.Bank), "uma")).Value;
        Assert.True((await commerce.Get<IPayees>().VerifyIdentityAsync(mall, "", payee.Version, Desk.Clerk)).Succeeded);
        Assert.True((await commerce.Get<IPayees>().VerifyDestinationAsync(mall, "", payee.Version, Desk.Clerk)).Succeeded);
        var payouts = commerce.Get<IPayouts>();
        var asked = await payouts.RequestAsync(mall, new PayoutRequest { Id = "payout-of-supplier", Owner = "", Purpose = LedgerPurpose.MerchantAvailable, Amount = new Money(minor, "CNY"), Actor = "uma" });
        Assert.True(asked.Succeeded, asked.Error?.Message);
        Assert.True((await payouts.ApproveAsync(mall, asked.Value.Id, Desk.Clerk)).Succeeded);
        await payouts.SendAsync(mall, asked.Value.Id);
        for (var times = 0; times < 2; times++)
            Assert.Equal(PayoutState.Paid, (await payouts.ConfirmPaidAsync(mall, asked.Value.Id, "bank-1", Desk.Boss)).Value.State);
        await MoneyShop.HasAsync(world.Supplier, (Available, 0), (new LedgerAccount("manual", LedgerPurpose.ProviderClearing), minor));
    }

    private static async Task QuietAsync(ResaleWorld world)
    {
        // no worker takes the messages here, and days pass
        await world.A.CorruptAsync("delete from outbox");
        await world.SoundAsync();
        foreach (var scope in (TenantScope[])[ShopA, ShopB, world.Supplier.Scope])
            Assert.All(await world.A.Commerce.Get<IFinance>().OverviewAsync(scope), o => Assert.True(o.Unexplained.IsZero, $"{scope}: {o.Unexplained}"));
    }
}
