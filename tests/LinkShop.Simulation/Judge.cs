using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Verify;

namespace LinkShop.Simulation;

/// <summary>Compares the engine with the model.</summary>
internal sealed class Judge(Mall mall)
{
    public async Task OrderAsync(ModelOrder model)
    {
        var detail = (await mall.Get<IOrderDesk>().DetailAsync(new TenantScope(model.Tenant), model.Id))!;
        var order = detail.Order;
        var state = order.State == OrderState.Completed ? "Fulfilled" : order.State.ToString();
        var engine = (state, order.Captured.Minor, order.RefundDue.Minor, order.Refunded.Minor);
        var expected = (model.State, model.Kept, model.Due, model.Back);
        if (engine != expected)
            throw new Breach($"order {model.Id} is {engine} (state, captured, due, given back), by the model {expected}");
        await HandedOverAsync(model, detail.OpenTasks);
        if (model.Supplied)
            await SupplyAsync(model);
    }

    /// <summary>The buyer has each line once that was delivered, and people are asked for those that wait, and no other.</summary>
    private async Task HandedOverAsync(ModelOrder model, IReadOnlyList<int> tasks)
    {
        var units = await mall.Database.ReadSystemAsync(c => c.QuerySingleOrDefaultAsync<int>("select count(*) from deliveries where tenant = @shop and order_id = @id", new { shop = model.Tenant, id = model.Id }));
        var expected = model.Lines.Where(l => l.Delivered).Sum(l => l.ByHand || l.Cost > 0 ? 1 : l.Quantity);
        if (units != expected)
            throw new Breach($"of order {model.Id} {units} units were delivered, by the model {expected}");
        var waiting = model.Lines.Select((l, i) => (l.Waits, Line: i + 1)).Where(l => l.Waits).Select(l => l.Line);
        if (!tasks.SequenceEqual(waiting))
            throw new Breach($"of order {model.Id} lines {string.Join(", ", tasks)} wait for a person, by the model {string.Join(", ", waiting)}");
    }

    /// <summary>The supplier has what the shop owes for the order, and has handed over as many keys as were sold, once.</summary>
    private async Task SupplyAsync(ModelOrder model)
    {
        var engine = await mall.Database.ReadSystemAsync(c => c.QuerySingleOrDefaultAsync<(long, long)>(
            """
            select u.captured, (select count(*) from card_key k where k.tenant = u.tenant and k.order_id = u.id and k.state in ('Delivered', 'Revoked'))
            from supply_line s join orders u on u.tenant = s.upstream and u.id = s.supply_order where s.tenant = @shop and s.order_id = @id
            """,
            new { shop = model.Tenant, id = model.Id }));
        var line = model.Lines[0];
        var expected = (ModelRules.SupplyOf(model, line, model.KeptOfLines()[0]), model.Delivered ? line.Quantity : 0L);
        if (engine != expected)
            throw new Breach($"of order {model.Id} the supplier has {engine} (money, keys handed over), by the model {expected}");
    }

