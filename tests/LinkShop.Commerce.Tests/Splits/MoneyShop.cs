using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Splits;

/// <summary>A shop whose cards earn for a merchant, with rules for every share, and what its books should have.</summary>
internal static class MoneyShop
{
    public static readonly LedgerAccount Available = new("mer", LedgerPurpose.MerchantAvailable);
    public static readonly LedgerAccount Pending = new("mer", LedgerPurpose.MerchantPending);
    public static readonly LedgerAccount Reserved = new("mer", LedgerPurpose.MerchantReserved);
    public static readonly LedgerAccount Debt = new("mer", LedgerPurpose.Debt);
    public static readonly LedgerAccount Revenue = new("", LedgerPurpose.PlatformRevenue);
    public static readonly LedgerAccount Buyers = new("", LedgerPurpose.BuyerClearing);
    public static readonly LedgerAccount Provider = new("test", LedgerPurpose.ProviderClearing);

    public static async Task<Shop> OpenAsync(CommerceDialect dialect, Func<FeePolicy, FeePolicy>? change = null)
    {
        var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: 40, change: o => o with { Merchant = "mer" });
        var policy = new FeePolicy
        {
            Rules =
            [
                new FeeRule { Id = "commission", Share = ShareKind.Platform, BasisPoints = 500 },
                new FeeRule { Id = "cost", Share = ShareKind.PaymentCost, BasisPoints = 100, Provider = "test" },
                new FeeRule { Id = "reseller", Share = ShareKind.Reseller, BasisPoints = 1_050 },
                new FeeRule { Id = "promoter", Share = ShareKind.Promoter, BasisPoints = 1_000 },
            ],
        };
        Assert.True((await shop.Commerce.Get<IFeePolicies>().SaveAsync(shop.Scope, change?.Invoke(policy) ?? policy, "ann")).Succeeded);
        return shop;
    }

    public static RefundDraft Draft(OrderReceipt order, long minor) =>
        new() { Id = Guid.NewGuid().ToString("n"), OrderId = order.OrderId, Lines = [new RefundLine(1, minor)], Reason = RefundReason.KeyInvalid };

    public static Task<CommerceResult<RefundView>> GrantAsync(Shop shop, OrderReceipt order, long minor, bool forPlatform = false) =>
        shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, Draft(order, minor), "ann", forPlatform);

    public static Task<RefundRequest?> AskAsync(Shop shop, OrderReceipt order, string payment = "pay-1") =>
        shop.Commerce.Get<IRefundAsks>().NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-{payment}");

    public static async Task BackAsync(Shop shop, OrderReceipt order, long minor, string id = "back") =>
        Assert.True((await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, $"{order.OrderId}-{id}", amount: minor))).Accepted);

    public static async Task StandsAsync(Shop shop, OrderReceipt order, long captured, long due, long back)
    {
        var view = await shop.ViewAsync(order);
        Assert.Equal((captured, due, back), (view.Captured.Minor, view.RefundDue.Minor, view.Refunded.Minor));
    }

    public static async Task GiveBackAsync(Shop shop, OrderReceipt order)
    {
        var ask = await AskAsync(shop, order);
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, ask!.RefundId, amount: ask.Amount.Minor));
    }

    public static Task ReleaseAsync(Shop shop)
    {
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(8));
        return shop.Commerce.Get<IReleases>().SweepAsync();
    }

    // no worker takes the messages here, and days pass
    public static async Task SoundAsync(Shop shop)
    {
        await shop.CorruptAsync("delete from outbox");
        await shop.AssertSoundAsync();
    }

    /// <summary>Runs a statement of a migration again, on what a test made to look as before.</summary>
    public static Task MigrateAsync(Shop shop, int number, string begins)
    {
        var script = MigrationScripts.For(shop.Commerce.Database.Dialect).Single(s => s.Number == number).Sql;
        var statement = script[script.IndexOf(begins, StringComparison.Ordinal)..];
        return shop.CorruptAsync(statement[..statement.IndexOf(';', StringComparison.Ordinal)]);
    }

    public static async Task PayOutAsync(Shop shop, long minor) => Assert.True((await shop.Commerce.Database.WriteAsync(
        shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(c, [LedgerTransfer.Move("out", Available, new("bank", LedgerPurpose.ProviderClearing), new Money(minor, "CNY"), "payout")]))).Succeeded);

    public static async Task HasAsync(Shop shop, params (LedgerAccount Account, long Minor)[] expected)
    {
        foreach (var (account, minor) in expected)
            Assert.Equal((account, minor), (account, (await shop.Commerce.Get<ILedgerReads>().BalanceAsync(shop.Scope, account, "CNY")).Balance.Minor));
    }
}
