using LinkShop.Commerce.Data;
using LinkShop.Commerce.Refunds;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

/// <summary>A buyer who takes a request for money back again.</summary>
public sealed class WithdrawnRequestTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_request_that_nobody_answered_is_taken_back_once_and_another_may_follow(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var (order, other, refunds) = (await shop.PaidOrderAsync(), await shop.PaidOrderAsync(), shop.Commerce.Get<IRefunds>());
        var asked = (await refunds.RequestAsync(shop.Scope, Draft(order, 1000))).Value;
        Assert.Equal(CommerceErrors.NotFound, (await refunds.WithdrawAsync(shop.Scope, other.OrderId, asked.Id)).Error?.Code);
        Assert.Equal(CommerceErrors.NotFound, (await refunds.WithdrawAsync(TestCommerce.Other, order.OrderId, asked.Id)).Error?.Code);
        Assert.Equal(1, await shop.Commerce.CountAsync("refund", "state = 'Requested'"));

        var withdrawn = (await refunds.WithdrawAsync(shop.Scope, order.OrderId, asked.Id)).Value;
        Assert.Equal((true, RefundState.Declined), (withdrawn.Withdrawn, withdrawn.State));
        Assert.Equal(CommerceErrors.IllegalTransition, (await refunds.WithdrawAsync(shop.Scope, order.OrderId, asked.Id)).Error?.Code);
        Assert.Equal(CommerceErrors.IllegalTransition, (await refunds.AnswerAsync(shop.Scope, asked.Id, true, RefundPayer.Merchant, true, "ann", null, forPlatform: true)).Error?.Code);
        var history = (await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events;
        Assert.Null(Assert.Single(history, h => h.Kind == "refund_withdrawn").Actor);
        // nobody is told that the shop had answered
        Assert.Equal(0, await shop.MessagesAsync(RefundEvents.Answered));
        await StandsAsync(shop, order, captured: 1000, due: 0, back: 0);
        Assert.Single(await shop.KeysAsync(order));

        // nor has the platform answered
        var again = (await refunds.RequestAsync(shop.Scope, Draft(order, 300))).Value;
        shop.Commerce.Clock.Advance(TimeSpan.FromHours(49));
        Assert.Equal(1, await refunds.EscalateAsync());
        Assert.True((await refunds.WithdrawAsync(shop.Scope, order.OrderId, again.Id)).Value.Withdrawn);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_answered_and_what_staff_gave_of_their_own_accord_cant_be_taken_back(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var (order, refunds) = (await shop.PaidOrderAsync(), shop.Commerce.Get<IRefunds>());
        var declined = (await refunds.RequestAsync(shop.Scope, Draft(order, 1000))).Value;
        Assert.False((await refunds.AnswerAsync(shop.Scope, declined.Id, false, RefundPayer.Merchant, false, "ann", "It works here.", forPlatform: false)).Value.Withdrawn);
        var granted = (await GrantAsync(shop, order, 100)).Value;
        foreach (var id in (string[])[declined.Id, granted.Id])
            Assert.Equal(CommerceErrors.IllegalTransition, (await refunds.WithdrawAsync(shop.Scope, order.OrderId, id)).Error?.Code);
        Assert.Equal((1, 1), (await shop.Commerce.CountAsync("refund", "state = 'Declined' and decided_by = 'ann'"), await shop.Commerce.CountAsync("refund", "state = 'Approved'")));
        await StandsAsync(shop, order, captured: 900, due: 100, back: 0);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_an_approval_and_a_withdrawal_at_once_one_holds_and_the_money_follows_it(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var refunds = shop.Commerce.Get<IRefunds>();
        for (var round = 0; round < 8; round++)
        {
            var order = await shop.PaidOrderAsync();
            var asked = (await refunds.RequestAsync(shop.Scope, Draft(order, 1000))).Value;
            var results = await Task.WhenAll(
                Task.Run(() => refunds.AnswerAsync(shop.Scope, asked.Id, true, RefundPayer.Merchant, true, "ann", null, forPlatform: false)),
                Task.Run(() => refunds.WithdrawAsync(shop.Scope, order.OrderId, asked.Id)));
            Assert.Equal(CommerceErrors.IllegalTransition, Assert.Single(results, r => !r.Succeeded).Error!.Code);
            var approved = results[0].Succeeded;
            await StandsAsync(shop, order, captured: approved ? 0 : 1000, due: approved ? 1000 : 0, back: 0);
            Assert.Equal(approved ? 0 : 1, (await shop.KeysAsync(order)).Length);
        }

        await SoundAsync(shop);
    }
}
