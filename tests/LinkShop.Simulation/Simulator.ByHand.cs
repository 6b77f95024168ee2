using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Simulation;

/// <summary>What staff do because a provider's news don't come: they confirm an order by hand and give money back by hand. The news may come after all.</summary>
internal sealed partial class Simulator
{
    // what really left the bank, by order
    private readonly Dictionary<string, long> _fromBank = [];

    private async Task ConfirmAsync()
    {
        if (Any(o => o.State is "AwaitingPayment" or "Expired" && o.Payments.All(p => p.Paid == 0) && !IsScarce(o.Id)) is not { } order)
            return;
        if (_random.Next(2) == 0)
            Pay(order);
        var crashes = mall.Database.Crashes;
        var result = await OnceAsync(() => mall.Get<IOrderDesk>().ConfirmByHandAsync(ScopeOf(order), order.Id, "simulation", "seen at the bank"));
        Require(result, crashes, "an order was not confirmed by hand");
        order.Payments.Add(new ModelPayment(order.Id, "manual") { Paid = order.Total, Wanted = order.Approved });
        Settle(order);
        Earn(order, released: false);
        await _judge.OrderAsync(order);
        if (order.Kept > 0 && _random.Next(3) > 0)
            await RefundAsync(order);
        if (order.Due > 0 && _random.Next(3) > 0)
            await GiveByHandAsync(order, order.Confirmed!);
    }

    /// <summary>By a transfer, or at the provider's own desk, whose news of it come later, with those of the payment.</summary>
    private async Task GiveByHandAsync(ModelOrder order, ModelPayment confirmed)
    {
        // the news of a dispute may be the first of a payment, and what is disputed may be the same money
        if (order.Payments.Exists(p => p.Frozen))
        {
            var refused = await RecordAsync();
            if (refused.Error?.Code != CommerceErrors.PaymentDisputed)
                throw new Breach($"a refund by hand of what is disputed: {refused.Error?.Code ?? "recorded"}");
            await _judge.OrderAsync(order);
            return;
        }

        var amount = order.DueOf(confirmed.Id);
        var atTheProvider = _letters.FirstOrDefault(l => l.Order == order.Id && l.News == News.Paid && _gateway[l.Payment] >= amount)?.Payment;
        if (atTheProvider is not null && _random.Next(2) == 0)
            GiveBackAtGateway(order.Id, atTheProvider, amount);
        else
            _fromBank[order.Id] = _fromBank.GetValueOrDefault(order.Id) + amount;
        mall.Clock.Advance(TimeSpan.FromSeconds(30));
        var crashes = mall.Database.Crashes;
        var result = await RecordAsync();
        Require(result, crashes, "a refund by hand was not recorded");
        confirmed.Refunded += amount;
        confirmed.Refunds.Add((amount, Now));
        mall.Clock.Advance(TimeSpan.FromSeconds(30));
        Settle(order);
        Earn(order, released: false);
        await _judge.OrderAsync(order);

        Task<CommerceResult<OrderState>> RecordAsync() =>
            OnceAsync(() => mall.Get<IOrderDesk>().MarkGivenBackAsync(ScopeOf(order), order.Id, "manual", order.Id, "simulation", "given back"));
    }

    // after a crash the first attempt may have been the one that did it
    private void Require(CommerceResult<OrderState> result, int crashes, string otherwise)
    {
        if (!result.Succeeded && (mall.Database.Crashes == crashes || result.Error?.Code != CommerceErrors.IllegalTransition))
            throw new Breach($"{otherwise}: {result.Error?.Code}");
    }

    /// <summary>What the buyer really has again is what the books say, whoever gave it back.</summary>
    private void NobodyGaveTwice()
    {
        foreach (var order in _orders.Values.Where(o => o.Confirmed is not null && !o.Payments.Any(p => p.Disputed || p.Ended)))
        {
            var paid = order.Payments.Where(p => !p.ByHand || order.Counting.Contains(p)).ToList();
            var really = _fromBank.GetValueOrDefault(order.Id) + paid.Where(p => p.Provider == "sim").Sum(p => order.Total - _gateway[p.Id]);
            // more than there is to count can only be what somebody gave back at the provider without asking anybody
            if (Math.Min(really, paid.Sum(p => p.Paid)) != order.Back)
                throw new Breach($"of order {order.Id} the buyer has {really} again, by the model {order.Back}");
        }
    }
}
