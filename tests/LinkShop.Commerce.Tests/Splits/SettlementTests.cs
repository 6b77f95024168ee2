using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Splits;

/// <summary>When earnings are released, kept back, frozen and owed.</summary>
public sealed class SettlementTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_merchant_who_was_paid_out_owes_and_the_next_sale_pays_it_off(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        await PayOutAsync(shop, 900);
        Assert.True((await GrantAsync(shop, order, 1000, forPlatform: true)).Succeeded);
        await HasAsync(shop, (Available, 0), (Debt, -900), (Revenue, 0));
        await shop.PaidOrderAsync(Shop.Request(contact: "next@example.com"));
        await ReleaseAsync(shop);
        await HasAsync(shop, (Available, 40), (Debt, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_the_platform_paid_back_is_released_to_those_who_keep_their_parts(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var byPlatform = Draft(order, 1000) with { Payer = RefundPayer.Platform };
        Assert.True((await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, byPlatform, "ann", forPlatform: true)).Succeeded);
        await HasAsync(shop, (Pending, 940), (Available, 0));
        // as the version before left it
        await shop.CorruptAsync("update order_split set release_at = null");
        Assert.Contains((await shop.VerifyAsync()).Breaches, b => b.Code == "release_missing");
        await MigrateAsync(shop, 61, "update order_split");
        var money = await shop.Commerce.Get<IOrderMoney>().ReadAsync(shop.Scope, order.OrderId);
        Assert.Equal((await shop.ViewAsync(order)).FulfilledAt!.Value.AddDays(7), money!.Lines[0].ReleaseAt);
        await shop.CorruptAsync("delete from outbox");

        await GiveBackAsync(shop, order);
        Assert.Equal((OrderState.Refunded, 1000L), (await shop.StateAsync(order), (await shop.ViewAsync(order)).Refunded.Minor));
        await ReleaseAsync(shop);
        await HasAsync(shop, (Pending, 0), (Available, 940), (Provider, 10), (Buyers, 0), (Revenue, -950));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_the_platform_paid_back_before_another_line_was_delivered_by_hand_is_released_too(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.ManualAsync();
        var order = await shop.PaidOrderAsync(Shop.Request() with { Lines = [new() { SkuId = "card" }, new() { SkuId = "manual" }] });
        Assert.True((await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, Draft(order, 1000) with { Payer = RefundPayer.Platform }, "ann", forPlatform: true)).Succeeded);
        Assert.True((await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 2, "done", "ann")).Succeeded);
        await HasAsync(shop, (Pending, 940), (Available, 0));
        Assert.DoesNotContain((await shop.VerifyAsync()).Breaches, b => b.Code == "release_missing");
        await ReleaseAsync(shop);
        await HasAsync(shop, (Pending, 0), (Available, 940));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_new_merchants_reserve_is_kept_back_pays_refunds_first_and_is_released_later(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect, p => p with { ReserveBasisPoints = 2_000, ReserveDays = 30 });
        var now = shop.Commerce.Clock.GetUtcNow();
        await shop.Commerce.Database.WriteAsync(shop.Scope, c => c.ExecuteAsync("insert into merchant (tenant, owner, name, joined_at) values (@tenant, 'mer', 'Mer', @now)", new { now }));
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        await HasAsync(shop, (Available, 752), (Reserved, 188));
        Assert.True((await GrantAsync(shop, order, 100)).Succeeded);
        await HasAsync(shop, (Available, 752), (Reserved, 94), (Revenue, 45));
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (Available, 846), (Reserved, 0));
        await SoundAsync(shop);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite, "free", 188)]
    [InlineData(CommerceDialect.Postgres, "free", 188)]
    [InlineData(CommerceDialect.Sqlite, null, 0)]
    [InlineData(CommerceDialect.Postgres, null, 0)]
    public async Task A_micro_shop_is_a_new_merchant_to_its_platform_and_the_platform_is_none_to_itself(CommerceDialect dialect, string? plan, long reserved)
    {
        await using var shop = await OpenAsync(dialect, p => p with { ReserveBasisPoints = 2_000, ReserveDays = 30 });
        await shop.CardsAsync("own");
        Assert.True((await shop.Commerce.Get<IMerchants>().SaveAsync(shop.Scope, new Merchant("", "House", null, plan, default), "boss")).Succeeded);
        await shop.PaidOrderAsync(Shop.Request("own"));
        await ReleaseAsync(shop);
        await HasAsync(shop, (new LedgerAccount("", LedgerPurpose.MerchantAvailable), 940 - reserved), (new LedgerAccount("", LedgerPurpose.MerchantReserved), reserved));
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(31));
        await shop.Commerce.Get<IReleases>().SweepAsync();
        await HasAsync(shop, (new LedgerAccount("", LedgerPurpose.MerchantAvailable), 940), (new LedgerAccount("", LedgerPurpose.MerchantReserved), 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_kept_back_stays_so_while_the_payment_is_disputed_also_when_its_time_has_come(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect, p => p with { ReserveBasisPoints = 2_000, ReserveDays = 30 });
        Assert.True((await shop.Commerce.Get<IMerchants>().SaveAsync(shop.Scope, new Merchant("mer", "Mer", null, null, default), "boss")).Succeeded);
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(0, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (Reserved, 188));
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon));
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (Available, 940), (Reserved, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_dispute_freezes_shares_and_goods_and_its_end_restores_or_reverses_once(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var pending = await shop.PaidOrderAsync();
        await shop.ApplyAsync(Shop.Event(pending, PaymentEventKind.Disputed));
        Assert.Empty(await shop.KeysAsync(pending));
        await ReleaseAsync(shop);
        await HasAsync(shop, (Pending, 940), (Available, 0));
        await shop.ApplyAsync(Shop.Event(pending, PaymentEventKind.DisputeWon));
        Assert.Single(await shop.KeysAsync(pending));
        Assert.Equal(1, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (Pending, 0), (Available, 940));

        var released = await shop.PaidOrderAsync(Shop.Request(contact: "two@example.com"));
        await ReleaseAsync(shop);
        await shop.ApplyAsync(Shop.Event(released, PaymentEventKind.Disputed));
        Assert.Equal(940, (await shop.Commerce.Get<ILedgerReads>().BalanceAsync(shop.Scope, Available, "CNY")).Held.Minor);
        var lost = Shop.Event(released, PaymentEventKind.DisputeLost);
        await shop.ApplyAsync(lost);
        await shop.ApplyAsync(lost);
        var balance = await shop.Commerce.Get<ILedgerReads>().BalanceAsync(shop.Scope, Available, "CNY");
        Assert.Equal((940, 0), (balance.Balance.Minor, balance.Held.Minor));
        await HasAsync(shop, (Provider, -990), (Revenue, 50), (Debt, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Each_line_of_an_order_is_released_when_its_own_days_are_over(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect, p => p with { Terms = [new SettlementTerm { CategoryId = "slow", Days = 20 }] });
        await shop.CardsAsync("slow", change: o => o with { Merchant = "mer", CategoryId = "slow" });
        await shop.PaidOrderAsync(Shop.Request() with { Lines = [new() { SkuId = "card" }, new() { SkuId = "slow" }] });
        await ReleaseAsync(shop);
        await HasAsync(shop, (Pending, 940), (Available, 940));
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(11));
        Assert.Equal(0, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (Pending, 940), (Available, 940));
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (Pending, 0), (Available, 1880));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_days_of_a_merchants_tier_hold_those_of_tier_and_category_before_them_and_a_sale_keeps_what_it_was_sold_under(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect, p => p with
        {
            Terms = [new SettlementTerm { MerchantTier = "gold", CategoryId = "slow", Days = 5 }, new SettlementTerm { MerchantTier = "gold", Days = 1 }, new SettlementTerm { MerchantTier = "silver", Days = 30 }],
        });
        await shop.CardsAsync("slow", change: o => o with { Merchant = "mer", CategoryId = "slow" });
        var start = shop.Commerce.Clock.GetUtcNow();
        await TierAsync("gold");
        var gold = await shop.PaidOrderAsync(Shop.Request() with { Lines = [new() { SkuId = "card" }, new() { SkuId = "slow" }] });
        await TierAsync("silver");
        var silver = await shop.PaidOrderAsync(Shop.Request(contact: "second@example.com"));
        await TierAsync(null);
        var none = await shop.PaidOrderAsync(Shop.Request(contact: "third@example.com"));
        var days = new List<double>();
        foreach (var order in new[] { gold, silver, none })
            days.AddRange(await DaysAsync(order));
        Assert.Equal([1, 5, 30, 7], days);
        foreach (var (day, available) in new[] { (2, 940), (4, 940), (6, 1880), (8, 2820), (29, 2820), (31, 3760) })
        {
            shop.Commerce.Clock.Advance(start.AddDays(day) - shop.Commerce.Clock.GetUtcNow());
            await shop.Commerce.Get<IReleases>().SweepAsync();
            await HasAsync(shop, (Available, available), (Pending, 3760 - available));
        }

        await SoundAsync(shop);

        Task TierAsync(string? tier) => shop.Commerce.Database.WriteAsync(shop.Scope, c => c.ExecuteAsync(
            "insert into merchant (tenant, owner, name, tier, joined_at) values (@tenant, 'mer', 'Mer', @tier, @start) on conflict (tenant, owner) do update set tier = excluded.tier", new { tier, start }));

        async Task<IEnumerable<double>> DaysAsync(OrderReceipt order)
        {
            var delivered = (await shop.ViewAsync(order)).FulfilledAt!.Value;
            return (await shop.Commerce.Get<IOrderMoney>().ReadAsync(shop.Scope, order.OrderId))!.Lines.Select(l => (l.ReleaseAt!.Value - delivered).TotalDays);
        }
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Manual_goods_are_released_from_the_day_of_their_delivery(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.ManualAsync(change: o => o with { Merchant = "mer" });
        var order = await shop.PaidOrderAsync(Shop.Request("manual"));
        await ReleaseAsync(shop);
        await HasAsync(shop, (Pending, 4700), (Available, 0));
        await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 1, "done", "ann");
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, await shop.Commerce.Get<IReleases>().SweepAsync());
        await ReleaseAsync(shop);
        await HasAsync(shop, (Pending, 0), (Available, 4700));
        await SoundAsync(shop);
    }
}
