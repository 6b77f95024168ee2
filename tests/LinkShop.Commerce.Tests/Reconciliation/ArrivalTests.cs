using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Reconciliation;

/// <summary>What providers pay out to the platform's bank.</summary>
public sealed class ArrivalTests
{
    private static readonly LedgerAccount Bank = new("manual", LedgerPurpose.ProviderClearing);

    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task What_arrives_at_the_bank_is_recorded_once_however_often_it_is_sent(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        var draft = Draft(shop, 900);
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Arrivals(shop).RecordAsync(shop.Scope, draft, "ann"))));
        var arrival = Assert.Single(done.Select(d => d.Value).Distinct());
        Assert.Equal((new Money(900, "CNY"), draft.Day, "B-1", "ann", null), (arrival.Amount, arrival.Day, arrival.Reference, arrival.CreatedBy, arrival.TakenBackBy));
        await HasAsync(shop, (Provider, -90), (Bank, -900));
        Assert.Equal([("manual", 900L, true), ("test", 90L, false)], (await Arrivals(shop).HoldingsAsync(shop.Scope)).Select(h => (h.Provider, h.Amount.Minor, h.IsBank)));
        Assert.Equal(arrival, Assert.Single(await Arrivals(shop).ListAsync(shop.Scope)));
        Assert.Empty(await Arrivals(shop).ListAsync(TestCommerce.Other));

        Assert.Equal((CommerceErrors.Conflict, "reference"), await RefusedAsync(shop, draft with { Amount = new Money(901, "CNY") }));
        Assert.Equal((CommerceErrors.Conflict, "reference"), await RefusedAsync(shop, draft with { Day = draft.Day.AddDays(-1) }));
        await HasAsync(shop, (Provider, -90), (Bank, -900));
        Assert.True(Assert.Single(await shop.Commerce.Get<IFinance>().OverviewAsync(shop.Scope)).Unexplained.IsZero);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task One_recorded_by_mistake_is_taken_back_once_and_its_reference_is_free_again(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        var wrong = (await Arrivals(shop).RecordAsync(shop.Scope, Draft(shop, 9000) with { MoreThanHeld = true }, "ann")).Value;
        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => Arrivals(shop).TakeBackAsync(shop.Scope, wrong.Id, "ben"))));
        Assert.All(taken, t => Assert.Equal("ben", t.Value.TakenBackBy));
        await HasAsync(shop, (Provider, -990), (Bank, 0));
        Assert.True((await Arrivals(shop).RecordAsync(shop.Scope, Draft(shop, 900), "ann")).Succeeded);
        await HasAsync(shop, (Provider, -90), (Bank, -900));
        Assert.Equal([(900L, (string?)null), (9000L, "ben")], (await Arrivals(shop).ListAsync(shop.Scope)).Select(a => (a.Amount.Minor, a.TakenBackBy)));
        Assert.Equal(CommerceErrors.NotFound, (await Arrivals(shop).TakeBackAsync(shop.Scope, "none", "ben")).Error?.Code);
        Assert.Equal(CommerceErrors.NotFound, (await Arrivals(shop).TakeBackAsync(TestCommerce.Other, wrong.Id, "ben")).Error?.Code);
        await SoundAsync(shop);
        await shop.CorruptAsync("update provider_arrival set amount = amount + 1 where taken_back_at is null");
        Assert.Contains((await shop.VerifyAsync()).Breaches, b => b.Code == "arrival_books_differ");
    }

    [Theory, MemberData(nameof(Both))]
    public async Task More_than_the_provider_holds_is_recorded_only_by_who_says_that_it_is_right(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        Assert.Equal((CommerceErrors.MoreThanHeld, "amount"), await RefusedAsync(shop, Draft(shop, 991)));
        await HasAsync(shop, (Provider, -990), (Bank, 0));
        Assert.Empty(await Arrivals(shop).ListAsync(shop.Scope));
        var all = Draft(shop, 990);
        var first = await Arrivals(shop).RecordAsync(shop.Scope, all, "ann");
        // nothing is left there, but it is the same once more
        Assert.Equal(first.Value, (await Arrivals(shop).RecordAsync(shop.Scope, all, "ann")).Value);
        Assert.True((await Arrivals(shop).RecordAsync(shop.Scope, Draft(shop, 5) with { Reference = "B-2", MoreThanHeld = true }, "ann")).Succeeded);
        await HasAsync(shop, (Provider, 5), (Bank, -995));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Another_tenant_takes_nothing_back_and_whoever_did_first_stays_the_one(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        var arrival = (await Arrivals(shop).RecordAsync(shop.Scope, Draft(shop, 900), "ann")).Value;
        Assert.Equal(CommerceErrors.NotFound, (await Arrivals(shop).TakeBackAsync(TestCommerce.Other, arrival.Id, "eve")).Error?.Code);
        Assert.Equal(arrival, Assert.Single(await Arrivals(shop).ListAsync(shop.Scope)));
        await HasAsync(shop, (Provider, -90), (Bank, -900));
        await SoundAsync(shop);

        var taken = (await Arrivals(shop).TakeBackAsync(shop.Scope, arrival.Id, "ben")).Value;
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(taken, (await Arrivals(shop).TakeBackAsync(shop.Scope, arrival.Id, "cleo")).Value);
        Assert.Equal("ben", taken.TakenBackBy);
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_repetition_is_the_arrival_of_its_provider_that_wasnt_taken_back(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        var order = await shop.OrderAsync(Shop.Request(contact: "two@example.com"));
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.ApplyAsync(Shop.Event(order) with { Provider = "another" })).Kind);
        var wrong = (await Arrivals(shop).RecordAsync(shop.Scope, Draft(shop, 9000) with { MoreThanHeld = true }, "ann")).Value;
        Assert.True((await Arrivals(shop).TakeBackAsync(shop.Scope, wrong.Id, "ann")).Succeeded);
        // the same reference once more, and at another provider too
        foreach (var draft in new[] { Draft(shop, 900), Draft(shop, 700) with { Provider = "another" } })
        {
            var recorded = await Arrivals(shop).RecordAsync(shop.Scope, draft, "ann");
            Assert.True(recorded.Succeeded, recorded.Error?.Message);
            Assert.Equal((draft.Provider, draft.Amount), (recorded.Value.Provider, recorded.Value.Amount));
            Assert.Equal(recorded.Value, (await Arrivals(shop).RecordAsync(shop.Scope, draft, "ann")).Value);
        }

        await HasAsync(shop, (Provider, -90), (Bank, -1600));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_cant_have_arrived_is_refused_and_moves_nothing(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        var good = Draft(shop, 900);
        Assert.Equal((CommerceErrors.NotFound, "provider"), await RefusedAsync(shop, good with { Provider = "nobody" }));
        Assert.Equal((CommerceErrors.NotFound, "provider"), await RefusedAsync(shop, good with { Amount = new Money(900, "USD") }));
        Assert.Equal((CommerceErrors.Required, "provider"), await RefusedAsync(shop, good with { Provider = " " }));
        foreach (var inside in new[] { "manual", "balance", "points", "resale" })
            Assert.Equal((CommerceErrors.Invalid, "provider"), await RefusedAsync(shop, good with { Provider = inside }));
        foreach (var amount in new[] { new Money(0, "CNY"), new Money(-1, "CNY"), new Money(1, "nix") })
            Assert.Equal((CommerceErrors.Invalid, "amount"), await RefusedAsync(shop, good with { Amount = amount }));
        Assert.Equal((CommerceErrors.Required, "reference"), await RefusedAsync(shop, good with { Reference = "" }));
        Assert.Equal((CommerceErrors.TooLong, "reference"), await RefusedAsync(shop, good with { Reference = new string('x', 101) }));
        Assert.Equal((CommerceErrors.Invalid, "day"), await RefusedAsync(shop, good with { Day = good.Day.AddDays(2) }));
        Assert.Equal(0, await shop.Commerce.CountAsync("provider_arrival"));
        await HasAsync(shop, (Provider, -990), (Bank, 0));
    }

    private static IArrivals Arrivals(Shop shop) => shop.Commerce.Get<IArrivals>();

    private static ArrivalDraft Draft(Shop shop, long minor) => new("test", new Money(minor, "CNY"), DateOnly.FromDateTime(shop.Commerce.Clock.GetUtcNow().UtcDateTime), " B-1 ");

    private static async Task<(string?, string?)> RefusedAsync(Shop shop, ArrivalDraft draft) => (await Arrivals(shop).RecordAsync(shop.Scope, draft, "ann")).Error is { } error ? (error.Code, error.Field) : default;
}
