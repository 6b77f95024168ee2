using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Splits;

public sealed class OrderMoneyTests
{
    private static readonly LedgerAccount s_available = new("mer", LedgerPurpose.MerchantAvailable);
    private static readonly LedgerAccount s_pending = new("mer", LedgerPurpose.MerchantPending);
    private static readonly LedgerAccount s_reserved = new("mer", LedgerPurpose.MerchantReserved);
    private static readonly LedgerAccount s_debt = new("mer", LedgerPurpose.Debt);
    private static readonly LedgerAccount s_revenue = new("", LedgerPurpose.PlatformRevenue);
    private static readonly LedgerAccount s_buyers = new("", LedgerPurpose.BuyerClearing);
    private static readonly LedgerAccount s_provider = new("test", LedgerPurpose.ProviderClearing);

    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_sale_is_shared_released_and_taken_back_to_the_last_unit(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync(Shop.Request() with { Reseller = "res", Promoter = "pro" });
        await HasAsync(shop, (s_provider, -990), (s_pending, 735), (s_revenue, 50), (new("res", LedgerPurpose.Reseller), 105), (new("pro", LedgerPurpose.PromoterPending), 100), (s_buyers, 0));

        Assert.Equal(0, await shop.Commerce.Get<IReleases>().SweepAsync());
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(1, await shop.Commerce.Get<IReleases>().SweepAsync());
        Assert.Equal(0, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (s_pending, 0), (s_available, 735), (new("res", LedgerPurpose.MerchantAvailable), 105), (new("pro", LedgerPurpose.PromoterAvailable), 100), (new("pro", LedgerPurpose.PromoterPending), 0));

        Assert.True((await GrantAsync(shop, order, 500)).Succeeded);
        // every share gives its half back; the merchant gives the rounding
        await HasAsync(shop, (s_revenue, 25), (s_available, 368), (new("res", LedgerPurpose.MerchantAvailable), 52), (new("pro", LedgerPurpose.PromoterAvailable), 50), (s_buyers, 500));
        await GiveBackAsync(shop, order);
        await HasAsync(shop, (s_buyers, 0), (s_provider, -495));
        Assert.Equal(OrderState.PartiallyRefunded, await shop.StateAsync(order));

        Assert.True((await GrantAsync(shop, order, 500)).Succeeded);
        Assert.Equal(OrderState.Refunded, await shop.StateAsync(order));
        await GiveBackAsync(shop, order);
        foreach (var account in (LedgerAccount[])[s_provider, s_pending, s_available, s_revenue, s_buyers, new("res", LedgerPurpose.MerchantAvailable), new("pro", LedgerPurpose.PromoterAvailable)])
            await HasAsync(shop, (account, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Nothing_above_what_is_still_paid_of_a_line_goes_back(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var tooMuch = await GrantAsync(shop, order, 1001);
        Assert.Equal((CommerceErrors.RefundTooHigh, "lines[0].minor"), (tooMuch.Error!.Code, tooMuch.Error.Field));
        Assert.True((await GrantAsync(shop, order, 700)).Succeeded);
        Assert.Equal(CommerceErrors.RefundTooHigh, (await GrantAsync(shop, order, 301)).Error!.Code);
        Assert.Equal(1, await shop.Commerce.CountAsync("refund"));
        Assert.Equal(700, (await shop.ViewAsync(order)).RefundDue.Minor);

        var unpaid = await shop.OrderAsync(Shop.Request(contact: "c@example.com"));
        Assert.Equal(CommerceErrors.RefundTooHigh, (await GrantAsync(shop, unpaid, 1)).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await shop.Commerce.Get<IRefunds>().GrantAsync(TestCommerce.Other, Draft(order, 1), "ann")).Error!.Code);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Many_refunds_at_once_never_pass_the_amount(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        var order = await shop.PaidOrderAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => GrantAsync(i % 2 == 0 ? shop : second, order, 300)));
        Assert.Equal(3, results.Count(r => r.Succeeded));
        Assert.Equal(900, (await shop.ViewAsync(order)).RefundDue.Minor);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refund_at_the_platforms_expense_leaves_the_shares(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, Draft(order, 400) with { Payer = RefundPayer.Platform, Reason = RefundReason.Goodwill }, "ann")).Succeeded);
        await HasAsync(shop, (s_pending, 940), (s_revenue, 50 - 400), (s_buyers, 400));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_merchant_who_was_paid_out_owes_and_the_next_sale_pays_it_off(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        await PayOutAsync(shop, 900);
        Assert.True((await GrantAsync(shop, order, 1000)).Succeeded);
        await HasAsync(shop, (s_available, 0), (s_debt, -900), (s_revenue, 0));
        await shop.PaidOrderAsync(Shop.Request(contact: "next@example.com"));
        await ReleaseAsync(shop);
        await HasAsync(shop, (s_available, 40), (s_debt, 0));
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
        await HasAsync(shop, (s_available, 752), (s_reserved, 188));
        Assert.True((await GrantAsync(shop, order, 100)).Succeeded);
        await HasAsync(shop, (s_available, 752), (s_reserved, 94), (s_revenue, 45));
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (s_available, 846), (s_reserved, 0));
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
        await HasAsync(shop, (s_reserved, 188));
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon));
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (s_available, 940), (s_reserved, 0));
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
        await HasAsync(shop, (s_pending, 940), (s_available, 0));
        await shop.ApplyAsync(Shop.Event(pending, PaymentEventKind.DisputeWon));
        Assert.Single(await shop.KeysAsync(pending));
        Assert.Equal(1, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (s_pending, 0), (s_available, 940));

        var released = await shop.PaidOrderAsync(Shop.Request(contact: "two@example.com"));
        await ReleaseAsync(shop);
        await shop.ApplyAsync(Shop.Event(released, PaymentEventKind.Disputed));
        Assert.Equal(940, (await shop.Commerce.Get<ILedgerReads>().BalanceAsync(shop.Scope, s_available, "CNY")).Held.Minor);
        var lost = Shop.Event(released, PaymentEventKind.DisputeLost);
        await shop.ApplyAsync(lost);
        await shop.ApplyAsync(lost);
        var balance = await shop.Commerce.Get<ILedgerReads>().BalanceAsync(shop.Scope, s_available, "CNY");
        Assert.Equal((940, 0), (balance.Balance.Minor, balance.Held.Minor));
        await HasAsync(shop, (s_provider, -990), (s_revenue, 50), (s_debt, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_provider_is_asked_for_stays_the_same_until_it_answers_whatever_is_decided_meanwhile(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var asks = shop.Commerce.Get<IRefundAsks>();
        await GrantAsync(shop, order, 300);
        var first = await asks.NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1");
        await GrantAsync(shop, order, 200);
        var again = await asks.NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1");
        Assert.Equal(first, again);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, first!.RefundId, amount: 300));
        var next = await asks.NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1");
        Assert.NotEqual(first.RefundId, next!.RefundId);
        Assert.Equal(200, next.Amount.Minor);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, next.RefundId, amount: 200));
        Assert.Null(await asks.NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1"));
        Assert.Equal(500, (await shop.ViewAsync(order)).Refunded.Minor);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_buyers_request_is_answered_once_or_goes_to_the_platform_in_time(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var refunds = shop.Commerce.Get<IRefunds>();
        var order = await shop.PaidOrderAsync();
        var asked = await refunds.RequestAsync(shop.Scope, Draft(order, 1000));
        Assert.Equal(RefundState.Requested, asked.Value.State);
        Assert.Equal(CommerceErrors.RefundOpen, (await refunds.RequestAsync(shop.Scope, Draft(order, 1))).Error!.Code);
        Assert.Equal(0, await refunds.EscalateAsync());
        shop.Commerce.Clock.Advance(TimeSpan.FromHours(49));
        Assert.Equal(1, await refunds.EscalateAsync());
        Assert.Equal(1, await shop.MessagesAsync(RefundEvents.Escalated));
        Assert.Equal("note", (await refunds.AnswerAsync(shop.Scope, asked.Value.Id, false, RefundPayer.Merchant, false, "ann", " ")).Error!.Field);
        var answered = await refunds.AnswerAsync(shop.Scope, asked.Value.Id, true, RefundPayer.Merchant, true, "ann", null);
        Assert.Equal(RefundState.Approved, answered.Value.State);
        Assert.Equal(CommerceErrors.RefundTooHigh, (await refunds.AnswerAsync(shop.Scope, asked.Value.Id, true, RefundPayer.Merchant, true, "ben", null)).Error!.Code);
        Assert.Equal(CommerceErrors.IllegalTransition, (await refunds.AnswerAsync(shop.Scope, asked.Value.Id, false, RefundPayer.Merchant, true, "ben", "no")).Error!.Code);
        Assert.Empty(await shop.KeysAsync(order));
        Assert.Equal(1, await shop.Commerce.CountAsync("card_key", "state = 'Revoked'"));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Manual_goods_are_released_from_the_day_of_their_delivery(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.ManualAsync(change: o => o with { Merchant = "mer" });
        var order = await shop.PaidOrderAsync(Shop.Request("manual"));
        await ReleaseAsync(shop);
        await HasAsync(shop, (s_pending, 4700), (s_available, 0));
        await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 1, "done", "ann");
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, await shop.Commerce.Get<IReleases>().SweepAsync());
        await ReleaseAsync(shop);
        await HasAsync(shop, (s_pending, 0), (s_available, 4700));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_change_of_the_rules_leaves_orders_that_are_paid_and_two_changes_at_once_are_a_conflict(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        var policies = shop.Commerce.Get<IFeePolicies>();
        var current = await policies.CurrentAsync(shop.Scope);
        var doubled = current with { Rules = [new FeeRule { Id = "more", Share = ShareKind.Platform, BasisPoints = 1_000 }] };
        var results = await Task.WhenAll(policies.SaveAsync(shop.Scope, doubled, "ann"), policies.SaveAsync(shop.Scope, doubled, "ben"));
        Assert.Equal(CommerceErrors.Conflict, Assert.Single(results, r => !r.Succeeded).Error!.Code);
        await HasAsync(shop, (s_revenue, 50));
        await shop.PaidOrderAsync(Shop.Request(contact: "b@example.com"));
        await HasAsync(shop, (s_revenue, 150));
        var refused = await policies.SaveAsync(shop.Scope, (await policies.CurrentAsync(shop.Scope)) with { Rules = [new FeeRule { Id = "x", Share = ShareKind.Platform, BasisPoints = 5_001 }] }, "ann");
        Assert.Equal("rules[0].basisPoints", refused.Error!.Field);
        Assert.Equal(2, await shop.Commerce.CountAsync("fee_policy"));
        Assert.Empty((await policies.CurrentAsync(TestCommerce.Other)).Rules);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Verify_names_books_that_differ_from_orders(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        await shop.AssertSoundAsync();
        await shop.CorruptAsync("update order_split set reserved = 5, reserve_until = 1");
        await shop.CorruptAsync("update orders set captured = 999, refund_due = 1");
        await shop.Commerce.Database.WriteAsync(shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(c, [LedgerTransfer.Move("x", s_pending, s_revenue, new Money(2000, "CNY"), "test")]));
        await shop.Commerce.Database.WriteAsync(shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(c, [LedgerTransfer.Move("y", s_revenue, s_reserved, new Money(1, "CNY"), "test")]));
        var codes = (await shop.VerifyAsync()).Breaches.Select(b => b.Code).ToHashSet();
        Assert.Superset(new HashSet<string> { "order_books_differ", "buyer_clearing_differs", "pending_below_zero", "reserve_differs" }, codes);
    }

    private static async Task<Shop> OpenAsync(CommerceDialect dialect, Func<FeePolicy, FeePolicy>? change = null)
    {
        var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 40, change: o => o with { Merchant = "mer" });
        var policy = new FeePolicy
        {
            Rules =
            [
                new FeeRule { Id = "commission", Share = ShareKind.Platform, BasisPoints = 500 },
                new FeeRule { Id = "cost", Share = ShareKind.PaymentCost, BasisPoints = 100, Provider = "test" },
                new FeeRule { Id = "reseller", Share = ShareKind.Reseller, BasisPoints = 1_050 },
                new FeeRule { Id = "promoter", Share = ShareKind.Promoter, BasisPoints = 1_000 },
            ],
        };
        Assert.True((await shop.Commerce.Get<IFeePolicies>().SaveAsync(shop.Scope, change?.Invoke(policy) ?? policy, "ann")).Succeeded);
        return shop;
    }

    private static RefundDraft Draft(OrderReceipt order, long minor) =>
        new() { Id = Guid.NewGuid().ToString("n"), OrderId = order.OrderId, Lines = [new RefundLine(1, minor)], Reason = RefundReason.KeyInvalid };

    private static Task<CommerceResult<RefundView>> GrantAsync(Shop shop, OrderReceipt order, long minor) => shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, Draft(order, minor), "ann");

    private static async Task GiveBackAsync(Shop shop, OrderReceipt order)
    {
        var ask = await shop.Commerce.Get<IRefundAsks>().NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1");
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, ask!.RefundId, amount: ask.Amount.Minor));
    }

    private static Task ReleaseAsync(Shop shop)
    {
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(8));
        return shop.Commerce.Get<IReleases>().SweepAsync();
    }

    // no worker takes the messages here, and days pass
    private static async Task SoundAsync(Shop shop)
    {
        await shop.CorruptAsync("delete from outbox");
        await shop.AssertSoundAsync();
    }

    private static async Task PayOutAsync(Shop shop, long minor) => Assert.True((await shop.Commerce.Database.WriteAsync(
        shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(c, [LedgerTransfer.Move("out", s_available, new("bank", LedgerPurpose.ProviderClearing), new Money(minor, "CNY"), "payout")]))).Succeeded);

    private static async Task HasAsync(Shop shop, params (LedgerAccount Account, long Minor)[] expected)
    {
        foreach (var (account, minor) in expected)
            Assert.Equal((account, minor), (account, (await shop.Commerce.Get<ILedgerReads>().BalanceAsync(shop.Scope, account, "CNY")).Balance.Minor));
    }
}
