using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Resale.ResaleWorld;

namespace LinkShop.Commerce.Tests.Resale;

public sealed class SupplyMoneyTests
{
    private static readonly LedgerAccount Payable = new("Mall", LedgerPurpose.SupplyPayable);
    private static readonly LedgerAccount Receivable = new("ShopA", LedgerPurpose.SupplyReceivable);
    private static readonly LedgerAccount Pending = new("", LedgerPurpose.MerchantPending);
    private static readonly LedgerAccount Available = new("", LedgerPurpose.MerchantAvailable);
    private static readonly LedgerAccount Revenue = new("", LedgerPurpose.PlatformRevenue);
    private static readonly LedgerAccount Debt = new("", LedgerPurpose.Debt);

    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_sale_is_shared_between_supplier_platform_and_shop_and_the_order_says_why(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.PaidAsync(world.A);
        await MoneyShop.HasAsync(world.A, (Payable, 600), (Revenue, 40), (Pending, 360), (MoneyShop.Provider, -1000), (MoneyShop.Buyers, 0));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -600), (Revenue, 30), (Pending, 570), (MoneyShop.Buyers, 0));

        var money = await world.Supplier.Commerce.Get<IOrderMoney>().ReadAsync(ShopA, order.OrderId);
        var share = Assert.Single(Assert.Single(money!.Lines).Shares, s => s.Share.Kind == ShareKind.Supply);
        Assert.Equal(("Mall", 600L, LinePosition.Proportional, 600L), (share.Share.Owner, share.Share.Minor, share.Share.Rule, share.Now.Minor));
        foreach (var scope in (TenantScope[])[ShopA, world.Supplier.Scope])
            Assert.All(await world.Supplier.Commerce.Get<IFinance>().OverviewAsync(scope), o => Assert.True(o.Unexplained.IsZero));

        await MoneyShop.ReleaseAsync(world.A);
        await MoneyShop.HasAsync(world.A, (Payable, 600), (Pending, 0), (Available, 360));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -600), (Pending, 0), (Available, 570));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_supplier_pays_back_goes_in_proportion_takes_its_keys_and_leaves_nothing_in_the_end(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.PaidAsync(world.A);
        Assert.True((await MoneyShop.GrantAsync(world.A, order, 333)).Succeeded);
        // 667 of 1,000 are kept: 400 of 600, rounded down
        await MoneyShop.HasAsync(world.A, (Payable, 400), (Revenue, 26), (Pending, 241));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -400), (Revenue, 20), (Pending, 380));
        Assert.Equal(OrderState.PartiallyRefunded, (await world.SupplyAsync(world.A, order)).Order.State);
        Assert.Single(await world.A.KeysAsync(order));

        await MoneyShop.ReleaseAsync(world.A);
        var rest = await world.Supplier.Commerce.Get<IRefunds>().GrantAsync(ShopA, MoneyShop.Draft(order, 667) with { RevokeKeys = true }, "sam", forPlatform: false);
        Assert.True(rest.Succeeded);
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("card_key", "state = 'Revoked'"));
        Assert.Empty(await world.A.KeysAsync(order));
        await MoneyShop.GiveBackAsync(world.A, order);
        Assert.Equal((OrderState.Refunded, OrderState.Refunded), (await world.A.StateAsync(order), (await world.SupplyAsync(world.A, order)).Order.State));
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("ledger_account", "balance <> 0"));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refund_of_one_of_two_resold_lines_takes_only_its_keys_and_its_suppliers_part(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.Supplier.CardsAsync("other", 1);
        var offer = await world.OfferAsync(d => d with { SkuId = "other" });
        var listed = await world.Listings.AddAsync(ShopA, new ListingDraft(world.Supplier.Scope.Tenant, offer.Id, 1000), "sam");
        Assert.True(listed.Succeeded, listed.Error?.Message);
        await PublishAsync(world.A, listed.Value, 1000);
        var lines = (await world.Listings.ListAsync(ShopA)).OrderBy(l => l.SkuId == listed.Value.SkuId).Select(l => new OrderLineRequest { SkuId = l.SkuId }).ToList();
        var order = await world.A.PaidOrderAsync(Shop.Request() with { Lines = lines });
        Assert.Equal(["KEY-card-000001", "KEY-other-000001"], await world.A.KeysAsync(order));
        Assert.True((await world.Supplier.Commerce.Get<IRefunds>().GrantAsync(ShopA, MoneyShop.Draft(order, 1000) with { RevokeKeys = true }, "sam", forPlatform: false)).Succeeded);
        Assert.Equal((1, 1), (await world.Supplier.Commerce.CountAsync("card_key", "state = 'Revoked'"), await world.Supplier.Commerce.CountAsync("card_key", "state = 'Delivered'")));
        Assert.Equal(["KEY-other-000001"], await world.A.KeysAsync(order));
        await MoneyShop.HasAsync(world.A, (Payable, 600));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task When_the_supplier_keeps_its_price_the_shop_refunds_only_what_it_has(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, change: d => d with { Refunds = ResaleRefunds.ResellerPays });
        var order = await world.PaidAsync(world.A);
        // its own 360 of this line can go back, more it doesn't have
        Assert.Equal(CommerceErrors.SellerShort, (await MoneyShop.GrantAsync(world.A, order, 1000)).Error!.Code);
        Assert.Equal(0, await world.Supplier.Commerce.CountAsync("refund"));
        Assert.True((await MoneyShop.GrantAsync(world.A, order, 300)).Succeeded);
        await MoneyShop.HasAsync(world.A, (Payable, 600), (Revenue, 28), (Pending, 72));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -600), (Pending, 570));

        // earned meanwhile by own goods
        await world.A.CardsAsync("own", 3);
        await world.A.PaidOrderAsync(Shop.Request("own", 2, "c@example.com"));
        Assert.Equal(CommerceErrors.SellerShort, (await MoneyShop.GrantAsync(world.A, order, 700)).Error!.Code);
        await MoneyShop.ReleaseAsync(world.A);
        Assert.True((await MoneyShop.GrantAsync(world.A, order, 700)).Succeeded);
        // 2,000 − 4 % − 600
        await MoneyShop.HasAsync(world.A, (Payable, 600), (Pending, 0), (Available, 1320), (Debt, 0));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -600), (Available, 570));
        Assert.Equal(OrderState.Completed, (await world.SupplyAsync(world.A, order)).Order.State);
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Of_a_sale_that_was_released_the_shop_refunds_to_the_last_cent_what_it_has(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, change: d => d with { Refunds = ResaleRefunds.ResellerPays });
        var order = await world.PaidAsync(world.A);
        await MoneyShop.ReleaseAsync(world.A);
        await MoneyShop.HasAsync(world.A, (Available, 360));
        Assert.Equal(CommerceErrors.SellerShort, (await MoneyShop.GrantAsync(world.A, order, 377)).Error?.Code);
        Assert.True((await MoneyShop.GrantAsync(world.A, order, 376)).Succeeded);
        await MoneyShop.HasAsync(world.A, (Payable, 600), (Available, 0), (Debt, 0));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refund_that_nobody_asked_the_shop_for_is_covered_by_its_wallet_or_becomes_a_debt(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, change: d => d with { Refunds = ResaleRefunds.ResellerPays });
        var order = await world.PaidAsync(world.A);
        await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded));
        await MoneyShop.HasAsync(world.A, (Payable, 600), (Pending, 0), (Debt, -600), (Revenue, 0), (MoneyShop.Provider, 0));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -600), (Pending, 570));
        await QuietAsync(world);
        // another payment comes: the line stands again, and what was brought for it goes back
        await world.A.ApplyAsync(Shop.Event(order, payment: "pay-2"));
        await MoneyShop.HasAsync(world.A, (Payable, 600), (Pending, 360), (Revenue, 40));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refund_at_the_platforms_expense_costs_neither_shop_nor_supplier(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.PaidAsync(world.A);
        Assert.True((await world.Supplier.Commerce.Get<IRefunds>().GrantAsync(ShopA, MoneyShop.Draft(order, 1000) with { Payer = RefundPayer.Platform }, "sam", forPlatform: true)).Succeeded);
        await MoneyShop.HasAsync(world.A, (Payable, 600), (Pending, 360), (Revenue, 40 - 1000));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -600));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refund_at_the_platforms_expense_asks_for_nothing_in_the_shops_wallet(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, change: d => d with { Refunds = ResaleRefunds.ResellerPays });
        var order = await world.PaidAsync(world.A);
        Assert.Equal(CommerceErrors.SellerShort, (await MoneyShop.GrantAsync(world.A, order, 1000)).Error?.Code);
        Assert.True((await world.Supplier.Commerce.Get<IRefunds>().GrantAsync(ShopA, MoneyShop.Draft(order, 1000) with { Payer = RefundPayer.Platform }, "sam", forPlatform: true)).Succeeded);
        await world.SoundAsync();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_a_supplier_was_paid_out_a_shop_cannot_give_back_for_it(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.PaidAsync(world.A);
        await MoneyShop.ReleaseAsync(world.A);
        Assert.True((await world.Supplier.Commerce.Database.WriteAsync(world.Supplier.Scope, c => world.Supplier.Commerce.Get<ILedger>().PostAsync(
            c, [LedgerTransfer.Move("out", Available, new("bank", LedgerPurpose.ProviderClearing), new Money(570, "CNY"), "payout")]))).Succeeded);
        var refused = await MoneyShop.GrantAsync(world.A, order, 1000);
        Assert.Equal((CommerceErrors.SellerShort, new Money(570, "CNY")), (refused.Error?.Code, refused.Error?.Facts?.Single()));
        await MoneyShop.HasAsync(world.A, (Payable, 600), (Available, 360), (Debt, 0));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -600), (Available, 0), (Debt, 0));
        Assert.True((await MoneyShop.GrantAsync(world.A, order, 1000, forPlatform: true)).Succeeded);
        await MoneyShop.HasAsync(world.Supplier, (Receivable, 0), (Available, 0), (Debt, -570));
        await QuietAsync(world);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite, ResaleRefunds.SupplierPays)]
    [InlineData(CommerceDialect.Sqlite, ResaleRefunds.ResellerPays)]
    [InlineData(CommerceDialect.Postgres, ResaleRefunds.SupplierPays)]
    [InlineData(CommerceDialect.Postgres, ResaleRefunds.ResellerPays)]
    public async Task Whoever_charges_all_of_it_back_loses_the_suppliers_key_until_another_payment_is_kept(CommerceDialect dialect, ResaleRefunds refunds)
    {
        await using var world = await OpenAsync(dialect, change: d => d with { Refunds = refunds });
        var order = await world.PaidAsync(world.A);
        // nobody had told of a dispute before
        await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost));
        Assert.Empty(await world.A.KeysAsync(order));
        Assert.Equal((1, 0), (await world.Supplier.Commerce.CountAsync("card_key", "state = 'Revoked'"), await world.Supplier.Commerce.CountAsync("card_key", "state = 'Delivered'")));
        await QuietAsync(world);
        await world.A.ApplyAsync(Shop.Event(order, payment: "pay-2"));
        Assert.Single(await world.A.KeysAsync(order));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_suppliers_key_that_a_refund_took_stays_taken_when_another_payment_is_kept(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.PaidAsync(world.A);
        Assert.True((await world.Supplier.Commerce.Get<IRefunds>().GrantAsync(ShopA, MoneyShop.Draft(order, 300) with { RevokeKeys = true }, "sam", forPlatform: false)).Succeeded);
        await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost));
        await world.A.ApplyAsync(Shop.Event(order, payment: "pay-2"));
        Assert.Empty(await world.A.KeysAsync(order));
        Assert.Equal(1, await world.Supplier.Commerce.CountAsync("card_key", "state = 'Revoked'"));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_dispute_freezes_the_suppliers_part_too_until_it_ends(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var order = await world.PaidAsync(world.A);
        await MoneyShop.ReleaseAsync(world.A);
        var reads = world.Supplier.Commerce.Get<ILedgerReads>();
        await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        Assert.Equal(OrderState.Disputed, (await world.SupplyAsync(world.A, order)).Order.State);
        Assert.Equal(570, (await reads.BalanceAsync(world.Supplier.Scope, Available, "CNY")).Held.Minor);
        Assert.Equal(360, (await reads.BalanceAsync(ShopA, Available, "CNY")).Held.Minor);
        Assert.Empty(await world.A.KeysAsync(order));
        await QuietAsync(world);

        await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon));
        Assert.Equal(0, (await reads.BalanceAsync(world.Supplier.Scope, Available, "CNY")).Held.Minor);
        Assert.Equal(OrderState.Completed, (await world.SupplyAsync(world.A, order)).Order.State);
        Assert.Single(await world.A.KeysAsync(order));

        var lost = await world.PaidAsync(world.A, contact: "c@example.com");
        await world.A.ApplyAsync(Shop.Event(lost, PaymentEventKind.Disputed));
        await world.A.ApplyAsync(Shop.Event(lost, PaymentEventKind.DisputeLost));
        await MoneyShop.HasAsync(world.A, (Payable, 600), (Available, 360), (Pending, 0));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -600), (Available, 570), (Pending, 0));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_is_disputed_before_it_is_delivered_is_delivered_when_the_dispute_is_won(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, keys: 1);
        var order = await world.OrderAsync(world.A);
        await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        Assert.Equal(OrderState.Disputed, (await world.A.ApplyAsync(Shop.Event(order))).State);
        Assert.Equal(1, (await world.Supplier.StockAsync(world.Pool)).Available);
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -600));
        await QuietAsync(world);
        Assert.Equal(OrderState.Fulfilled, (await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon))).State);
        Assert.Single(await world.A.KeysAsync(order));
        await QuietAsync(world);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_supplier_that_keeps_its_price_has_all_of_it_from_the_delivery_on_also_when_a_part_went_back_before(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, change: d => d with { Refunds = ResaleRefunds.ResellerPays });
        var order = await world.OrderAsync(world.A);
        await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        await world.A.ApplyAsync(Shop.Event(order));
        await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, amount: 500));
        await MoneyShop.HasAsync(world.A, (Payable, 300));
        Assert.Empty(await world.A.KeysAsync(order));
        await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon));
        Assert.Single(await world.A.KeysAsync(order));
        await MoneyShop.HasAsync(world.A, (Payable, 600));
        await MoneyShop.HasAsync(world.Supplier, (Receivable, -600));
        await QuietAsync(world);
    }

    /// <summary>Events in any order, twice, through two payments, with decided refunds and releases between: whenever one looks the books agree, and when all went back nobody has anything.</summary>
    [Theory]
    [InlineData(CommerceDialect.Sqlite, ResaleRefunds.SupplierPays, 25)]
    [InlineData(CommerceDialect.Sqlite, ResaleRefunds.ResellerPays, 25)]
    [InlineData(CommerceDialect.Postgres, ResaleRefunds.SupplierPays, 6)]
    [InlineData(CommerceDialect.Postgres, ResaleRefunds.ResellerPays, 6)]
    public async Task Whatever_comes_payable_is_receivable_and_taking_all_back_gives_zero(CommerceDialect dialect, ResaleRefunds refunds, int walks)
    {
        await using var world = await OpenAsync(dialect, keys: 1000, change: d => d with { Refunds = refunds });
        for (var seed = 0; seed < walks; seed++)
        {
            var random = new Random(seed);
            var order = await world.OrderAsync(world.A, random.Next(1, 4), $"b{seed}@example.com");
            for (var step = 0; step < 14; step++)
            {
                await StepAsync(world, order, random, mayBear: refunds == ResaleRefunds.ResellerPays);
                // looking costs more than everything else here; each seed looks after other steps
                if (step % 3 == seed % 3)
                    await QuietAsync(world, $"seed {seed}, step {step}");
            }

            foreach (var payment in (string[])["pay-1", "pay-2"])
            {
                await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost, payment: payment));
                await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, $"{order.OrderId}-{payment}-end", payment));
            }

            await QuietAsync(world, $"seed {seed}, end");
        }

        if (refunds == ResaleRefunds.SupplierPays)
        {
            Assert.Equal(0, await world.BalanceAsync(world.A, LedgerPurpose.SupplyPayable, "Mall"));
            // nobody has anything of it but the loss of what went back twice
            var lost = await world.A.Commerce.Database.ReadAsync(world.A.Scope, c => c.QuerySingleOrDefaultAsync<long>(
                "select cast(sum(refunded + lost - paid) as bigint) from payments where tenant = @tenant and paid > 0 and refunded + lost > paid"));
            Assert.True(lost > 0);
            Assert.Equal((lost, -lost), (await world.BalanceAsync(world.A, LedgerPurpose.ProviderClearing, "test"), await world.BalanceAsync(world.A, LedgerPurpose.PlatformRevenue)));
            Assert.Equal(0, await world.BalanceAsync(world.Supplier, LedgerPurpose.PlatformRevenue));
            Assert.Equal(0, await world.BalanceAsync(world.Supplier, LedgerPurpose.MerchantPending));
        }
    }

    private static async Task StepAsync(ResaleWorld world, OrderReceipt order, Random random, bool mayBear)
    {
        var payment = random.Next(3) > 0 ? "pay-1" : "pay-2";
        switch (random.Next(9))
        {
            case 0 or 1:
                await world.A.ApplyAsync(Shop.Event(order, payment: payment));
                break;
            case 2:
                await world.A.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, $"{order.OrderId}-{payment}-{random.Next(4)}", payment, random.Next(1, (int)order.Total.Minor / 2)));
                break;
            case 3 or 4:
                var kinds = (PaymentEventKind[])[PaymentEventKind.Disputed, PaymentEventKind.DisputeWon, PaymentEventKind.DisputeLost];
                await world.A.ApplyAsync(Shop.Event(order, kinds[random.Next(random.Next(4) == 0 ? 3 : 2)], payment: payment));
                break;
            case 5 or 6:
                var payer = mayBear && random.Next(4) == 0 ? RefundPayer.Platform : RefundPayer.Merchant;
                await world.Supplier.Commerce.Get<IRefunds>().GrantAsync(ShopA, MoneyShop.Draft(order, random.Next(1, 700)) with { Payer = payer, RevokeKeys = random.Next(2) == 0 }, "sam", payer == RefundPayer.Platform || random.Next(2) == 0);
                break;
            case 7:
                await MoneyShop.ReleaseAsync(world.A);
                break;
            default:
                await world.A.ExpireAsync();
                break;
        }
    }

    private static async Task QuietAsync(ResaleWorld world, string? where = null)
    {
        // no worker takes the messages here, and days pass
        await world.A.CorruptAsync("delete from outbox");
        var report = await world.A.VerifyAsync();
        Assert.True(report.Ok, where + report.ToJson());
        await world.SoundAsync();
    }
}
