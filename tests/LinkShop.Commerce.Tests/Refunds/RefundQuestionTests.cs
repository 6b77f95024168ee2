using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

/// <summary>What a provider is asked to give back, and who else gives it back meanwhile.</summary>
public sealed class RefundQuestionTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task What_was_asked_for_is_never_asked_again_once_less_of_it_is_due(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        Assert.Equal(400, (await AskAsync(shop, order))!.Amount.Minor);
        // by somebody at the provider, who doesn't know that it was asked for already
        await BackAsync(shop, order, 300);
        await StandsAsync(shop, order, captured: 600, due: 100, back: 300);
        Assert.Null(await AskAsync(shop, order));
        Assert.Equal((1, 400), (await shop.Commerce.CountAsync("payments", "refund_asks = 1 and not refund_refused"), await shop.Commerce.Database.ReadSystemAsync(c => c.QuerySingleOrDefaultAsync<long>("select refund_asked from payments"))));
        // a person finds out what came of it, and records the rest
        Assert.True((await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "asked the provider")).Succeeded);
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        Assert.Null(await AskAsync(shop, order));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_answer_to_our_own_request_counts_once_however_often_it_comes(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        var ask = (await AskAsync(shop, order))!;
        // decided while the answer is on its way
        Assert.True((await GrantAsync(shop, order, 100)).Succeeded);
        for (var times = 0; times < 2; times++)
            await BackAsync(shop, order, 400, ask.RefundId);
        await StandsAsync(shop, order, captured: 500, due: 100, back: 400);
        Assert.Equal(100, (await AskAsync(shop, order))!.Amount.Minor);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Staff_dont_record_by_hand_what_the_provider_may_give_back_at_any_moment(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        var ask = (await AskAsync(shop, order))!;
        Assert.Equal(CommerceErrors.RefundUnderWay, (await ByHandAsync()).Error?.Code);
        await StandsAsync(shop, order, captured: 600, due: 400, back: 0);
        Assert.Equal(0, await shop.Commerce.CountAsync("payment_events", "kind = 'Refunded'"));

        var asks = shop.Commerce.Get<IRefundAsks>();
        await asks.RefusedAsync(shop.Scope, ask with { RefundId = "another" }, "test");
        Assert.Equal(CommerceErrors.RefundUnderWay, (await ByHandAsync()).Error?.Code);
        await asks.RefusedAsync(shop.Scope, ask, "test");
        // asked again after the refusal, so it may happen again
        Assert.Equal(ask, await AskAsync(shop, order));
        Assert.Equal(CommerceErrors.RefundUnderWay, (await ByHandAsync()).Error?.Code);
        await asks.RefusedAsync(shop.Scope, ask, "test");
        Assert.True((await ByHandAsync()).Succeeded);
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        Assert.Null(await AskAsync(shop, order));
        await SoundAsync(shop);

        Task<CommerceResult<OrderState>> ByHandAsync() => shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "bank transfer 77");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_a_provider_that_never_answers_staff_find_out_and_then_give_it_back_themselves_or_have_it_asked_again(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var (order, asks) = (await shop.PaidOrderAsync(), shop.Commerce.Get<IRefundAsks>());
        var payment = $"{order.OrderId}-pay-1";
        // nothing is to be given back, and no answer is waited for
        Assert.Equal(CommerceErrors.IllegalTransition, (await asks.AgainAsync(shop.Scope, order.OrderId, "test", payment, "anna")).Error?.Code);
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        Assert.Equal(CommerceErrors.IllegalTransition, (await NotGivenAsync(payment)).Error?.Code);
        Assert.False(await asks.IsAskedAsync(shop.Scope, order.OrderId, "test", payment));
        var ask = (await AskAsync(shop, order))!;
        Assert.True(await asks.IsAskedAsync(shop.Scope, order.OrderId, "test", payment));
        Assert.Equal(CommerceErrors.NotFound, (await NotGivenAsync("another")).Error?.Code);
        var wanted = await shop.Commerce.CountAsync("outbox", $"type = '{OrderEvents.RefundWanted}'");
        Assert.True((await asks.AgainAsync(shop.Scope, order.OrderId, "test", payment, "anna")).Succeeded);
        Assert.Equal(wanted + 1, await shop.Commerce.CountAsync("outbox", $"type = '{OrderEvents.RefundWanted}'"));
        // asked again it is the same question
        Assert.Equal(ask, await AskAsync(shop, order));

        Assert.True((await NotGivenAsync(payment)).Succeeded);
        Assert.Equal(CommerceErrors.IllegalTransition, (await NotGivenAsync(payment)).Error?.Code);
        Assert.True(await asks.IsAskedAsync(shop.Scope, order.OrderId, "test", payment));
        Assert.True((await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", payment, "anna", "bank transfer 77", GivenBackBy.Bank)).Succeeded);
        Assert.False(await asks.IsAskedAsync(shop.Scope, order.OrderId, "test", payment));
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        Assert.Equal(["refund_asked_again", "refund_not_given"], (await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events.Select(h => h.Kind).Where(k => k is "refund_asked_again" or "refund_not_given"));
        await SoundAsync(shop);

        Task<CommerceResult<OrderState>> NotGivenAsync(string id) => asks.NotGivenAsync(shop.Scope, order.OrderId, "test", id, "anna", "their support says so");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_staff_gave_back_at_the_providers_desk_and_recorded_counts_once_when_the_provider_tells_of_it_too(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var (order, asks) = (await shop.PaidOrderAsync(), shop.Commerce.Get<IRefundAsks>());
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        await asks.RefusedAsync(shop.Scope, (await AskAsync(shop, order))!, "test");
        Assert.True((await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "at its desk")).Succeeded);
        for (var times = 0; times < 2; times++)
        {
            Assert.Equal(PaymentOutcomeKind.Duplicate, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "told late", amount: 400))).Kind);
            await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        }

        var entry = Assert.Single((await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events, h => h.Kind == "payment_refunded");
        Assert.Equal(("anna", "at its desk"), (entry.Actor, entry.Note));
        // one more of that amount is another one
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "one more", amount: 400))).Kind);
        await StandsAsync(shop, order, captured: 200, due: 0, back: 800);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_staff_recorded_isnt_what_the_provider_is_asked_for_after_it(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        Assert.True((await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "bank transfer 77")).Succeeded);
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        var ask = (await AskAsync(shop, order))!;
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "answer", amount: 400) with { RefundId = ask.RefundId })).Kind);
        await StandsAsync(shop, order, captured: 200, due: 0, back: 800);
        Assert.Null(await AskAsync(shop, order));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_the_provider_refused_because_somebody_gave_a_part_back_there_is_asked_again_less_that_part(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var (order, asks) = (await shop.PaidOrderAsync(), shop.Commerce.Get<IRefundAsks>());
        Assert.True((await GrantAsync(shop, order, 1000)).Succeeded);
        var ask = (await AskAsync(shop, order))!;
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "at its desk", amount: 400));
        // nobody knows what came of the question: to ask anew could give back twice
        Assert.Null(await AskAsync(shop, order));
        await asks.RefusedAsync(shop.Scope, ask, "test");
        var rest = (await AskAsync(shop, order))!;
        Assert.Equal((600, true), (rest.Amount.Minor, rest.RefundId != ask.RefundId));
        Assert.Equal(rest, await AskAsync(shop, order));
        // the refusal of the first question, told once more, is none of the second
        await asks.RefusedAsync(shop.Scope, ask, "test");
        Assert.Equal(CommerceErrors.RefundUnderWay, (await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "bank transfer 77")).Error?.Code);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, rest.RefundId, amount: 600));
        await StandsAsync(shop, order, captured: 0, due: 0, back: 1000);
        Assert.Null(await AskAsync(shop, order));
        await SoundAsync(shop);
    }
}
