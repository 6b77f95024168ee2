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

public sealed class OrderMoneyTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_sale_is_shared_released_and_taken_back_to_the_last_unit(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync(Shop.Request() with { Reseller = "res", Promoter = "pro" });
        await HasAsync(shop, (Provider, -990), (Pending, 735), (Revenue, 50), (new("res", LedgerPurpose.Reseller), 105), (new("pro", LedgerPurpose.PromoterPending), 100), (Buyers, 0));

        Assert.Equal(0, await shop.Commerce.Get<IReleases>().SweepAsync());
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(1, await shop.Commerce.Get<IReleases>().SweepAsync());
        Assert.Equal(0, await shop.Commerce.Get<IReleases>().SweepAsync());
        await HasAsync(shop, (Pending, 0), (Available, 735), (new("res", LedgerPurpose.MerchantAvailable), 105), (new("pro", LedgerPurpose.PromoterAvailable), 100), (new("pro", LedgerPurpose.PromoterPending), 0));

        Assert.True((await GrantAsync(shop, order, 500)).Succeeded);
        // every share gives its half back; the merchant gives the rounding
        await HasAsync(shop, (Revenue, 25), (Available, 368), (new("res", LedgerPurpose.MerchantAvailable), 52), (new("pro", LedgerPurpose.PromoterAvailable), 50), (Buyers, 500));
        await GiveBackAsync(shop, order);
        await HasAsync(shop, (Buyers, 0), (Provider, -495));
        Assert.Equal(OrderState.PartiallyRefunded, await shop.StateAsync(order));

        Assert.True((await GrantAsync(shop, order, 500)).Succeeded);
        Assert.Equal(OrderState.Refunded, await shop.StateAsync(order));
        await GiveBackAsync(shop, order);
        foreach (var account in (LedgerAccount[])[Provider, Pending, Available, Revenue, Buyers, new("res", LedgerPurpose.MerchantAvailable), new("pro", LedgerPurpose.PromoterAvailable)])
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
        Assert.Equal(CommerceErrors.NotFound, (await shop.Commerce.Get<IRefunds>().GrantAsync(TestCommerce.Other, Draft(order, 1), "ann", forPlatform: true)).Error!.Code);
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
        Assert.True((await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, Draft(order, 400) with { Payer = RefundPayer.Platform, Reason = RefundReason.Goodwill }, "ann", forPlatform: true)).Succeeded);
        await HasAsync(shop, (Pending, 940), (Revenue, 50 - 400), (Buyers, 400));
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
        Assert.Equal(CommerceErrors.PlatformDecides, (await refunds.AnswerAsync(shop.Scope, asked.Value.Id, true, RefundPayer.Platform, true, "ann", null, forPlatform: false)).Error!.Code);
        Assert.Equal(0, await refunds.EscalateAsync());
        shop.Commerce.Clock.Advance(TimeSpan.FromHours(49));
        Assert.Equal(1, await refunds.EscalateAsync());
        Assert.Equal(1, await shop.MessagesAsync(RefundEvents.Escalated));
        Assert.Equal("note", (await refunds.AnswerAsync(shop.Scope, asked.Value.Id, false, RefundPayer.Merchant, false, "ann", " ", forPlatform: false)).Error!.Field);
        Assert.Equal("payer", (await refunds.AnswerAsync(shop.Scope, asked.Value.Id, true, (RefundPayer)7, false, "ann", null, forPlatform: false)).Error!.Field);
        var waiting = await refunds.StandingAsync(shop.Scope, order.OrderId);
        Assert.Equal((RefundState.Escalated, 1000), (Assert.Single(waiting.Refunds).State, waiting.Kept[1].Minor));
        // the shop had its time: it can neither decline nor approve any more
        foreach (var approve in (bool[])[false, true])
            Assert.Equal(CommerceErrors.PlatformDecides, (await refunds.AnswerAsync(shop.Scope, asked.Value.Id, approve, RefundPayer.Merchant, true, "ann", "late", forPlatform: false)).Error!.Code);
        Assert.Equal(RefundState.Escalated, Assert.Single((await refunds.StandingAsync(shop.Scope, order.OrderId)).Refunds).State);
        var answered = await refunds.AnswerAsync(shop.Scope, asked.Value.Id, true, RefundPayer.Merchant, true, "pat", null, forPlatform: true);
        Assert.Equal(RefundState.Approved, answered.Value.State);
        Assert.Equal(CommerceErrors.RefundTooHigh, (await refunds.AnswerAsync(shop.Scope, asked.Value.Id, true, RefundPayer.Merchant, true, "ben", null, forPlatform: false)).Error!.Code);
        Assert.Equal(CommerceErrors.IllegalTransition, (await refunds.AnswerAsync(shop.Scope, asked.Value.Id, false, RefundPayer.Merchant, true, "ben", "no", forPlatform: false)).Error!.Code);
        Assert.Empty(await shop.KeysAsync(order));
        Assert.Equal(0, (await refunds.StandingAsync(shop.Scope, order.OrderId)).Kept[1].Minor);
        Assert.Empty((await refunds.StandingAsync(TestCommerce.Other, order.OrderId)).Refunds);
        Assert.Equal(1, await shop.Commerce.CountAsync("card_key", "state = 'Revoked'"));
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
        await HasAsync(shop, (Revenue, 50));
        await shop.PaidOrderAsync(Shop.Request(contact: "b@example.com"));
        await HasAsync(shop, (Revenue, 150));
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
        await shop.Commerce.Database.WriteAsync(shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(c, [LedgerTransfer.Move("x", Pending, Revenue, new Money(2000, "CNY"), "test")]));
        await shop.Commerce.Database.WriteAsync(shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(c, [LedgerTransfer.Move("y", Revenue, Reserved, new Money(1, "CNY"), "test")]));
        var codes = (await shop.VerifyAsync()).Breaches.Select(b => b.Code).ToHashSet();
        Assert.Superset(new HashSet<string> { "order_books_differ", "buyer_clearing_differs", "pending_below_zero", "reserve_differs" }, codes);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Verify_names_a_line_that_is_below_zero_although_its_merchant_has_other_earnings(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        await shop.PaidOrderAsync(Shop.Request(contact: "two@example.com"));
        await shop.AssertSoundAsync();
        Assert.True((await shop.Commerce.Database.WriteAsync(shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(
            c, [LedgerTransfer.Move("x", Pending, Revenue, new Money(1_200, "CNY"), "test", order.OrderId + ":1")]))).Succeeded);
        Assert.Equal([("pending_below_zero", order.OrderId + ":1")], (await shop.VerifyAsync()).Breaches.Select(b => (b.Code, b.Id)));
    }

    public static TheoryData<CommerceDialect, string, bool> Shares => new(
        from dialect in new[] { CommerceDialect.Sqlite, CommerceDialect.Postgres }
        from reason in new[] { "commission", "payment_cost", "reseller_share", "promoter_share", "tax" }
        from back in new[] { true, false }
        select (dialect, reason, back));

    [Theory, MemberData(nameof(Shares))]
    public async Task Verify_names_an_order_of_which_somebody_has_more_or_less_than_their_share(CommerceDialect dialect, string reason, bool back)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync(Shop.Request() with { Reseller = "res", Promoter = "pro" });
        await shop.AssertSoundAsync();
        var transfer = back
            ? LedgerTransfer.Move("x", Revenue, Pending, new Money(1, "CNY"), reason + "_reversed", order.OrderId + ":1")
            : LedgerTransfer.Move("x", Pending, Revenue, new Money(1, "CNY"), reason, order.OrderId + ":1");
        Assert.True((await shop.Commerce.Database.WriteAsync(shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(c, [transfer]))).Succeeded);
        Assert.Contains(("split_books_differ", order.OrderId), (await shop.VerifyAsync()).Breaches.Select(b => (b.Code, b.Id)));
    }
}