    public async Task BooksAsync(IEnumerable<ModelOrder> orders, IReadOnlyDictionary<string, long> paidOut, long payoutFees, IReadOnlyDictionary<string, long> credits, long settled, IReadOnlyDictionary<string, long> writtenOff)
    {
        var expected = new Dictionary<string, long>();
        foreach (var order in orders)
            ModelRules.Add(order, expected);
        // what has gone over from the shop to its supplier
        foreach (var (account, amount) in new[] { ("Stall|SupplyPayable/Mall", -settled), ("Stall|ProviderClearing/resale", settled), ("Mall|ProviderClearing/resale", -settled), ("Mall|SupplyReceivable/Stall", settled) })
            expected[account] = expected.GetValueOrDefault(account) + amount;
        foreach (var (account, amount) in writtenOff.SelectMany(w => new[] { (w.Key + "|ProviderClearing/sim", w.Value), (w.Key + "|PlatformRevenue/", -w.Value) }))
            expected[account] = expected.GetValueOrDefault(account) + amount;
        foreach (var (account, amount) in credits)
            expected["Mall|" + account] = expected.GetValueOrDefault("Mall|" + account) + amount;
        foreach (var (owner, amount) in paidOut)
        {
            expected["Mall|Earner/" + owner] = expected.GetValueOrDefault("Mall|Earner/" + owner) - amount;
            expected["Mall|ProviderClearing/bank"] = expected.GetValueOrDefault("Mall|ProviderClearing/bank") + amount;
        }

        // the fee never leaves
        expected["Mall|ProviderClearing/bank"] = expected.GetValueOrDefault("Mall|ProviderClearing/bank") - payoutFees;
        expected["Mall|PlatformRevenue/"] = expected.GetValueOrDefault("Mall|PlatformRevenue/") + payoutFees;

        var (engine, rows) = (new Dictionary<string, long>(), new List<Row>());
        foreach (var row in await mall.Database.ReadSystemAsync(c => c.QueryAsync<Row>("select tenant, owner, purpose, cast(sum(balance) as bigint) as balance, cast(sum(held) as bigint) as held from ledger_account group by tenant, owner, purpose")))
        {
            rows.Add(row);
            var name = row.Tenant + "|" + (row.Purpose is LedgerPurpose.ProviderClearing or LedgerPurpose.BuyerClearing or LedgerPurpose.PlatformRevenue or LedgerPurpose.Tax
                or LedgerPurpose.BuyerBalance or LedgerPurpose.PointsLiability or LedgerPurpose.SupplyPayable or LedgerPurpose.SupplyReceivable ? $"{row.Purpose}/{row.Owner}" : "Earner/" + row.Owner);
            engine[name] = engine.GetValueOrDefault(name) + row.Balance;
            if (row.Purpose == LedgerPurpose.MerchantPending)
                engine[$"{row.Tenant}|Pending/{row.Owner}"] = row.Balance;
        }

        foreach (var account in expected.Keys.Union(engine.Keys))
        {
            if (expected.GetValueOrDefault(account) != engine.GetValueOrDefault(account))
                throw new Breach($"{account} has {engine.GetValueOrDefault(account)}, by the model {expected.GetValueOrDefault(account)}");
        }

        Debts(rows, expected);
    }

    /// <summary>What isn't pending is free, held or owed: whoever has something free owes nothing, and how much each is follows from their sum and what is held.</summary>
    private static void Debts(List<Row> rows, Dictionary<string, long> expected)
    {
        foreach (var owner in rows.GroupBy(r => (r.Tenant, r.Owner)))
        {
            long Of(params LedgerPurpose[] purposes) => owner.Where(r => purposes.Contains(r.Purpose)).Sum(r => r.Balance);
            var held = owner.Where(r => r.Purpose is LedgerPurpose.MerchantAvailable or LedgerPurpose.PromoterAvailable).Sum(r => r.Held);
            var (available, debt) = (Of(LedgerPurpose.MerchantAvailable, LedgerPurpose.PromoterAvailable), Of(LedgerPurpose.Debt));
            if (debt < 0 && available > held)
                throw new Breach($"{owner.Key} owes {-debt} and has {available - held} free");
            if (!expected.TryGetValue($"{owner.Key.Tenant}|Pending/{owner.Key.Owner}", out var pending))
                continue;
            var rest = expected.GetValueOrDefault($"{owner.Key.Tenant}|Earner/{owner.Key.Owner}") - pending;
            if ((available, debt) != (Math.Max(rest, held), Math.Min(0, rest - held)))
                throw new Breach($"{owner.Key} has {available} available and {debt} of debt, by the model {Math.Max(rest, held)} and {Math.Min(0, rest - held)}");
        }
    }

    public async Task VerifyAsync()
    {
        var report = await mall.Get<ICommerceVerifier>().RunAsync();
        // no worker takes the messages here
        if (report.Breaches.FirstOrDefault(b => b.Code != "outbox_stuck") is { } breach)
            throw new Breach($"verify: {breach.Code} {breach.Id}");
    }

    private sealed record Row(string Tenant, string Owner, LedgerPurpose Purpose, long Balance, long Held);
}
