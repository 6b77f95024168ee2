using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payouts;

namespace LinkShop.Simulation;

/// <summary>Payouts: asked for two at a time, decided, sent by several at once, and asked for again when nobody knows what came of them.</summary>
internal sealed partial class Simulator
{
    private readonly List<Payout> _sending = [];

    // asked for, and nobody has looked at them yet
    private readonly List<Payout> _waiting = [];

    private async Task PayOutAsync()
    {
        if (_waiting.Count > 0 && _random.Next(2) == 0)
            await LookAtAsync(_waiting[_random.Next(_waiting.Count)]);
        var owner = Mall.Earners[_random.Next(Mall.Earners.Length)];
        var has = (await mall.Get<ILedgerReads>().BalanceAsync(Scope, new LedgerAccount(owner, LedgerPurpose.MerchantAvailable), "CNY")).Available.Minor;
        if (has < 2 * ModelRules.PayoutLeast)
            return;
        var requests = Enumerable.Range(0, 2).Select(_ => new PayoutRequest
        {
            Id = $"payout-{++_next:D6}", Owner = owner, Purpose = LedgerPurpose.MerchantAvailable, Amount = new Money(_random.NextInt64(ModelRules.PayoutLeast, has + 1), "CNY"), Actor = owner,
        }).ToList();
        var asked = await Task.WhenAll(requests.Select(r => OnceAsync(() => mall.Get<IPayouts>().RequestAsync(Scope, r))).ToList());
        var possible = requests.Sum(r => r.Amount.Minor) <= has ? 2 : 1;
        if (asked.Count(a => a.Succeeded) != possible)
            throw new Breach($"payouts of {requests[0].Amount} and {requests[1].Amount} from {has}: {asked.Count(a => a.Succeeded)} went through: {string.Join(", ", asked.Select(a => a.Error?.Code))}");
        foreach (var payout in asked.Where(a => a.Succeeded).Select(a => a.Value))
            await DecideAsync(payout);
        if (_sending.Count > 0 && _random.Next(3) == 0)
            await SendAsync(_sending[_random.Next(_sending.Count)]);
    }

    private async Task DecideAsync(Payout payout)
    {
        var payouts = mall.Get<IPayouts>();
        var fate = _random.Next(8);
        if (fate == 2 && !_waiting.Contains(payout))
        {
            _waiting.Add(payout);
            return;
        }

        _waiting.Remove(payout);
        if (fate == 0)
        {
            await EndAsync(() => payouts.CancelAsync(Scope, payout.Id, payout.Owner), PayoutState.Cancelled);
            return;
        }

        foreach (var approver in new[] { "clerk", "boss" }.Take(payout.ApprovalsNeeded))
            await EndAsync(() => payouts.ApproveAsync(Scope, payout.Id, approver), null);
        if (fate == 1)
        {
            await EndAsync(() => payouts.RejectAsync(Scope, payout.Id, "boss", "simulated"), PayoutState.Rejected);
            return;
        }

        _sending.Add(payout);
        await SendAsync(payout);
    }

    /// <summary>What has waited while refunds came: it leaves when nothing is owed, and is called off and pays the debt when something is.</summary>
    private async Task LookAtAsync(Payout payout)
    {
        var debt = await DebtAsync(payout.Owner);
        if (debt == 0)
        {
            await DecideAsync(payout);
            return;
        }

        var refused = await OnceAsync(() => mall.Get<IPayouts>().ApproveAsync(Scope, payout.Id, "clerk"));
        if (refused.Error?.Code != PayoutErrors.OwnerOwes)
            throw new Breach($"payout {payout.Id} was approved although {payout.Owner} owes {-debt}");
        // it outlives whatever goes wrong with one payout, so the next one does what a crash left
        await OnceAsync(() => mall.Get<IPayoutSweep>().SweepAsync());
        await mall.Get<IPayoutSweep>().SweepAsync();
        foreach (var waiting in _waiting.Where(p => p.Owner == payout.Owner).ToList())
        {
            var now = (await mall.Get<IPayouts>().GetAsync(Scope, waiting.Id))!;
            if (now.State == PayoutState.Rejected && now.Note == PayoutErrors.OwnerOwes)
                _waiting.Remove(waiting);
            else if (now.State != PayoutState.Requested || await DebtAsync(payout.Owner) != 0)
                throw new Breach($"payout {waiting.Id} of {payout.Owner}, who owed {-debt}, is {now.State}");
        }

        // it sent the others too
        foreach (var other in _sending.ToList())
            await SendAsync(other);
    }

    private async Task<long> DebtAsync(string owner) => (await mall.Get<ILedgerReads>().BalanceAsync(Scope, new LedgerAccount(owner, LedgerPurpose.Debt), "CNY")).Balance.Minor;

    // after a crash the first attempt may have been the one that did it
    private async Task EndAsync(Func<Task<CommerceResult<Payout>>> decide, PayoutState? state)
    {
        var crashes = mall.Database.Crashes;
        var result = await OnceAsync(decide);
        if (result.Succeeded ? state is { } wanted && result.Value.State != wanted : mall.Database.Crashes == crashes || result.Error!.Code is not (CommerceErrors.IllegalTransition or PayoutErrors.FourEyes))
            throw new Breach($"a payout couldn't become {state?.ToString() ?? "approved"}: {(result.Succeeded ? result.Value.State : result.Error!.Code)}");
    }

    private async Task SendAsync(Payout payout)
    {
        await Task.WhenAll(Enumerable.Range(0, _random.Next(1, 3)).Select(_ => OnceAsync(() => mall.Get<IPayouts>().SendAsync(Scope, payout.Id))).ToList());
        var now = (await mall.Get<IPayouts>().GetAsync(Scope, payout.Id))!;
        var left = mall.Bank.Paid.GetValueOrDefault(payout.Id);
        if (now.State is not (PayoutState.Sending or PayoutState.Paid or PayoutState.Failed) || (now.State == PayoutState.Failed && left > 0) || (now.State == PayoutState.Paid && left != now.Net.Minor))
            throw new Breach($"payout {payout.Id} of {payout.Net} is {now.State}, and the bank paid {left}");
        if (now.State == PayoutState.Sending)
            return;
        _sending.Remove(payout);
        if (now.State == PayoutState.Paid)
        {
            _paidOut[payout.Owner] = _paidOut.GetValueOrDefault(payout.Owner) + payout.Amount.Minor;
            _payoutFees += payout.Amount.Minor - left;
            if (payout.Fee.Minor != ModelRules.PayoutFee(payout.Amount.Minor))
                throw new Breach($"the fee of a payout of {payout.Amount} is {payout.Fee}");
        }
    }

    /// <summary>Whatever is on its way is asked for until it is known what came of it.</summary>
    private async Task DrainPayoutsAsync()
    {
        while (_waiting.Count > 0)
            await LookAtAsync(_waiting[0]);
        for (var round = 0; round < 5 && _sending.Count > 0; round++)
        {
            foreach (var payout in _sending.ToList())
                await SendAsync(payout);
        }

        if (_sending.Count > 0)
            throw new Breach($"payout {_sending[0].Id} never ends");
        if (mall.Bank.Paid.Values.Sum() != _paidOut.Values.Sum() - _payoutFees)
            throw new Breach($"the bank paid {mall.Bank.Paid.Values.Sum()}, by the model {_paidOut.Values.Sum() - _payoutFees}");
    }
}
