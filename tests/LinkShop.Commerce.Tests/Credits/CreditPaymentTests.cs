using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Payments;

namespace LinkShop.Commerce.Tests.Credits;

public sealed class CreditPaymentTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    public static MatrixTheoryData<CommerceDialect, CreditKind> BothKinds => new([CommerceDialect.Sqlite, CommerceDialect.Postgres], [CreditKind.Balance, CreditKind.Points]);

    [Theory, MemberData(nameof(BothKinds))]
    public async Task An_order_is_paid_and_delivered_and_every_unit_is_in_the_books(CommerceDialect dialect, CreditKind kind)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await shop.GiveAsync(1500, kind);
        var order = await shop.OrderAsync();
        Assert.Equal([new CreditStanding(kind, new Money(1500, "CNY"))], await shop.Payments.OffersAsync(shop.Shop.Scope, order.OrderId, CreditShop.Ann));

        Assert.Equal(OrderState.Fulfilled, (await shop.PayAsync(order, kind)).Value);
        Assert.Single(await shop.Shop.KeysAsync(order));
        Assert.Equal(500, kind == CreditKind.Points ? await shop.PointsAsync() : await shop.BalanceAsync());
        Assert.Equal(1000, await shop.HasAsync(new LedgerAccount("mer", LedgerPurpose.MerchantPending)));
        Assert.Equal((-1500, 0), (await shop.RevenueAsync(), await shop.HasAsync(new LedgerAccount("", LedgerPurpose.BuyerClearing))));
        Assert.Equal(1, await shop.Shop.MessagesAsync(OrderEvents.Fulfilled));
        Assert.Empty(await shop.Payments.OffersAsync(shop.Shop.Scope, order.OrderId, CreditShop.Ann));
        Assert.Equal(0, (await shop.Commerce.Get<Settlement.IFinance>().OverviewAsync(shop.Shop.Scope))[0].Unexplained.Minor);
        await shop.SoundAsync();
    }

    [Theory, MemberData(nameof(BothKinds))]
    public async Task Of_orders_paid_at_once_only_as_many_as_are_covered_are_paid_and_the_others_are_untouched(CommerceDialect dialect, CreditKind kind)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await using var second = shop.InSecondProcess();
        await shop.GiveAsync(2999, kind);
        var orders = new List<OrderReceipt>();
        for (var i = 0; i < 8; i++)
            orders.Add(await shop.OrderAsync());
        var paid = await Task.WhenAll(orders.Select((order, i) => Task.Run(() => (i % 2 == 0 ? shop : second).PayAsync(order, kind))));

        Assert.Equal(2, paid.Count(p => p.Succeeded));
        Assert.All(paid.Where(p => !p.Succeeded), p => Assert.Equal(CommerceErrors.InsufficientFunds, p.Error!.Code));
        Assert.Equal(999, kind == CreditKind.Points ? await shop.PointsAsync() : await shop.BalanceAsync());
        for (var i = 0; i < orders.Count; i++)
        {
            if (paid[i].Succeeded)
                Assert.Single(await shop.Shop.KeysAsync(orders[i]));
            else
                await shop.AssertUntouchedAsync(orders[i]);
        }

        await shop.SoundAsync();
        // and what was refused can be paid in another way
        var other = orders[Array.FindIndex(paid, p => !p.Succeeded)];
        Assert.Equal(PaymentOutcomeKind.Applied, (await shop.Shop.ApplyAsync(Shop.Event(other))).Kind);
        Assert.Equal(OrderState.Fulfilled, await shop.Shop.StateAsync(other));
        await shop.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task The_same_click_many_times_at_once_pays_once(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await using var second = shop.InSecondProcess();
        await shop.GiveAsync(5000);
        var order = await shop.OrderAsync();
        var gate = dialect == CommerceDialect.Postgres ? await OrderGate.CloseAsync(shop.Commerce.ConnectionString, order.OrderId) : null;
        var clicks = Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? shop : second).PayAsync(order))).ToList();
        if (gate is not null)
            await gate.OpenWhenWaitingAsync(6);
        Assert.All(await Task.WhenAll(clicks), c => Assert.Equal(OrderState.Fulfilled, c.Value));
        Assert.Equal(OrderState.Fulfilled, (await shop.PayAsync(order)).Value);

        Assert.Equal(4000, await shop.BalanceAsync());
        Assert.Equal((1, 1), (await shop.Commerce.CountAsync("payments"), await shop.Commerce.CountAsync("payment_events")));
        Assert.Single(await shop.Shop.KeysAsync(order));
        // with the other kind it isn't the same click
        await shop.GiveAsync(5000, CreditKind.Points);
        Assert.Equal(CommerceErrors.IllegalTransition, (await shop.PayAsync(order, CreditKind.Points)).Error!.Code);
        await shop.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Nobody_pays_anothers_order_nor_a_guests_nor_another_tenants(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await shop.GiveAsync(5000);
        await shop.GiveAsync(5000, user: CreditShop.Ben);
        var (anns, guests) = (await shop.OrderAsync(), await shop.OrderAsync(user: null));
        Assert.Equal(CommerceErrors.NotFound, (await shop.PayAsync(anns, user: CreditShop.Ben)).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await shop.PayAsync(guests)).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await shop.PayAsync(guests, user: "")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await shop.Payments.PayAsync(TestCommerce.Other, anns.OrderId, CreditShop.Ann, CreditKind.Balance)).Error!.Code);
        Assert.Empty(await shop.Payments.OffersAsync(shop.Shop.Scope, anns.OrderId, CreditShop.Ben));
        Assert.Empty(await shop.Payments.OffersAsync(shop.Shop.Scope, guests.OrderId, CreditShop.Ann));
        await shop.AssertUntouchedAsync(anns);
        await shop.AssertUntouchedAsync(guests);
        // nor does another user see it as paid by themselves
        Assert.True((await shop.PayAsync(anns)).Succeeded);
        Assert.Equal(CommerceErrors.NotFound, (await shop.PayAsync(anns, user: CreditShop.Ben)).Error!.Code);
        Assert.Equal((4000, 5000), (await shop.BalanceAsync(), await shop.BalanceAsync(CreditShop.Ben)));
        await shop.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Not_enough_or_in_another_currency_leaves_nothing(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await shop.GiveAsync(999);
        await shop.GiveAsync(1, CreditKind.Points);
        Assert.True((await shop.Credits.GrantAsync(shop.Shop.Scope, CreditShop.Grant(9999, currency: "USD"))).Succeeded);
        var order = await shop.OrderAsync();
        Assert.Empty(await shop.Payments.OffersAsync(shop.Shop.Scope, order.OrderId, CreditShop.Ann));
        foreach (var kind in Enum.GetValues<CreditKind>())
            Assert.Equal(CommerceErrors.InsufficientFunds, (await shop.PayAsync(order, kind)).Error!.Code);
        await shop.AssertUntouchedAsync(order);
        await shop.GiveAsync(1);
        Assert.True((await shop.PayAsync(order)).Succeeded);
        Assert.Equal((0, 1), (await shop.BalanceAsync(), await shop.PointsAsync()));
        await shop.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task An_order_that_does_not_wait_for_its_payment_takes_none(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await shop.GiveAsync(5000);
        var (cancelled, paid, expired) = (await shop.OrderAsync(), await shop.OrderAsync(), await shop.OrderAsync());
        await shop.Shop.Desk.CancelAsync(shop.Shop.Scope, cancelled.OrderId, "staff", "");
        await shop.Shop.ApplyAsync(Shop.Event(paid));
        await shop.Shop.ExpireAsync();
        foreach (var order in (OrderReceipt[])[cancelled, paid, expired])
            Assert.Equal(CommerceErrors.IllegalTransition, (await shop.PayAsync(order)).Error!.Code);
        Assert.Equal(5000, await shop.BalanceAsync());
        Assert.Equal(0, await shop.Commerce.CountAsync("payments", "provider = 'balance'"));
        await shop.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Goods_that_are_missing_after_all_cost_nothing(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await shop.GiveAsync(5000);
        var order = await shop.OrderAsync();
        await shop.Shop.CorruptAsync($"update card_key set state = 'Available', order_id = null, order_line = null, reserved_until = null where order_id = '{order.OrderId}'");
        Assert.Equal(CommerceErrors.SoldOut, (await shop.PayAsync(order)).Error!.Code);
        Assert.Equal(5000, await shop.BalanceAsync());
        Assert.Equal((0, 0), (await shop.Commerce.CountAsync("payments"), await shop.Commerce.CountAsync("payment_events")));
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_gateways_money_for_the_same_order_in_the_same_moment_goes_back(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await shop.GiveAsync(9000);
        for (var i = 0; i < 6; i++)
        {
            var order = await shop.OrderAsync();
            var (own, told) = (Task.Run(() => shop.PayAsync(order)), Task.Run(() => shop.Shop.ApplyAsync(Shop.Event(order))));
            await Task.WhenAll(own, told);
            Assert.Equal(PaymentOutcomeKind.Applied, (await told).Kind);
            var view = await shop.Shop.ViewAsync(order);
            Assert.Equal((1000, (await own).Succeeded ? 1000 : 0), (view.Captured.Minor, view.RefundDue.Minor));
            Assert.Single(await shop.Shop.KeysAsync(order));
            Assert.Equal((await own).Succeeded ? 1 : 0, await shop.Commerce.CountAsync("payments", $"provider = 'balance' and order_id = '{order.OrderId}'"));
        }

        await shop.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task News_from_outside_of_a_payment_with_a_balance_are_refused(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await shop.GiveAsync(5000);
        var order = await shop.OrderAsync();
        foreach (var provider in (string[])["balance", "points"])
        {
            foreach (var kind in Enum.GetValues<PaymentEventKind>().Where(k => k != PaymentEventKind.Refunded))
                Assert.Equal((PaymentOutcomeKind.Refused, "provider"), await shop.Shop.ApplyAsync(Shop.Event(order, kind) with { Provider = provider }) is var told ? (told.Kind, told.Error?.Field) : default);
        }

        await shop.AssertUntouchedAsync(order);
        var own = new CreditProvider(CreditKind.Balance, shop.Commerce.Clock);
        Assert.False(await own.IsUsableAsync());
        Assert.Equal(CommerceErrors.ProviderNotUsable, (await own.ParseCallbackAsync(new PaymentCallback(default, new Dictionary<string, string>(), new Dictionary<string, string>()))).Error!.Code);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_rule_for_the_cost_of_such_payments_is_the_platforms_income(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await shop.Commerce.Get<IFeePolicies>().SaveAsync(shop.Shop.Scope, new FeePolicy { Rules = [new FeeRule { Id = "own", Share = ShareKind.PaymentCost, BasisPoints = 100, Provider = "balance" }] }, "staff");
        await shop.GiveAsync(2000);
        await shop.GiveAsync(2000, CreditKind.Points);
        var order = await shop.OrderAsync();
        Assert.True((await shop.PayAsync(order)).Succeeded);
        Assert.True((await shop.PayAsync(await shop.OrderAsync(), CreditKind.Points)).Succeeded);
        Assert.Equal((-4000 + 10, 990 + 1000), (await shop.RevenueAsync(), await shop.HasAsync(new LedgerAccount("mer", LedgerPurpose.MerchantPending))));
        Assert.Equal(0, await shop.Commerce.CountAsync("ledger_account", "purpose = 'ProviderClearing'"));
        await shop.RefundAsync(order, 1000);
        await shop.GiveBackAsync(order);
        Assert.Equal((-4000, 2000), (await shop.RevenueAsync(), await shop.BalanceAsync()));
        await shop.SoundAsync();
    }
}
