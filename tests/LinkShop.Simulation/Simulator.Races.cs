using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Refunds;

namespace LinkShop.Simulation;

/// <summary>Somebody is paid out while a buyer gets money back, perhaps the same.</summary>
internal sealed partial class Simulator
{
    private async Task RaceAsync()
    {
        if (Any(o => o.Kept > 0 && o.State != "Disputed" && !o.Supplied) is not { } order)
            return;
        var kept = order.KeptOfLines();
        var line = Array.FindIndex(kept, k => k > 0);
        var refund = new RefundDraft
        {
            Id = $"refund-{++_next}", OrderId = order.Id, Lines = [new RefundLine(line + 1, _random.Next(3) == 0 ? kept[line] : _random.NextInt64(1, kept[line] + 1))], Reason = RefundReason.Other, Payer = RefundPayer.Merchant,
        };
        var owner = Mall.Earners[_random.Next(Mall.Earners.Length)];
        var has = (await mall.Get<ILedgerReads>().BalanceAsync(Scope, new LedgerAccount(owner, LedgerPurpose.MerchantAvailable), "CNY")).Available.Minor;
        if (has < ModelRules.PayoutLeast)
            return;
        // most of the time all there is
        var amount = _random.Next(3) == 0 ? _random.NextInt64(ModelRules.PayoutLeast, has + 1) : has;
        var request = new PayoutRequest { Id = $"payout-{++_next:D6}", Owner = owner, Purpose = LedgerPurpose.MerchantAvailable, Amount = new Money(amount, "CNY"), Actor = owner };
        var (byPlatform, owed) = (_random.Next(2) == 0, await OwedAsync());

        var left = PayOutAtOnceAsync(request);
        var back = OnceAsync(() => mall.Get<IRefunds>().GrantAsync(Scope, refund, "simulation", byPlatform));
        await Task.WhenAll(left, back);
        if (back.Result.Succeeded)
            Back(order, line, refund.Lines[0].Minor);
        else if (byPlatform || back.Result.Error!.Code != CommerceErrors.SellerShort)
            throw new Breach($"a refund of {refund.Lines[0].Minor} of {kept[line]} beside a payout was refused: {back.Result.Error!.Code}");
        // what was set aside for a payout is nothing that a shop gives back by itself
        if (!byPlatform && await OwedAsync() is var now && now != owed)
            throw new Breach($"a shop's own refund beside payout {request.Id} made {now} owed, before it {owed}");
        if (left.Result is { } payout)
            await EndRaceAsync(payout);
        await _judge.OrderAsync(order);
        await _judge.BooksAsync(_orders.Values, _paidOut, _payoutFees, _credits, _settled, WrittenOff());
    }

    private void Back(ModelOrder order, int line, long amount)
    {
        order.Decide(amount);
        order.Lines[line].BackByMerchant += amount;
        Settle(order);
        Earn(order, released: false);
    }

    /// <summary>As fast as people and workers can; each step may be refused because of the refund.</summary>
    private async Task<Payout?> PayOutAtOnceAsync(PayoutRequest request)
    {
        var payouts = mall.Get<IPayouts>();
        var asked = await OnceAsync(() => payouts.RequestAsync(Scope, request));
        if (!asked.Succeeded)
            return null;
        foreach (var approver in new[] { "clerk", "boss" }.Take(asked.Value.ApprovalsNeeded))
            await OnceAsync(() => payouts.ApproveAsync(Scope, request.Id, approver));
        await OnceAsync(() => payouts.SendAsync(Scope, request.Id));
        return asked.Value;
    }

    /// <summary>Who owes when it is over isn't paid: what hadn't left is called off. Who doesn't is paid, or a step was refused before the debt was.</summary>
    private async Task EndRaceAsync(Payout asked)
    {
        var payout = (await mall.Get<IPayouts>().GetAsync(Scope, asked.Id))!;
        if (payout.State is PayoutState.Sending or PayoutState.Paid or PayoutState.Failed)
        {
            _sending.Add(payout);
            await SendAsync(payout);
            return;
        }

        var debt = await DebtAsync(payout.Owner);
        if (debt == 0)
            throw new Breach($"payout {payout.Id} is {payout.State} although {payout.Owner} owes nothing");
        await mall.Get<IPayoutSweep>().SweepAsync();
        var ended = (await mall.Get<IPayouts>().GetAsync(Scope, payout.Id))!;
        // what another payout gave back may have paid the debt first
        if (ended is not { State: PayoutState.Rejected, Note: PayoutErrors.OwnerOwes })
        {
            if (await DebtAsync(payout.Owner) is var still && still != 0)
                throw new Breach($"payout {payout.Id} of {payout.Owner}, who owes {-still}, is {ended.State}");
            if (ended.State == PayoutState.Requested)
                await EndAsync(() => mall.Get<IPayouts>().CancelAsync(Scope, payout.Id, payout.Owner), PayoutState.Cancelled);
            else
                _sending.Add(ended);
        }

        // the sweep went on with the others
        foreach (var other in _sending.ToList())
            await SendAsync(other);
        foreach (var waiting in _waiting.ToList())
        {
            if ((await mall.Get<IPayouts>().GetAsync(Scope, waiting.Id))!.State == PayoutState.Rejected)
                _waiting.Remove(waiting);
        }
    }

    private async Task<string> OwedAsync()
    {
        var debts = new List<string>();
        foreach (var earner in Mall.Earners)
            debts.Add($"{earner} {await DebtAsync(earner)}");
        return string.Join(", ", debts);
    }
}
