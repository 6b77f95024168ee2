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
        var order = (await mall.Get<IOrderDesk>().DetailAsync(Mall.Scope, model.Id))!.Order;
        var state = order.State == OrderState.Completed ? "Fulfilled" : order.State.ToString();
        var engine = (state, order.Captured.Minor, order.RefundDue.Minor, order.Refunded.Minor);
        var expected = (model.State, model.Kept, model.Due, model.Back);
        if (engine != expected)
            throw new Breach($"order {model.Id} is {engine} (state, captured, due, given back), by the model {expected}");
    }

    public async Task BooksAsync(IEnumerable<ModelOrder> orders, IReadOnlyDictionary<string, long> paidOut, long payoutFees, IReadOnlyDictionary<string, long> credits)
    {
        var expected = new Dictionary<string, long>();
        foreach (var order in orders)
            ModelRules.Add(order, expected);
        foreach (var (account, amount) in credits)
            expected[account] = expected.GetValueOrDefault(account) + amount;
        foreach (var (owner, amount) in paidOut)
        {
            expected["Earner/" + owner] = expected.GetValueOrDefault("Earner/" + owner) - amount;
            expected["ProviderClearing/bank"] = expected.GetValueOrDefault("ProviderClearing/bank") + amount;
        }

        // the fee never leaves
        expected["ProviderClearing/bank"] = expected.GetValueOrDefault("ProviderClearing/bank") - payoutFees;
        expected["PlatformRevenue/"] = expected.GetValueOrDefault("PlatformRevenue/") + payoutFees;

        var engine = new Dictionary<string, long>();
        foreach (var row in await mall.Database.ReadSystemAsync(c => c.QueryAsync<Row>("select owner, purpose, cast(sum(balance) as bigint) as balance from ledger_account group by owner, purpose")))
        {
            var name = row.Purpose is LedgerPurpose.ProviderClearing or LedgerPurpose.BuyerClearing or LedgerPurpose.PlatformRevenue or LedgerPurpose.Tax
                or LedgerPurpose.BuyerBalance or LedgerPurpose.PointsLiability ? $"{row.Purpose}/{row.Owner}" : "Earner/" + row.Owner;
            engine[name] = engine.GetValueOrDefault(name) + row.Balance;
            if (row.Purpose == LedgerPurpose.MerchantPending)
                engine["Pending/" + row.Owner] = row.Balance;
        }

        foreach (var account in expected.Keys.Union(engine.Keys))
        {
            if (expected.GetValueOrDefault(account) != engine.GetValueOrDefault(account))
                throw new Breach($"{account} has {engine.GetValueOrDefault(account)}, by the model {expected.GetValueOrDefault(account)}");
        }
    }

    public async Task VerifyAsync()
    {
        var report = await mall.Get<ICommerceVerifier>().RunAsync();
        // no worker takes the messages here
        if (report.Breaches.FirstOrDefault(b => b.Code != "outbox_stuck") is { } breach)
            throw new Breach($"verify: {breach.Code} {breach.Id}");
    }

    private sealed record Row(string Owner, LedgerPurpose Purpose, long Balance);
}
