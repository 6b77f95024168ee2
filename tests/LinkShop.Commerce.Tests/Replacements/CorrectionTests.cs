using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Replacements;

/// <summary>What staff delivered by hand and got wrong.</summary>
public sealed class CorrectionTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task The_buyer_has_the_new_text_what_stood_there_is_kept_and_a_second_click_is_the_same_correction(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var order = await DeliveredAsync(shop, "Room 4711, ask for Lin");
        for (var click = 0; click < 2; click++)
            Assert.Equal(1, (await CorrectAsync(shop, order, "Room 4712, ask for Wu", seen: 0, reason: "not Room 4711, ask for Lin")).Value);
        var line = (await shop.ViewAsync(order)).Lines[0];
        Assert.Equal("Room 4712, ask for Wu", Assert.Single(line.Deliveries));
        Assert.NotNull(line.CorrectedAt);

        var staff = await shop.Commerce.Get<IReplacements>().OfOrderAsync(shop.Scope, order.OrderId);
        Assert.Equal(("Roo•••Lin", "not Roo•••Lin", "ben", 1), (staff.Corrections.Single().Was, staff.Corrections[0].Reason, staff.Corrections[0].Actor, staff.Corrections[0].Number));
        Assert.Equal(("Roo•••Wu", true), (staff.Units.Single().Masked.Replace(" ", "", StringComparison.Ordinal), staff.Units[0].Correctable));
        Assert.Single((await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events, e => e is { Kind: "corrected", Actor: "ben", Note: "not Roo•••Lin" });
        Assert.Equal(1, await shop.MessagesAsync(ReplacementEvents.Corrected));
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_several_who_correct_the_same_at_once_from_two_processes_one_does_and_the_others_hear_of_it(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        var second = shop.InSecondProcess();
        await using var closing = second.Commerce;
        var order = await DeliveredAsync(shop, "first");
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => CorrectAsync(i % 2 == 0 ? shop : second, order, $"text {i}", seen: 0))));
        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.Conflict, r.Error!.Code));
        Assert.Equal("text " + Array.FindIndex(results, r => r.Succeeded), Assert.Single(await shop.KeysAsync(order)));
        Assert.Equal((1L, 1L), (await shop.Commerce.CountAsync("delivery_correction"), await shop.MessagesAsync(ReplacementEvents.Corrected)));
        // who looked again may
        Assert.Equal(2, (await CorrectAsync(shop, order, "the last", seen: 1)).Value);
        await shop.AssertSoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_not_by_hand_not_delivered_disputed_or_given_back_is_not_corrected(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var card = await shop.PaidOrderAsync();
        await RefusedAsync(shop, card, CommerceErrors.IllegalTransition);
        var disputed = await DeliveredAsync(shop, "first");
        var waiting = await shop.PaidOrderAsync(Shop.Request("manual", contact: "w@example.com"));
        await RefusedAsync(shop, waiting, CommerceErrors.IllegalTransition);
        Assert.Equal(CommerceErrors.NotFound, (await CorrectAsync(shop, disputed, "other", line: 2)).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await CorrectAsync(shop.As(new TenantScope("other")), disputed, "other")).Error!.Code);
        Assert.Equal(CommerceErrors.Invalid, (await CorrectAsync(shop, disputed, "first")).Error!.Code);

        var back = await shop.PaidOrderAsync(Shop.Request("manual", contact: "b@example.com"));
        await shop.Desk.DeliverByHandAsync(shop.Scope, back.OrderId, 1, "first", "ann");
        var refund = new RefundDraft { Id = "r", OrderId = back.OrderId, Lines = [new RefundLine(1, 5000)], Reason = RefundReason.KeyInvalid };
        Assert.True((await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, refund, "ann", forPlatform: false)).Succeeded);
        await RefusedAsync(shop, back, CommerceErrors.IllegalTransition);
        await shop.ApplyAsync(Shop.Event(disputed, PaymentEventKind.Disputed));
        Assert.Equal(OrderState.Disputed, await shop.StateAsync(disputed));
        await RefusedAsync(shop, disputed, CommerceErrors.IllegalTransition);
    }

    [Theory]
    [InlineData("", "why", "text")]
    [InlineData("long", "why", "text")]
    [InlineData("new", " ", "reason")]
    [InlineData("new", "long", "reason")]
    public async Task What_is_missing_or_too_long_is_named_by_its_field_and_nothing_is_changed(string text, string reason, string field)
    {
        await using var shop = await Shop.OpenAsync(CommerceDialect.Sqlite);
        var order = await DeliveredAsync(shop, "first");
        var refused = await CorrectAsync(shop, order, text == "long" ? new string('a', 10_001) : text, reason: reason == "long" ? new string('a', 1001) : reason);
        Assert.Equal(field, refused.Error!.Field);
        Assert.Equal("first", Assert.Single(await shop.KeysAsync(order)));
    }

    private static async Task RefusedAsync(Shop shop, OrderReceipt order, string code)
    {
        Assert.Equal(code, (await CorrectAsync(shop, order, "something else")).Error?.Code);
        Assert.Equal((0L, 0L), (await shop.Commerce.CountAsync("delivery_correction"), await shop.MessagesAsync(ReplacementEvents.Corrected)));
    }

    private static async Task<OrderReceipt> DeliveredAsync(Shop shop, string text)
    {
        await shop.ManualAsync();
        var order = await shop.PaidOrderAsync(Shop.Request("manual"));
        Assert.True((await shop.Desk.DeliverByHandAsync(shop.Scope, order.OrderId, 1, text, "ann")).Succeeded);
        return order;
    }

    private static Task<CommerceResult<int>> CorrectAsync(Shop shop, OrderReceipt order, string text, int seen = 0, string reason = "typed wrongly", int line = 1) =>
        shop.Commerce.Get<ICorrections>().CorrectAsync(shop.Scope, new CorrectionDraft { OrderId = order.OrderId, Line = line, Seen = seen, Text = text, Reason = reason }, "ben");
}
