using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

/// <summary>What was paid out isn't there for a refund any more: the platform would lend it, so the platform decides.</summary>
public sealed class PaidOutRefundTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Who_was_paid_out_gives_back_only_what_is_left_and_nothing_of_a_refusal_stays(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        await PayOutAsync(shop, 900);
        var draft = Draft(order, 1000) with { RevokeKeys = true };
        var refused = await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, draft, "ann", forPlatform: false);
        Assert.Equal((CommerceErrors.SellerShort, "lines", new Money(900, "CNY")), (refused.Error!.Code, refused.Error.Field, refused.Error.Facts?.Single()));
        Assert.Equal((0, 0), (await shop.Commerce.CountAsync("refund"), await shop.Commerce.CountAsync("refund_line")));
        Assert.Single(await shop.KeysAsync(order));
        await StandsAsync(shop, order, captured: 1000, due: 0, back: 0);
        await HasAsync(shop, (Available, 40), (Debt, 0), (Revenue, 50), (Buyers, 0));
        // of 1,000 the merchant has 940, of 956 it has 900, and of 955 it would have 899
        Assert.Equal(CommerceErrors.SellerShort, (await GrantAsync(shop, order, 45)).Error?.Code);
        Assert.True((await GrantAsync(shop, order, 44)).Succeeded);
        await HasAsync(shop, (Available, 0), (Debt, 0));
        Assert.True((await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, draft with { Lines = [new RefundLine(1, 956)] }, "root", forPlatform: true)).Succeeded);
        await HasAsync(shop, (Available, 0), (Debt, -900));
        Assert.Empty(await shop.KeysAsync(order));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Refunds_at_the_same_moment_never_come_to_more_than_is_left(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var orders = new List<OrderReceipt>();
        for (var i = 0; i < 4; i++)
            orders.Add(await shop.PaidOrderAsync(Shop.Request(contact: $"b{i}@example.com")));
        await ReleaseAsync(shop);
        await PayOutAsync(shop, (4 * 940) - 1000);
        // each costs the merchant 470: two of them are there
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => GrantAsync(shop, orders[i % 4], 500))));
        Assert.Equal((2, 6), (results.Count(r => r.Succeeded), results.Count(r => r.Error?.Code == CommerceErrors.SellerShort)));
        await HasAsync(shop, (Available, 60), (Debt, 0));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_promoter_was_paid_out_is_the_platforms_to_lend_too(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var promoter = new LedgerAccount("pro", LedgerPurpose.PromoterAvailable);
        var order = await shop.PaidOrderAsync(Shop.Request() with { Promoter = "pro" });
        await ReleaseAsync(shop);
        await HasAsync(shop, (Available, 840), (promoter, 100));
        Assert.True((await shop.Commerce.Database.WriteAsync(
            shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(c, [LedgerTransfer.Move("out", promoter, new("bank", LedgerPurpose.ProviderClearing), new Money(100, "CNY"), "payout")]))).Succeeded);
        var refused = await GrantAsync(shop, order, 1000);
        Assert.Equal((CommerceErrors.SellerShort, new Money(100, "CNY")), (refused.Error!.Code, refused.Error.Facts?.Single()));
        await HasAsync(shop, (Available, 840), (promoter, 0), (new LedgerAccount("pro", LedgerPurpose.Debt), 0));
        Assert.True((await GrantAsync(shop, order, 1000, forPlatform: true)).Succeeded);
        await HasAsync(shop, (Available, 0), (new LedgerAccount("pro", LedgerPurpose.Debt), -100));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_request_that_a_shop_cannot_bear_is_left_to_the_platform_once_and_only_the_platform_answers_it(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var refunds = shop.Commerce.Get<IRefunds>();
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        await PayOutAsync(shop, 940);
        var asked = (await refunds.RequestAsync(shop.Scope, Draft(order, 500))).Value;
        Task<CommerceResult<RefundView>> AnswerAsync(bool forPlatform) => refunds.AnswerAsync(shop.Scope, asked.Id, approve: true, RefundPayer.Merchant, revokeKeys: true, "ann", null, forPlatform);
        Assert.Equal(CommerceErrors.SellerShort, (await AnswerAsync(forPlatform: false)).Error?.Code);
        Assert.Equal(RefundState.Requested, Assert.Single(await refunds.OfOrderAsync(shop.Scope, order.OrderId)).State);
        Assert.Single(await shop.KeysAsync(order));

        Assert.Equal(CommerceErrors.NotFound, (await refunds.HandOverAsync(shop.Scope, "another", asked.Id)).Error?.Code);
        Assert.Equal(CommerceErrors.NotFound, (await refunds.HandOverAsync(TestCommerce.Other, order.OrderId, asked.Id)).Error?.Code);
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => refunds.HandOverAsync(shop.Scope, order.OrderId, asked.Id))));
        Assert.All(all, r => Assert.Equal(RefundState.Escalated, r.Value.State));
        Assert.Equal(1, await shop.Commerce.CountAsync("outbox", $"type = '{RefundEvents.Escalated}'"));
        Assert.Equal(CommerceErrors.PlatformDecides, (await AnswerAsync(forPlatform: false)).Error?.Code);
        Assert.True((await AnswerAsync(forPlatform: true)).Succeeded);
        await HasAsync(shop, (Available, 0), (Debt, -470));
        Assert.Equal(CommerceErrors.IllegalTransition, (await refunds.HandOverAsync(shop.Scope, order.OrderId, asked.Id)).Error?.Code);
        Assert.Equal(RefundState.Approved, Assert.Single(await refunds.OfOrderAsync(shop.Scope, order.OrderId)).State);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_chargeback_asks_nobody_and_becomes_a_debt_all_the_same(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        await ReleaseAsync(shop);
        await PayOutAsync(shop, 940);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost));
        await HasAsync(shop, (Available, 0), (Debt, -940));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task At_the_platforms_expense_only_the_platform_gives_back(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var refused = await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, Draft(order, 400) with { Payer = RefundPayer.Platform }, "ann", forPlatform: false);
        Assert.Equal((CommerceErrors.PlatformDecides, 0), (refused.Error?.Code, await shop.Commerce.CountAsync("refund")));
    }
}
