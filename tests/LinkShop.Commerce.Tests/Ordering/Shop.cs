using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Verify;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.Tests.Ordering;

/// <summary>A tenant with goods, and short forms of what buyers, gateways and staff do in it.</summary>
internal sealed class Shop(TestCommerce commerce, TenantScope scope) : IAsyncDisposable
{
    public TestCommerce Commerce => commerce;

    public TenantScope Scope => scope;

    public IOrdering Ordering => commerce.Get<IOrdering>();

    public IOrderDesk Desk => commerce.Get<IOrderDesk>();

    public IPaymentIntake Intake => commerce.Get<IPaymentIntake>();

    public IOfferCatalog Catalog => commerce.Get<IOfferCatalog>();

    public ICoupons Coupons => commerce.Get<ICoupons>();

    public static async Task<Shop> OpenAsync(CommerceDialect dialect, Action<OrderingOptions>? configure = null, bool two = false) =>
        new(await TestCommerce.StartAsync(dialect, services => services.Configure<OrderingOptions>(o =>
        {
            // most tests are about something else than hoarding
            o.MaxUnpaidPerContact = o.MaxUnpaidPerAddress = 1000;
            configure?.Invoke(o);
        }), two), TestCommerce.Mall);

    public Shop As(TenantScope other) => new(commerce, other);

    /// <summary>The same shop as another process sees it; dispose its <see cref="Commerce"/>.</summary>
    public Shop InSecondProcess() => new(commerce.SecondProcess(), scope);

    public async Task<long> CardsAsync(string sku = "card", int keys = 10, Func<Offer, Offer>? change = null)
    {
        var pool = await commerce.PoolWithAsync(scope, keys, name: sku);
        await OfferAsync(new Offer { SkuId = sku, ProductId = "p-" + sku, Title = "Game card", Price = new Money(1000, "CNY"), Delivery = DeliveryKind.CardKey, PoolId = pool }, change);
        return pool;
    }

    public Task ManualAsync(string sku = "manual", Func<Offer, Offer>? change = null) =>
        OfferAsync(new Offer { SkuId = sku, ProductId = "p-" + sku, Title = "Level up by hand", Price = new Money(5000, "CNY"), Delivery = DeliveryKind.Manual }, change);

    public async Task OfferAsync(Offer offer, Func<Offer, Offer>? change = null)
    {
        var result = await Catalog.UpsertProductAsync(scope, offer.ProductId, [change is null ? offer : change(offer)]);
        Assert.True(result.Succeeded, result.Error?.Message);
    }

    public static OrderRequest Request(string sku = "card", int quantity = 1, string contact = "buyer@example.com") => new()
    {
        Lines = [new OrderLineRequest { SkuId = sku, Quantity = quantity }],
        Contact = contact,
        LookupPassword = "secret-1",
        ClientAddress = "192.0.2.1",
    };

    public Task<CommerceResult<OrderReceipt>> TryOrderAsync(OrderRequest request) => Ordering.CreateAsync(scope, request);

    public async Task<OrderReceipt> OrderAsync(OrderRequest? request = null)
    {
        var result = await TryOrderAsync(request ?? Request());
        Assert.True(result.Succeeded, result.Error?.Code + " " + result.Error?.Message);
        return result.Value;
    }

    public static PaymentEvent Event(OrderReceipt order, PaymentEventKind kind = PaymentEventKind.Paid, string? id = null, string payment = "pay-1", long? amount = null) => new()
    {
        Provider = "test",
        EventId = id ?? $"{order.OrderId}-{kind}-{payment}",
        PaymentId = $"{order.OrderId}-{payment}",
        OrderId = order.OrderId,
        Kind = kind,
        Amount = amount is { } minor ? new Money(minor, order.Total.Currency) : order.Total,
        OccurredAt = DateTimeOffset.UnixEpoch.AddYears(56),
    };

    public Task<PaymentOutcome> ApplyAsync(PaymentEvent e) => Intake.ApplyAsync(scope, e);

    public async Task<OrderReceipt> PaidOrderAsync(OrderRequest? request = null)
    {
        var order = await OrderAsync(request);
        var outcome = await ApplyAsync(Event(order));
        Assert.Equal(PaymentOutcomeKind.Applied, outcome.Kind);
        return order;
    }

    public async Task<OrderView> ViewAsync(OrderReceipt order)
    {
        var result = await Ordering.GetAsync(scope, order.OrderId, OrderAccess.ByToken(order.AccessToken));
        Assert.True(result.Succeeded, result.Error?.Message);
        return result.Value;
    }

    /// <summary>Replaces a delivered key of a line: the one of a unit as it is now.</summary>
    public async Task<CommerceResult<ReplacementView>> ReplaceAsync(OrderReceipt order, int unit = 1, string? id = null, long? key = null, int line = 1, string text = "")
    {
        var replacements = commerce.Get<IReplacements>();
        key ??= (await replacements.OfOrderAsync(scope, order.OrderId)).Units.First(u => u.Line == line && u.Unit == unit).KeyId;
        var draft = new ReplacementDraft { Id = id ?? Guid.NewGuid().ToString("n"), OrderId = order.OrderId, Line = line, KeyId = key ?? 0, Reason = ReplacementReason.DoesntWork, Text = text };
        return await replacements.ReplaceAsync(scope, draft, "ann");
    }

    public async Task<OrderState> StateAsync(OrderReceipt order) => (await ViewAsync(order)).State;

    public async Task<string[]> KeysAsync(OrderReceipt order) => [.. (await ViewAsync(order)).Lines.SelectMany(l => l.Deliveries)];

    public Task<int> ExpireAsync(TimeSpan? after = null)
    {
        commerce.Clock.Advance(after ?? TimeSpan.FromMinutes(16));
        return commerce.Get<IOrderExpiry>().SweepAsync();
    }

    public Task<KeyPoolStats> StockAsync(long pool) => commerce.Pools.GetStatsAsync(scope, pool);

    public Task<long> MessagesAsync(string type) => commerce.CountAsync("outbox", $"type = '{type}'");

    public Task<VerifyReport> VerifyAsync() => commerce.Get<ICommerceVerifier>().RunAsync();

    public async Task AssertSoundAsync()
    {
        var report = await VerifyAsync();
        Assert.True(report.Ok, report.ToJson());
    }

    public Task CorruptAsync(string sql) => commerce.Database.WriteSystemAsync(c => c.ExecuteAsync(sql));

    public ValueTask DisposeAsync() => commerce.DisposeAsync();
}
