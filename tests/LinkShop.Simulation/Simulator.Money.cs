using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Settlement;

namespace LinkShop.Simulation;

/// <summary>What is done with orders that are paid, and with what was earned by them.</summary>
internal sealed partial class Simulator
{
    private async Task RefundAsync()
    {
        if (Any(o => o.Kept > 0 && o.State != "Disputed") is { } order)
            await RefundAsync(order);
    }

    private async Task RefundAsync(ModelOrder order)
    {
        var kept = order.KeptOfLines();
        var line = _random.Next(kept.Length);
        var amount = _random.Next(4) == 0 ? kept[line] + _random.Next(0, 2) : _random.NextInt64(1, Math.Max(2, kept[line] / 2));
        var payer = _random.Next(5) == 0 ? RefundPayer.Platform : RefundPayer.Merchant;
        var drafts = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => new RefundDraft
        {
            Id = $"refund-{++_next}", OrderId = order.Id, Lines = [new RefundLine(line + 1, Math.Max(1, amount))], Reason = RefundReason.Other, Payer = payer, RevokeKeys = _random.Next(3) == 0,
        }).ToList();
        var has = order.Supplied ? await EarnedAsync() : 0;
        var results = await Task.WhenAll(drafts.Select(d => OnceAsync(() => mall.Get<IRefunds>().GrantAsync(ScopeOf(order), d, "simulation", forPlatform: payer == RefundPayer.Platform || !order.Supplied || !order.Lines[0].Keeps))).ToList());
        var each = drafts[0].Lines[0].Minor;
        var possible = 0;
        for (; possible < drafts.Count && order.KeptOfLines()[line] >= each && order.State != "Disputed" && CanBear(order, each, payer, ref has); possible++)
        {
            order.Decide(each);
            if (payer == RefundPayer.Platform)
                order.Lines[line].BackByPlatform += each;
            else
                order.Lines[line].BackByMerchant += each;
            Settle(order);
            Earn(order, released: false);
        }

