using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Credits;

/// <summary>A shop whose buyers have credit.</summary>
internal sealed class CreditShop(Shop shop) : IAsyncDisposable
{
    public const string Ann = "user-ann";
    public const string Ben = "user-ben";

    public Shop Shop => shop;

    public TestCommerce Commerce => shop.Commerce;

    public ICredits Credits => shop.Commerce.Get<ICredits>();

    public ICreditPayments Payments => shop.Commerce.Get<ICreditPayments>();

    public static async Task<CreditShop> OpenAsync(CommerceDialect dialect, int keys = 20)
    {
        var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync(keys: keys, change: o => o with { Merchant = "mer" });
        return new CreditShop(shop);
    }

    public CreditShop InSecondProcess() => new(shop.InSecondProcess());

    public static CreditGrant Grant(long minor, CreditKind kind = CreditKind.Balance, string user = Ann, string? id = null, string currency = "CNY") => new()
    {
        Id = id ?? Guid.NewGuid().ToString("n"), UserId = user, Kind = kind, Amount = new Money(minor, currency), Reason = "sorry for the delay", Actor = "staff",
    };

    public async Task<CreditGrantView> GiveAsync(long minor, CreditKind kind = CreditKind.Balance, string user = Ann)
    {
        var granted = await Credits.GrantAsync(shop.Scope, Grant(minor, kind, user));
        Assert.True(granted.Succeeded, granted.Error?.Message);
        return granted.Value;
    }

    public Task<CommerceResult<Money>> TakeBackAsync(string grant, string? id = null) =>
        Credits.TakeBackAsync(shop.Scope, new CreditTakeBack { Id = id ?? Guid.NewGuid().ToString("n"), GrantId = grant, Reason = "given by mistake", Actor = "boss" });

    public Task<OrderReceipt> OrderAsync(string? user = Ann, string sku = "card") => shop.OrderAsync(Shop.Request(sku) with { UserId = user });

    public Task<CommerceResult<OrderState>> PayAsync(OrderReceipt order, CreditKind kind = CreditKind.Balance, string user = Ann) => Payments.PayAsync(shop.Scope, order.OrderId, user, kind);

    public async Task<long> HasAsync(LedgerAccount account) => (await shop.Commerce.Get<ILedgerReads>().BalanceAsync(shop.Scope, account, "CNY")).Balance.Minor;

    public Task<long> BalanceAsync(string user = Ann) => HasAsync(new LedgerAccount(user, LedgerPurpose.BuyerBalance));

    public Task<long> PointsAsync(string user = Ann) => HasAsync(new LedgerAccount(user, LedgerPurpose.PointsLiability));

    public Task<long> RevenueAsync() => HasAsync(new LedgerAccount("", LedgerPurpose.PlatformRevenue));

    public async Task RefundAsync(OrderReceipt order, long minor)
    {
        var draft = new RefundDraft { Id = Guid.NewGuid().ToString("n"), OrderId = order.OrderId, Lines = [new RefundLine(1, minor)], Reason = RefundReason.KeyInvalid };
        var granted = await shop.Commerce.Get<IRefunds>().GrantAsync(shop.Scope, draft, "staff", forPlatform: true);
        Assert.True(granted.Succeeded, granted.Error?.Message);
    }

    /// <summary>What the handler of the payments module does, and once more as after a crash.</summary>
    public async Task GiveBackAsync(OrderReceipt order, CreditKind kind = CreditKind.Balance, int times = 2)
    {
        var provider = new CreditProvider(kind, shop.Commerce.Clock);
        var ask = await shop.Commerce.Get<IRefundAsks>().NextAsync(shop.Scope, order.OrderId, provider.Name, order.OrderId);
        for (var i = 0; i < times; i++)
        {
            var done = await provider.RefundAsync(ask!);
            Assert.Null((await shop.ApplyAsync(done.Value!)).Error);
        }
    }

    /// <summary>Nothing of an attempt to pay is left, and the order can still be paid otherwise.</summary>
    public async Task AssertUntouchedAsync(OrderReceipt order)
    {
        Assert.Equal(OrderState.AwaitingPayment, await shop.StateAsync(order));
        Assert.Empty(await shop.KeysAsync(order));
        foreach (var (table, column) in ((string, string)[])[("payments", "order_id"), ("payment_events", "order_id"), ("deliveries", "order_id"), ("order_split", "order_id"), ("ledger_transfer", "reference")])
            Assert.Equal((table, 0), (table, await shop.Commerce.CountAsync(table, $"{column} = '{order.OrderId}'")));
        Assert.Equal(1, await shop.Commerce.CountAsync("card_key", $"order_id = '{order.OrderId}' and state = 'Reserved'"));
        Assert.Equal(1, await shop.Commerce.CountAsync("order_holds", $"order_id = '{order.OrderId}'"));
        Assert.Equal(0, await shop.Commerce.CountAsync("outbox", $"payload like '%{order.OrderId}%'"));
    }

    public Task SoundAsync() => shop.AssertSoundAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();
}
