using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

/// <summary>Requests that are agreed to in part.</summary>
public sealed class LessAgreedTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task What_was_agreed_goes_back_and_what_was_asked_for_is_kept_beside_it(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var refunds = shop.Commerce.Get<IRefunds>();
        var asked = (await refunds.RequestAsync(shop.Scope, Draft(order, 600))).Value;
        var answered = (await refunds.AnswerAsync(shop.Scope, asked.Id, true, RefundPayer.Merchant, false, "ann", "Half of it works.", false, [new RefundLine(1, 250)])).Value;
        Assert.Equal((250L, 600L, RefundState.Approved, 250L), (answered.Amount.Minor, answered.Asked!.Value.Minor, answered.State, answered.Lines.Single().Minor));
        await StandsAsync(shop, order, captured: 750, due: 250, back: 0);
        var history = (await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events;
        Assert.Equal((600L, 250L), (history.Single(e => e.Kind == "refund_requested").Amount!.Value.Minor, history.Single(e => e.Kind == "refund_approved").Amount!.Value.Minor));
        // the rest may be asked for again
        Assert.True((await refunds.RequestAsync(shop.Scope, Draft(order, 750))).Succeeded);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task One_of_two_lines_may_be_agreed_to_and_the_other_is_kept(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.CardsAsync("other");
        var order = await shop.PaidOrderAsync(Shop.Request() with { Lines = [new OrderLineRequest { SkuId = "card", Quantity = 1 }, new OrderLineRequest { SkuId = "other", Quantity = 1 }] });
        var refunds = shop.Commerce.Get<IRefunds>();
        var draft = Draft(order, 1000) with { Lines = [new RefundLine(1, 1000), new RefundLine(2, 1000)] };
        var asked = (await refunds.RequestAsync(shop.Scope, draft)).Value;
        Assert.True((await refunds.AnswerAsync(shop.Scope, asked.Id, true, RefundPayer.Merchant, true, "ann", "The first one works.", false, [new RefundLine(2, 1000)])).Succeeded);
        var standing = await refunds.StandingAsync(shop.Scope, order.OrderId);
        Assert.Equal((1000L, 0L), (standing.Kept[1].Minor, standing.Kept[2].Minor));
        Assert.Equal([2], standing.Refunds.Single().Lines.Select(l => l.Line));
        Assert.Equal(["KEY-card-000001"], await shop.KeysAsync(order));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task More_than_was_asked_for_another_line_nothing_or_less_without_a_word_is_refused_and_nothing_moves(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        var refunds = shop.Commerce.Get<IRefunds>();
        var asked = (await refunds.RequestAsync(shop.Scope, Draft(order, 600))).Value;
        (RefundLine[] Lines, string? Note, string Code, string Field)[] wrong =
        [
            ([new(1, 601)], "why", CommerceErrors.RefundTooHigh, "lines[0].minor"),
            ([new(2, 100)], "why", CommerceErrors.RefundTooHigh, "lines[0].minor"),
            ([new(1, 0)], "why", CommerceErrors.Invalid, "lines[0].minor"),
            ([new(1, 100), new(1, 100)], "why", CommerceErrors.Required, "lines"),
            ([], "why", CommerceErrors.Required, "lines"),
            ([new(1, 599)], " ", CommerceErrors.Required, "note"),
        ];
        foreach (var (lines, note, code, field) in wrong)
        {
            var refused = await refunds.AnswerAsync(shop.Scope, asked.Id, true, RefundPayer.Merchant, false, "ann", note, false, lines);
            Assert.Equal((code, field), (refused.Error?.Code, refused.Error?.Field));
        }

        await StandsAsync(shop, order, captured: 1000, due: 0, back: 0);
        Assert.Equal((600L, RefundState.Requested), ((await refunds.OfOrderAsync(shop.Scope, order.OrderId)).Single().Amount.Minor, (await refunds.OfOrderAsync(shop.Scope, order.OrderId)).Single().State));
        Assert.True((await refunds.AnswerAsync(shop.Scope, asked.Id, true, RefundPayer.Merchant, false, "ann", null, false, [new RefundLine(1, 600)])).Succeeded);
        Assert.Null((await refunds.OfOrderAsync(shop.Scope, order.OrderId)).Single().Asked);
        await StandsAsync(shop, order, captured: 400, due: 600, back: 0);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_several_answers_with_different_amounts_at_once_one_holds_and_the_money_follows_it(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var refunds = shop.Commerce.Get<IRefunds>();
        for (var round = 0; round < 5; round++)
        {
            var order = await shop.PaidOrderAsync();
            var asked = (await refunds.RequestAsync(shop.Scope, Draft(order, 900))).Value;
            var results = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Task.Run(() =>
                refunds.AnswerAsync(shop.Scope, asked.Id, true, RefundPayer.Merchant, false, "ann", "less", false, [new RefundLine(1, i * 100)]))));
            var agreed = Assert.Single(results, r => r.Succeeded).Value.Amount.Minor;
            await StandsAsync(shop, order, captured: 1000 - agreed, due: agreed, back: 0);
        }

        await SoundAsync(shop);
    }
}