        if (results.Count(r => r.Succeeded) != possible)
            throw new Breach($"{results.Count(r => r.Succeeded)} refunds of {each} went through, not {possible}; {kept[line]} was left: {string.Join(", ", results.Select(r => r.Error?.Code))}");
        await _judge.OrderAsync(order);
    }

    private async Task AskAsync()
    {
        if (Any(o => o.Due > 0) is { } order)
            await AskAsync(order);
    }

    /// <returns>The payment about which nobody may ask any more, because less is due than was asked for without an answer: a person has to look.</returns>
    private async Task<ModelPayment?> AskAsync(ModelOrder order)
    {
        var payment = order.Counting.Where(p => p.Left > 0 && order.DueOf(p.Id) > 0).OrderBy(p => p.Frozen).First();
        if (payment.Own || payment.ByHand)
        {
            await (payment.Own ? GiveCreditBackAsync(order, payment) : GiveByHandAsync(order, payment));
            return null;
        }

        // the process dies also between asking and hearing the answer: then it asks again
        for (var times = _random.Next(1, 3); times > 0; times--)
        {
            if (await OnceAsync(() => mall.Get<IRefundAsks>().NextAsync(ScopeOf(order), order.Id, "sim", payment.Id)) is not { } ask)
                return payment.Frozen ? null : payment;
            _questions[payment.Id] = ask;
            if (payment.Frozen)
                throw new Breach($"the provider is asked for {ask.Amount} of {payment.Id} while that is disputed");
            if (ask.Amount.Minor > order.DueOf(payment.Id))
                throw new Breach($"the provider is asked for {ask.Amount} where {order.DueOf(payment.Id)} is due");
            if (_answered.Contains("asked-" + ask.RefundId))
                continue;
            if (_gateway[payment.Id] < ask.Amount.Minor)
            {
                // somebody gave a part back there; who asked dies now and then before it has told the refusal
                if (_random.Next(3) > 0)
                    await OnceAsync(() => RefusedAsync(order, ask));
                continue;
            }

            _answered.Add("asked-" + ask.RefundId);
            _gateway[payment.Id] -= ask.Amount.Minor;
            Move(new Letter(order.Id, payment.Id, News.Refunded, ask.Amount.Minor, "refund-" + ask.RefundId, Now, _random.Next(4) == 0 ? null : ask.RefundId));
            var unasked = Untold.Where(l => l.Payment == payment.Id && (l.News == News.Lost || l.Id.StartsWith("back-", StringComparison.Ordinal))).Sum(l => l.Amount);
            if (order.Total - _gateway[payment.Id] - unasked > payment.BackThere - payment.Transferred + order.DueOf(payment.Id))
                throw new Breach($"the provider gave back {order.Total - _gateway[payment.Id]} of {payment.Id} where {payment.BackThere} went back and {order.DueOf(payment.Id)} is due");
        }

        return null;
    }

    private async Task<bool> RefusedAsync(ModelOrder order, RefundRequest ask)
    {
        await mall.Get<IRefundAsks>().RefusedAsync(ScopeOf(order), ask, "sim");
        return true;
    }

    /// <summary>Nobody knows what came of a question, and less is due by now: staff look at the provider's desk, give the rest back there or from the bank, and record it.</summary>
    private async Task LookAndGiveBackAsync(ModelOrder order, ModelPayment payment)
    {
        var amount = order.DueOf(payment.Id);
        mall.Clock.Advance(TimeSpan.FromSeconds(30));
        var crashes = mall.Database.Crashes;
        var by = _random.Next(2) == 0 ? GivenBackBy.Provider : GivenBackBy.Bank;
        Require(await OnceAsync(() => mall.Get<IOrderDesk>().MarkGivenBackAsync(ScopeOf(order), order.Id, "sim", payment.Id, "simulation", "given back", by)), crashes, "what a person gave back was not recorded");
        if (by == GivenBackBy.Bank)
        {
            _fromBank[order.Id] = _fromBank.GetValueOrDefault(order.Id) + amount;
            payment.Refunded += amount;
            payment.Transferred += amount;
            Settle(order);
            Earn(order, released: false);
            await _judge.OrderAsync(order);
            return;
        }

        _gateway[payment.Id] -= amount;
        var done = new Letter(order.Id, payment.Id, News.Refunded, amount, $"looked-{payment.Id}-{++_next}", Now);
        // its own news of that come too
        Move(done);
        Learn(done);
        _takenOver.Add(done);
        await _judge.OrderAsync(order);
    }

    private Task DisputeAsync()
    {
        if (Any(o => o.Payments.Any(p => p.Provider == "sim")) is not { } order)
            return Task.CompletedTask;
        var payments = order.Payments.FindAll(p => p.Provider == "sim");
        var payment = payments[_random.Next(payments.Count)].Id;
        // one that ended doesn't begin anew
        if (!_answered.Add("dispute-" + payment))
            return Task.CompletedTask;
        var over = _random.Next(2) == 0 ? order.Total : _random.NextInt64(1, order.Total + 1);
        _letters.Add(new Letter(order.Id, payment, News.Disputed, over, "disputed-" + payment, Now));
        if (_random.Next(4) > 0)
        {
            var won = _random.Next(2) == 0;
            var end = new Letter(order.Id, payment, won ? News.Won : News.Lost, over, "ended-" + payment, Now);
            if (won)
            {
                _letters.Add(end);
                return Task.CompletedTask;
            }

            _gateway[payment] -= over;
            Move(end);
        }

        return Task.CompletedTask;
    }

    private async Task DeliverAsync()
    {
        if (Any(o => o.Lines.Any(l => l.ByHand) && (o.Open || _random.Next(10) == 0)) is not { } order)
            return;
        var at = _random.Next(order.Lines.Count);
        var line = order.Lines[at];
        var expected = line.Waits && order.State != "Disputed";
        var crashes = mall.Database.Crashes;
        var result = await OnceAsync(() => mall.Get<IOrderDesk>().DeliverByHandAsync(Scope, order.Id, at + 1, "done", "simulation"));
        // after a crash the first attempt may have been the one that did it
        if (result.Succeeded != expected && (mall.Database.Crashes == crashes || result.Error?.Code != CommerceErrors.IllegalTransition || !expected))
            throw new Breach($"delivery by hand {(expected ? "was refused: " + result.Error?.Code : "went through without being due")}");
        if (!expected)
            return;
        (line.Waits, line.Delivered) = (false, true);
        order.HandOver(Now);
        if (order.State == "Fulfilling" && order.Delivered)
            order.State = "Fulfilled";
        await _judge.OrderAsync(order);
    }

    private async Task ReleaseAsync()
    {
        mall.Clock.Advance(TimeSpan.FromHours(_random.Next(1, 96)));
        await OnceAsync(() => mall.Get<IReleases>().SweepAsync());
        foreach (var order in _orders.Values.Where(o => o.Delivered && o.Frozen && o.State != "Disputed" && o.DeliveredAt!.Value.AddDays(ModelRules.Days) <= Now))
        {
            var kept = order.KeptOfLines();
            var before = order.Lines.Select(l => l.Released).ToArray();
            for (var i = 0; i < kept.Length; i++)
                order.Lines[i].Released |= kept[i] + order.Lines[i].BackByPlatform > 0;
            if (!before.SequenceEqual(order.Lines.Select(l => l.Released)))
                Earn(order, released: true);
            foreach (var line in order.Lines.Where((l, i) => l.Cost > 0 && ModelRules.SupplyOf(order, l, kept[i]) > 0))
                line.SupplyReleased = true;
        }
    }

    private async Task ExpireAsync()
    {
        mall.Clock.Advance(TimeSpan.FromMinutes(_random.Next(1, 20)));
        await OnceAsync(() => mall.Get<IOrderExpiry>().SweepAsync());
        foreach (var order in _orders.Values.Where(o => o.State == "AwaitingPayment" && o.Until <= Now))
        {
            order.State = "Expired";
            order.Holds = false;
            order.HasUse = false;
            PutBack(order);
        }
    }
}
