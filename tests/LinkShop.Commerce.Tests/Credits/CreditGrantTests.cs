using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Tests.Credits;

public sealed class CreditGrantTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    public static MatrixTheoryData<CommerceDialect, CreditKind> BothKinds => new([CommerceDialect.Sqlite, CommerceDialect.Postgres], [CreditKind.Balance, CreditKind.Points]);

    [Theory, MemberData(nameof(BothKinds))]
    public async Task The_same_grant_at_once_is_given_once_out_of_the_platforms_revenue(CommerceDialect dialect, CreditKind kind)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await using var second = shop.InSecondProcess();
        var grant = CreditShop.Grant(700, kind, id: "g-1");
        var given = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).Credits.GrantAsync(shop.Shop.Scope, grant))));
        Assert.All(given, g => Assert.Equal(("g-1", 700), (g.Value.Id, g.Value.Left.Minor)));
        Assert.Equal((-700, 1), (await shop.RevenueAsync(), await shop.Commerce.CountAsync("ledger_transfer")));
        Assert.Equal([new CreditStanding(kind, new Money(700, "CNY"))], await shop.Credits.StandingsAsync(shop.Shop.Scope, CreditShop.Ann));
        Assert.Equal(CommerceErrors.Conflict, (await shop.Credits.GrantAsync(shop.Shop.Scope, grant with { Amount = new Money(701, "CNY") })).Error!.Code);
        Assert.Equal(CommerceErrors.Conflict, (await shop.Credits.GrantAsync(shop.Shop.Scope, grant with { UserId = CreditShop.Ben })).Error!.Code);
        Assert.Empty(await shop.Credits.StandingsAsync(TestCommerce.Other, CreditShop.Ann));
        await shop.SoundAsync();
    }

    [Fact]
    public async Task What_is_no_grant_is_refused_by_its_field_and_nothing_is_booked()
    {
        await using var shop = await CreditShop.OpenAsync(CommerceDialect.Sqlite);
        var right = CreditShop.Grant(1);
        (CreditGrant Grant, string Field)[] wrong =
        [
            (right with { Id = "" }, "id"), (right with { Id = "a:b" }, "id"), (right with { Id = new string('a', 65) }, "id"), (right with { UserId = "" }, "user"),
            (right with { Kind = (CreditKind)9 }, "kind"), (right with { Amount = new Money(1, "XYZ") }, "currency"), (right with { Amount = new Money(0, "CNY") }, "amount"),
            (right with { Amount = new Money(-1, "CNY") }, "amount"), (right with { Amount = new Money(CreditRules.MostMinor + 1, "CNY") }, "amount"),
            (right with { Reason = " " }, "reason"), (right with { Reason = new string('a', 501) }, "reason"), (right with { Actor = "" }, "actor"),
        ];
        foreach (var (grant, field) in wrong)
            Assert.Equal(field, (await shop.Credits.GrantAsync(shop.Shop.Scope, grant)).Error!.Field);
        Assert.Equal((0, 0), (await shop.Commerce.CountAsync("credit_grant"), await shop.Commerce.CountAsync("ledger_transfer")));
        Assert.Equal(CommerceErrors.Invalid, Money.Parse("1.001", "CNY").Error!.Code);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Only_what_is_left_of_a_grant_is_taken_back_and_the_oldest_is_spent_first(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        var first = await shop.GiveAsync(700);
        shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await shop.GiveAsync(600);
        Assert.True((await shop.PayAsync(await shop.OrderAsync())).Succeeded);
        Assert.Equal([300, 0], (await shop.Credits.GrantsAsync(shop.Shop.Scope, CreditShop.Ann)).Select(g => g.Left.Minor));

        Assert.Equal(CommerceErrors.InsufficientFunds, (await shop.TakeBackAsync(first.Id)).Error!.Code);
        Assert.Equal(300, (await shop.TakeBackAsync(next.Id, "t-1")).Value.Minor);
        Assert.Equal(300, (await shop.TakeBackAsync(next.Id, "t-1")).Value.Minor);
        Assert.Equal(CommerceErrors.Conflict, (await shop.TakeBackAsync(first.Id, "t-1")).Error!.Code);
        Assert.Equal(CommerceErrors.InsufficientFunds, (await shop.TakeBackAsync(next.Id)).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await shop.TakeBackAsync("none")).Error!.Code);
        Assert.Equal("reason", (await shop.Credits.TakeBackAsync(shop.Shop.Scope, new CreditTakeBack { Id = "x", GrantId = next.Id, Reason = "", Actor = "boss" })).Error!.Field);
        Assert.Equal((0, -1000), (await shop.BalanceAsync(), await shop.RevenueAsync()));
        await shop.SoundAsync();

        var movements = await shop.Credits.MovementsAsync(shop.Shop.Scope, CreditShop.Ann);
        Assert.Equal([(-300, 0), (-1000, 300), (600, 1300), (700, 700)], movements.Select(m => (m.Amount.Minor, m.Balance.Minor)));
        Assert.Equal(("given by mistake", "boss"), (movements[0].Text, movements[0].Actor));
        Assert.Equal(("sorry for the delay", "staff"), (movements[3].Text, movements[3].Actor));
        Assert.Equal([null, "order", null, null], movements.Select(m => m.OrderId is null ? null : "order"));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Take_backs_and_payments_at_once_never_move_more_than_there_is(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await using var second = shop.InSecondProcess();
        var grants = new List<CreditGrantView>();
        for (var i = 0; i < 4; i++)
            grants.Add(await shop.GiveAsync(800));
        var orders = new List<OrderReceipt>();
        for (var i = 0; i < 4; i++)
            orders.Add(await shop.OrderAsync());
        var taken = grants.Concat(grants).Select((g, i) => Task.Run(() => (i % 2 == 0 ? shop : second).TakeBackAsync(g.Id))).ToList();
        var paid = orders.Select((o, i) => Task.Run(() => (i % 2 == 0 ? second : shop).PayAsync(o))).ToList();
        await Task.WhenAll([.. taken, .. paid]);
        var back = 0L;
        foreach (var take in taken)
            back += (await take).Succeeded ? (await take).Value.Minor : 0;
        var bought = 0;
        foreach (var payment in paid)
            bought += (await payment).Succeeded ? 1 : 0;
        Assert.Equal(3200 - back - (1000 * bought), await shop.BalanceAsync());
        Assert.Equal(back - 3200, await shop.RevenueAsync());
        Assert.Equal(bought, await shop.Commerce.CountAsync("payments"));
        await shop.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Verify_names_credit_that_the_books_do_not_know(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        var grant = await shop.GiveAsync(500);
        await shop.GiveAsync(1000);
        Assert.True((await shop.PayAsync(await shop.OrderAsync())).Succeeded);
        await shop.SoundAsync();
        await shop.Shop.CorruptAsync($"update credit_grant set amount = 600, taken_back = 5 where id = '{grant.Id}'");
        await shop.Shop.CorruptAsync("update orders set user_id = null");
        await shop.Commerce.Database.WriteAsync(shop.Shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(
            c, [LedgerTransfer.Move("x", new("", LedgerPurpose.PlatformRevenue), new("user-ann", LedgerPurpose.BuyerBalance), new Money(2, "CNY"), "credit_grant", "none")]));
        var codes = (await shop.Shop.VerifyAsync()).Breaches.Select(b => b.Code).ToHashSet();
        Assert.Superset(new HashSet<string> { "credit_grant_differs", "credit_taken_back_differs", "credit_of_no_grant", "credit_payment_of_nobody" }, codes);
    }
}
