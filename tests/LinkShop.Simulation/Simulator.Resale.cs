using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Resale;

namespace LinkShop.Simulation;

/// <summary>A stall sells goods of the mall on: its orders are paid, disputed and given back like all others; the mall changes terms, stops, fills up and recalls.</summary>
internal sealed partial class Simulator
{
    private readonly Dictionary<string, Shelf> _shelves = ResoldGood.All.ToDictionary(g => g.Sku, _ => new Shelf());
    // what a shop pays for one now; null while the mall has stopped it
    private readonly Dictionary<string, long?> _costs = ResoldGood.All.ToDictionary(g => g.Sku, _ => (long?)600);
    private DateOnly _settledOn;
    private long _settled;

    private async Task ResellAsync()
    {
        var good = ResoldGood.All[_random.Next(ResoldGood.All.Length)];
        if (_shelves[good.Sku].Left == 0 && _shelves[good.Sku].Batches.Count == 0)
            await FillAsync(good.Sku, good.Sku == "few" ? 4 : 3_000);
        var (id, quantity) = (++_next, _random.Next(1, 4));
        var request = new OrderRequest
        {
            Lines = [new OrderLineRequest { SkuId = mall.Listed[good.Sku], Quantity = quantity }],
            Contact = $"b{id}@example.com",
            LookupPassword = "simulated",
            ClientAddress = "192.0.2.1",
            IdempotencyKey = $"order-{seed}-{id}",
        };
        var result = await OnceAsync(() => mall.Get<IOrdering>().CreateAsync(Mall.Stall, request));
        var there = _costs[good.Sku] is not null && _shelves[good.Sku].Left >= quantity;
        if (result.Succeeded != there)
            throw new Breach($"an order of {good.Sku} was {(there ? "refused: " + result.Error?.Code : "made without stock, or against the supplier's terms")}");
        if (!there)
            return;
        var order = new ModelOrder
        {
            Id = result.Value.OrderId,
            Tenant = Mall.Stall.Tenant,
            Lines = [new ModelLine { Sku = good.Sku, Merchant = "sam", Quantity = quantity, Total = ResoldGood.Price * quantity, Cost = _costs[good.Sku]!.Value * quantity, Keeps = good.Keeps }],
            Until = result.Value.ReservedUntil,
        };
        _shelves[good.Sku].Take(order.Id, quantity);
        if (order.Total != result.Value.Total.Minor || !_orders.TryAdd(order.Id, order))
            throw new Breach("an order has a wrong total, or was made twice");
    }

    /// <summary>For an order that was paid after its reservation had ended: it is a sale of now, and what was agreed then has to cover it.</summary>
    private bool TakeFromShelf(ModelOrder order, bool again)
    {
        var line = order.Lines[0];
        return (!again || _costs[line.Sku] * line.Quantity <= line.Cost) && _shelves[line.Sku].Take(order.Id, line.Quantity);
    }

    /// <summary>The mall asks more or less, stops or goes on.</summary>
    private async Task TermsAsync()
    {
        var good = ResoldGood.All[_random.Next(ResoldGood.All.Length)];
        var cost = _random.Next(3) == 0 ? null : (long?)_random.NextInt64(500, 800);
        var changed = await OnceAsync(() => cost is { } asked ? mall.OfferAsync(good, asked) : mall.Get<IResaleOffers>().StopAsync(Scope, mall.ResaleOffers[good.Sku], "simulated", "simulation"));
        if (changed.Error is { } error)
            throw new Breach($"terms couldn't be changed: {error.Code}");
        _costs[good.Sku] = cost;
    }

    private async Task FillAsync(string sku, int keys)
    {
        var text = string.Concat(Enumerable.Range(0, keys).Select(i => $"{sku}-{_next}-{i:D6}\n"));
        _next++;
        var report = await mall.ImportAsync(sku, text);
        if (report.Imported != keys)
            throw new Breach($"{report.Imported} of {keys} keys were imported");
        _shelves[sku].Fill(report.BatchId, keys);
    }

    /// <summary>New keys of the good that is often sold out, or an import of it is recalled.</summary>
    private async Task ShelfAsync()
    {
        var shelf = _shelves["few"];
        if (shelf.Batches.Count == 0 || _random.Next(3) > 0)
        {
            await FillAsync("few", _random.Next(1, 7));
            return;
        }

        var batch = shelf.Batches[_random.Next(shelf.Batches.Count)];
        var holders = shelf.Holders(batch).Where(h => _orders[h.Order].Holds).ToList();
        if (await OnceAsync(() => mall.Get<IKeyPools>().RecallBatchAsync(Scope, batch, "simulation")) is null)
            throw new Breach("an import couldn't be recalled");
        shelf.Recall(batch);
        await ExchangedAsync(shelf, holders);
        var left = await mall.Database.ReadAsync(Scope, c => mall.Get<IKeyStock>().CountAvailableAsync(c, [mall.Pools["few"]], 1_000));
        if (left[mall.Pools["few"]] != shelf.Left)
            throw new Breach($"{left[mall.Pools["few"]]} keys are for sale, by the model {shelf.Left}");
    }

    /// <summary>Unpaid orders that held recalled keys hold others or are called off; which of them, when there aren't enough for all, is the engine's to choose.</summary>
    private async Task ExchangedAsync(Shelf shelf, List<(string Order, int Keys)> holders)
    {
        const string now = """
            select l.order_id, k.batch_id, count(*) from card_key k join supply_line l on l.upstream = k.tenant and l.supply_order = k.order_id
            where k.state = 'Reserved' group by l.order_id, k.batch_id
            """;
        var enough = holders.Sum(h => h.Keys) <= shelf.Left;
        var held = (await mall.Database.ReadSystemAsync(c => c.QueryAsync<(string Order, long Batch, long Keys)>(now))).ToLookup(h => h.Order, h => (h.Batch, (int)h.Keys));
        var ended = holders.Where(h => !held.Contains(h.Order)).Select(h => _orders[h.Order]).ToList();
        if (enough == ended.Count > 0 && holders.Count > 0)
            throw new Breach($"{ended.Count} orders were called off by a recall with {shelf.Left} keys left");
        foreach (var order in ended)
        {
            (order.State, order.Holds) = ("Cancelled", false);
            PutBack(order);
        }

        foreach (var (order, _) in holders.Where(h => held.Contains(h.Order)))
            shelf.Hold(order, [.. held[order]]);
        foreach (var order in ended)
            await _judge.OrderAsync(order);
    }

    /// <summary>Days pass, and what the stall owes goes over; several processes do it at once, and one that dies does it again.</summary>
    private async Task SettleSuppliesAsync()
    {
        mall.Clock.Advance(TimeSpan.FromHours(_random.Next(1, 30)));
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        await Task.WhenAll(Enumerable.Range(0, _random.Next(1, 3)).Select(_ => OnceAsync(() => mall.Get<ISupplyDues>().SweepAsync())).ToList());
        // a death is only logged there
        await mall.Get<ISupplyDues>().SweepAsync();
        if (_settledOn == today)
            return;
        (_settledOn, _settled) = (today, _orders.Values.Where(o => o.Supplied).Sum(o => ModelRules.SupplyOf(o, o.Lines[0], o.KeptOfLines()[0])));
    }

    /// <summary>What the stall could have paid out now: a refund that its supplier doesn't share is taken from it.</summary>
    private async Task<long> EarnedAsync() =>
        (await mall.Get<ILedgerReads>().BalanceAsync(Mall.Stall, new LedgerAccount("sam", LedgerPurpose.MerchantAvailable), "CNY")).Available.Minor;

    private static bool CanBear(ModelOrder order, long back, RefundPayer payer, ref long has)
    {
        if (!order.Supplied || !order.Lines[0].Keeps || payer == RefundPayer.Platform)
            return true;
        var (line, kept) = (order.Lines[0], order.KeptOfLines()[0]);
        long Left(long kept) => ModelRules.MerchantOf(order, line, kept, ModelRules.CostFixed, (_, _) => { });
        var needs = line.Released ? Left(kept) - Left(kept - back) : Math.Max(0, -Left(kept - back)) - Math.Max(0, -Left(kept));
        if (needs > 0 && needs > has)
            return false;
        has -= Math.Max(0, needs);
        return true;
    }
}
