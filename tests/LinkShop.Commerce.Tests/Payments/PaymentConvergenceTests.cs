using FsCheck;
using FsCheck.Fluent;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Payments;

public sealed class PaymentConvergenceTests
{
    // two payments of one order with everything that can be told about them
    private static readonly (PaymentEventKind Kind, string Id, string Payment, long? Amount)[] News =
    [
        (PaymentEventKind.Paid, "a", "pay-1", null),
        (PaymentEventKind.Paid, "b", "pay-2", null),
        (PaymentEventKind.Failed, "c", "pay-1", null),
        (PaymentEventKind.Refunded, "d", "pay-1", 400),
        (PaymentEventKind.Refunded, "e", "pay-1", 600),
        (PaymentEventKind.Refunded, "f", "pay-2", 300),
        (PaymentEventKind.Disputed, "g", "pay-2", null),
        (PaymentEventKind.DisputeWon, "h", "pay-2", null),
        (PaymentEventKind.DisputeLost, "i", "pay-1", null),
    ];

    [Theory]
    [InlineData(CommerceDialect.Sqlite, "card", 60)]
    [InlineData(CommerceDialect.Sqlite, "manual", 30)]
    [InlineData(CommerceDialect.Sqlite, "mixed", 40)]
    [InlineData(CommerceDialect.Postgres, "card", 25)]
    [InlineData(CommerceDialect.Postgres, "manual", 15)]
    [InlineData(CommerceDialect.Postgres, "mixed", 15)]
    public async Task Any_order_and_repetition_of_any_events_converges(CommerceDialect dialect, string sku, int runs)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 2000);
        await shop.ManualAsync(change: o => o with { Price = new Money(1000, "CNY") });
        await shop.CardsAsync("card-70", keys: 2000, change: o => o with { Price = new Money(700, "CNY") });
        await shop.ManualAsync("manual-30", o => o with { Price = new Money(300, "CNY") });
        var buyer = 0;
        var subsets = Gen.ListOf(Gen.Elements(Enumerable.Range(0, News.Length).ToArray())).Select(list => list.Distinct().Order().ToArray());
        var cases =
            from chosen in subsets
            from one in Gen.Shuffle(chosen.Concat(chosen.Take(2)).ToArray())
            from other in Gen.Shuffle(chosen.Concat(chosen.Skip(1).Take(3)).ToArray())
            select (one, other);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs).WithEndSize(12), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var first = ApplyAllAsync(shop, sku, c.one, $"b{++buyer}@example.com").GetAwaiter().GetResult();
            var second = ApplyAllAsync(shop, sku, c.other, $"b{++buyer}@example.com").GetAwaiter().GetResult();
            return first == second;
        }));
        await shop.AssertSoundAsync();
    }

    [Fact]
    public void The_assessment_is_a_function_of_the_set_of_facts() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Shuffle(Enumerable.Range(0, News.Length).ToArray()).ToArbitrary(), order =>
        {
            var ordered = Assess([.. Enumerable.Range(0, News.Length)]);
            var shuffled = Assess(order);
            return ordered == shuffled;
        }));

    private static (OrderState, long, long) Assess(int[] order)
    {
        var payments = new Dictionary<string, PaymentFacts>();
        var receipt = new OrderReceipt("O", "", "", new Money(1000, "CNY"), OrderState.AwaitingPayment, default);
        foreach (var index in order)
        {
            var e = Shop.Event(receipt, News[index].Kind, News[index].Id, News[index].Payment, News[index].Amount);
            if (!payments.TryGetValue(e.PaymentId, out var facts))
                payments.Add(e.PaymentId, facts = new PaymentFacts { Provider = e.Provider, PaymentId = e.PaymentId });
            facts.Add(e);
        }

        var assessed = PaymentAssessment.Of([.. payments.Values], null, undeliverable: false);
        return (assessed.StateFrom(OrderState.AwaitingPayment, Fulfilment.Done), assessed.GivenBack, assessed.RefundDue);
    }

    private static async Task<(OrderState, long, long, long)> ApplyAllAsync(Shop shop, string sku, int[] news, string contact)
    {
        var request = Shop.Request(sku, contact: contact);
        if (sku == "mixed")
            request = request with { Lines = [new OrderLineRequest { SkuId = "card-70", Quantity = 1 }, new OrderLineRequest { SkuId = "manual-30", Quantity = 1 }] };
        var order = await shop.OrderAsync(request);
        foreach (var index in news)
        {
            var (kind, id, payment, amount) = News[index];
            var outcome = await shop.ApplyAsync(Shop.Event(order, kind, $"{order.OrderId}-{id}", payment, amount));
            Assert.True(outcome.Accepted);
        }

        var view = await shop.ViewAsync(order);
        return (view.State, view.Captured.Minor, view.Refunded.Minor, view.RefundDue.Minor);
    }
}
