using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;

namespace LinkShop.Simulation;

/// <summary>The engine and the model don't agree.</summary>
internal sealed class Breach(string message) : Exception(message);

/// <summary>One run: random business on the real engine, every step judged by the model.</summary>
internal sealed partial class Simulator(Mall mall, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, ModelOrder> _orders = [];
    private readonly List<Letter> _letters = [];
    private readonly Dictionary<string, int> _stock = Goods.All.ToDictionary(g => g.Sku, g => g.Manual ? int.MaxValue : g.Keys);
    private readonly Dictionary<string, long> _gateway = [];
    private readonly HashSet<string> _answered = [];
    private readonly Dictionary<string, long> _paidOut = [];
    private long _payoutFees;
    private readonly Judge _judge = new(mall);
    private int _next;

    public int Steps { get; private set; }

    private DateTimeOffset Now => mall.Clock.GetUtcNow();

    private static TenantScope Scope => Mall.Scope;

    public async Task RunAsync(int steps, Func<bool> goOn)
    {
        await MakeCouponsAsync();
        for (; Steps < steps && goOn(); Steps++)
        {
            await StepAsync();
            if (Steps % 40 != 39)
                continue;
            await JudgeCouponsAsync();
            await _judge.BooksAsync(_orders.Values, _paidOut, _payoutFees, _credits, _settled, WrittenOff());
        }

        await DrainAsync();
        await DrainPayoutsAsync();
        await JudgeCouponsAsync();
        await _judge.BooksAsync(_orders.Values, _paidOut, _payoutFees, _credits, _settled, WrittenOff());
        await _judge.VerifyAsync();
    }

    private Task StepAsync() => _random.Next(170) switch
    {
        < 22 => OrderAsync(),
        < 34 => PayAsync(),
        < 64 => NewsAsync(),
        < 72 => RefundAsync(),
        < 80 => AskAsync(),
        < 84 => DisputeAsync(),
        < 88 => DeliverAsync(),
        < 96 => PayOutAsync(),
        < 103 => ReleaseAsync(),
        < 107 => ExpireAsync(),
        < 113 => PayByCreditAsync(),
        < 117 => GrantCreditAsync(),
        < 119 => TakeCreditBackAsync(),
        < 133 => ResellAsync(),
        < 137 => TermsAsync(),
        < 141 => ShelfAsync(),
        < 147 => SettleSuppliesAsync(),
        < 157 => ConfirmAsync(),
        < 161 => StatementAsync(),
        < 164 => ChangeCouponAsync(),
        _ => RaceAsync(),
    };

    /// <summary>Runs an operation as its caller would: when the process died, once more with the same ids.</summary>
    private async Task<T> OnceAsync<T>(Func<Task<T>> operation)
    {
        if (_random.Next(3) == 0)
            mall.Database.DieBefore(_random.Next(1, 30));
        else if (_random.Next(6) == 0)
            mall.Database.DieAfterCommit();
        try
        {
            return await AgainAsync(operation);
        }
        finally
        {
            mall.Database.LiveOn();
        }
    }

    private static async Task<T> AgainAsync<T>(Func<Task<T>> operation)
    {
        for (; ; )
        {
            try
            {
                return await operation();
            }
            catch (SimulatedCrash)
            {
            }
        }
    }

    private async Task OrderAsync()
    {
        var goods = _random.Next(10) switch
        {
            0 => Goods.All[3..4],
            1 => Goods.All[2..3],
            2 or 3 => Goods.All[0..2],
            4 => [Goods.All[_random.Next(2)], Goods.All[3]],
            5 => [Goods.All[3], Goods.All[_random.Next(2)], Goods.All[4]],
            6 => Goods.All[3..5],
            _ => Goods.All[_random.Next(2)..][..1],
        };
        var lines = goods.Select(g => (Good: g, Quantity: g.Keys > 100 ? _random.Next(1, 4) : 1)).ToArray();
        var id = ++_next;
        var (user, rate) = _random.Next(6) switch
        {
            0 or 1 => ($"u{_random.Next(3)}", 0),
            // earns points, and is the only order of its buyer that does
            2 => ($"e{id}", _random.Next(2) == 0 ? 10_000 : 1_234),
            3 => (Any(o => o.PointsRate > 0)?.User, 0),
            _ => (null, 0),
        };
        var coupon = AnyCoupon(lines.Select(l => l.Good.Sku));
        var net = Net(coupon, [.. lines.Select(l => (l.Good.Sku, l.Good.Price * l.Quantity))]);
        var request = new OrderRequest
        {
            CouponCode = coupon?.Code,
            Lines = [.. lines.Select(l => new OrderLineRequest { SkuId = l.Good.Sku, Quantity = l.Quantity })],
            Contact = $"b{id}@example.com",
            LookupPassword = "simulated",
            ClientAddress = "192.0.2.1",
            IdempotencyKey = $"order-{seed}-{id}",
            Reseller = _random.Next(4) == 0 ? "res" : null,
            Promoter = _random.Next(3) == 0 ? "pro" : null,
            UserId = user,
            Policy = new OrderPolicy { PointsBasisPoints = rate },
        };
        var result = await OnceAsync(() => mall.Get<IOrdering>().CreateAsync(Scope, request));
        var there = lines.All(l => _stock[l.Good.Sku] >= l.Quantity) && MayUse(coupon, user);
        if (result.Succeeded != there)
            throw new Breach($"an order was {(there ? "refused: " + result.Error?.Code : "made without stock, or with a code that may not be used")}");
        if (!there)
            return;
        Take(lines.Select(l => (l.Good.Sku, l.Quantity)));
        var order = new ModelOrder
        {
            Id = result.Value.OrderId,
            Lines = [.. lines.Zip(net, (l, total) => new ModelLine { Sku = l.Good.Sku, Merchant = l.Good.Merchant, Quantity = l.Quantity, Total = total, ByHand = l.Good.Manual })],
            Reseller = request.Reseller,
            Promoter = request.Promoter,
            User = user,
            PointsRate = rate,
            Coupon = coupon,
            HasUse = coupon is not null,
            Until = result.Value.ReservedUntil,
        };
        if (order.Total != result.Value.Total.Minor || !_orders.TryAdd(order.Id, order))
            throw new Breach("an order has a wrong total, or was made twice");
    }

    private void Settle(ModelOrder order)
    {
        var held = order.Holds;
        order.Settle(Now, TakeAgain);
        if (!held || order.Holds || order.Delivered || order.Open)
            return;
        PutBack(order);
        order.HasUse &= order.State != "Expired";
    }

    private ModelOrder? Any(Func<ModelOrder, bool> condition)
    {
        var fitting = _orders.Values.Where(condition).ToList();
        return fitting.Count == 0 ? null : fitting[_random.Next(fitting.Count)];
    }

    private bool IsScarce(string order) => _orders[order].Lines.Any(l => l.Sku is "rare" or "few");

    private static TenantScope ScopeOf(ModelOrder order) => new(order.Tenant);

    private bool TakeAgain(ModelOrder order)
    {
        if (order.Supplied)
            return TakeFromShelf(order, again: true);
        var missing = order.Missing().ToList();
        if (missing.Any(l => _stock[l.Sku] < l.Quantity) || (!order.HasUse && !MayUse(order.Coupon, order.User)))
            return false;
        order.HasUse = order.Coupon is not null;
        Take(missing.Where(l => !l.ByHand).Select(l => (l.Sku, l.Quantity)));
        return true;
    }

    private void Take(IEnumerable<(string Sku, int Quantity)> lines)
    {
        foreach (var (sku, quantity) in lines)
            _stock[sku] -= quantity;
    }

    private void PutBack(ModelOrder order)
    {
        if (order.Supplied)
            _shelves[order.Lines[0].Sku].PutBack(order.Id);
        else
            Take(order.Lines.Select(l => (l.Sku, -l.Quantity)));
    }
}
