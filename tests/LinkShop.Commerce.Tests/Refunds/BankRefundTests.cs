using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Reconciliation;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

/// <summary>What staff give back by a bank transfer: the provider still has it and never hears of it.</summary>
public sealed class BankRefundTests
{
    private static readonly LedgerAccount AtTheBank = new(PaymentFacts.Manual, LedgerPurpose.ProviderClearing);

    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task What_staff_transferred_back_leaves_the_bank_and_what_the_provider_tells_beside_it_is_another_refund(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        Assert.True((await TransferredAsync(shop, order)).Succeeded);
        Assert.Equal(CommerceErrors.IllegalTransition, (await TransferredAsync(shop, order)).Error?.Code);
        await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        // it still has the whole payment, less its cost of one percent of what is kept
        await HasAsync(shop, (Provider, -1000 + 6), (AtTheBank, 400), (Buyers, 0));
        var entry = Assert.Single((await shop.Desk.DetailAsync(shop.Scope, order.OrderId))!.Events, h => h.Kind == "payment_refunded_from_bank");
        Assert.Equal(("anna", "bank transfer 77"), (entry.Actor, entry.Note));
        await SoundAsync(shop);

        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "at the desk", amount: 400))).Kind);
        await StandsAsync(shop, order, captured: 200, due: 0, back: 800);
        await HasAsync(shop, (Provider, -600 + 2), (AtTheBank, 400));
        // and all of it once more: what went back beyond the payment is the platform's
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, "the rest", amount: 600))).Kind);
        await HasAsync(shop, (Provider, 0), (AtTheBank, 400), (Buyers, 0));
        await SoundAsync(shop);
        await shop.CorruptAsync("update payments set from_bank = from_bank + 1");
        Assert.Contains((await shop.VerifyAsync()).Breaches, b => b.Code == "bank_refund_differs");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Two_who_record_one_refund_at_the_same_moment_each_another_way_record_one(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        for (var times = 0; times < 5; times++)
        {
            var order = await shop.PaidOrderAsync(Shop.Request(contact: $"b{times}@example.com"));
            Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
            var results = await Task.WhenAll(new[] { GivenBackBy.Bank, GivenBackBy.Provider }.Select(by => Task.Run(() =>
                shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "sent", by))));
            Assert.Single(results, r => r.Succeeded);
            await StandsAsync(shop, order, captured: 600, due: 0, back: 400);
        }

        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task It_is_missing_in_no_file_and_a_refund_of_that_amount_in_one_is_another(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var order = await shop.OrderAsync();
        await shop.ApplyAsync(Shop.Event(order) with { OccurredAt = SettlementDesk.Day(11) });
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        Assert.True((await TransferredAsync(shop, order)).Succeeded);
        var payment = $"{order.OrderId}-pay-1";
        var desk = new SettlementDesk(shop.Commerce, shop.Scope);
        Assert.Equal((1, 0, 0, 0, 0), SettlementDesk.Counts(await desk.ImportAsync(SettlementDesk.File(SettlementDesk.Line(payment, "10.00", 11)), SettlementDesk.Days(11, 12))));
        var file = await desk.ImportAsync($"{SettlementDesk.Header},order_id\n{SettlementDesk.Line(payment, "4.00", 12, "refund")},{order.OrderId}\n", SettlementDesk.Days(12, 13));
        var item = Assert.Single(await desk.ItemsAsync(file));
        Assert.Equal(ReconciliationOutcome.MissingHere, item.Outcome);

        // one more transfer since the file was compared isn't the refund in it either
        Assert.True((await GrantAsync(shop, order, 400)).Succeeded);
        Assert.True((await TransferredAsync(shop, order)).Succeeded);
        var taken = await desk.Reconciliations.ResolveAsync(shop.Scope, file.Id, item.Id, ReconciliationActions.TakenOver, "asked them", "ann");
        Assert.True(taken.Succeeded, taken.Error?.Message);
        // 1,200 of 1,000: what went back beyond the payment is the platform's
        await HasAsync(shop, (Provider, -600), (AtTheBank, 800), (Buyers, 0));
        await SoundAsync(shop);
    }

    private static Task<CommerceResult<OrderState>> TransferredAsync(Shop shop, OrderReceipt order) =>
        shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "anna", "bank transfer 77", GivenBackBy.Bank);
}
