using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;

namespace LinkShop.Simulation;

/// <summary>Money news that is on its way; it may be lost for long, come twice and overtake others.</summary>
internal sealed record Letter(string Order, string Payment, News News, long Amount, string Id, DateTimeOffset At, string? RefundId = null);

/// <summary>What the provider tells, when it arrives, and what it has of each payment.</summary>
internal sealed partial class Simulator
{
    private Task PayAsync()
    {
        if (Any(o => o.Payments.Count < 2 && o.State is "AwaitingPayment" or "Expired" or "Cancelled" || _random.Next(20) == 0) is { } order)
            Pay(order);
        return Task.CompletedTask;
    }

    private void Pay(ModelOrder order)
    {
        var payment = $"{order.Id}-{++_next}";
        _gateway[payment] = order.Total;
        Move(new Letter(order.Id, payment, News.Paid, order.Total, "paid-" + payment, Now), _random.Next(1, 3));
        if (_random.Next(12) == 0)
            GiveBackAtGateway(order.Id, payment, _random.NextInt64(1, order.Total + 1));
    }

    private void GiveBackAtGateway(string order, string payment, long amount)
    {
        _gateway[payment] -= amount;
        Move(new Letter(order, payment, News.Refunded, amount, $"back-{payment}-{++_next}", Now));
    }

    /// <summary>Some letters arrive: of several orders at the same moment, each perhaps several times at once.</summary>
    private async Task NewsAsync()
    {
        var arriving = new List<Letter>();
        for (var i = _random.Next(1, 5); i > 0 && _letters.Count > 0; i--)
        {
            var letter = _letters[_random.Next(_letters.Count)];
            if (arriving.All(l => l.Order != letter.Order) && (i == 1 || !IsScarce(letter.Order)))
            {
                arriving.Add(letter);
                _letters.Remove(letter);
            }
        }

        var scarce = arriving.Where(l => IsScarce(l.Order)).Take(1).ToList();
        _letters.AddRange(arriving.Except(scarce).Where(l => scarce.Count > 0));
        await ArriveAsync(scarce.Count > 0 ? scarce : arriving);
    }

    private async Task ArriveAsync(IReadOnlyList<Letter> arriving)
    {
        if (arriving.Count == 0)
            return;
        var tasks = arriving.SelectMany(l => Enumerable.Repeat(l, _random.Next(1, 4))).Select(l => OnceAsync(() => mall.Get<IPaymentIntake>().ApplyAsync(ScopeOf(_orders[l.Order]), Event(l)))).ToList();
        foreach (var outcome in await Task.WhenAll(tasks))
        {
            if (outcome.Error is { } error)
                throw new Breach($"a payment event was refused: {error.Code}");
        }

        foreach (var letter in arriving)
        {
            Recognise(letter);
            Learn(letter);
        }

        foreach (var letter in arriving)
            await _judge.OrderAsync(_orders[letter.Order]);
    }

    private void Learn(Letter letter)
    {
        var order = _orders[letter.Order];
        var payment = order.Payments.Find(p => p.Id == letter.Payment);
        if (payment is null)
            order.Payments.Add(payment = new ModelPayment(letter.Payment) { Wanted = order.Approved });
        if (_answered.Add(letter.Id))
        {
            Answer(letter);
            payment.Paid = letter.News == News.Paid ? letter.Amount : payment.Paid;
            payment.Refunded += letter.News == News.Refunded ? letter.Amount : 0;
            if (letter.News == News.Refunded)
                payment.Refunds.Add((letter.Amount, letter.At));
            payment.Disputed |= letter.News == News.Disputed;
            payment.Ended |= letter.News is News.Won or News.Lost;
            payment.Lost += letter.News == News.Lost ? letter.Amount : 0;
            Settle(order);
            Earn(order, released: false);
        }
    }

    /// <summary>Everything arrives in the end, and everything that is due goes back.</summary>
    private async Task DrainAsync()
    {
        for (var round = 0; round == 0 || _letters.Count + _late.Count + _unfiled.Count > 0 || _orders.Values.Any(IsOwed); round++)
        {
            if (round == 20)
                throw new Breach($"after {round} rounds {_letters.Count} letters are under way, and of order {_orders.Values.FirstOrDefault(IsOwed)?.Id} something is due still");
            while (_letters.Count > 0)
            {
                var letter = _letters[_random.Next(_letters.Count)];
                _letters.Remove(letter);
                await ArriveAsync([letter]);
            }

            await StatementAsync();
            if (round > 0)
            {
                _letters.AddRange(_late);
                _late.Clear();
            }

            foreach (var order in _orders.Values.Where(o => o.Due > 0).ToList())
            {
                // what is still on its way may be the answer
                if (await AskAsync(order) is { } unclear && Untold.All(l => l.Payment != unclear.Id))
                    await LookAndGiveBackAsync(order, unclear);
            }
        }

        foreach (var (payment, left) in _gateway)
        {
            var order = _orders.Values.First(o => payment.StartsWith(o.Id, StringComparison.Ordinal));
            if (order.Payments.Find(p => p.Id == payment) is { } known && known.Paid - known.BackThere - known.Excess + known.Transferred != left)
                throw new Breach($"the provider has {left} of payment {payment}, the model {known.Paid - known.BackThere - known.Excess + known.Transferred}");
        }

        NobodyGaveTwice();
    }

    // what is disputed is asked for when that has ended
    private static bool IsOwed(ModelOrder order) => order.Payments.Any(p => !p.Frozen && order.DueOf(p.Id) > 0);

    private static PaymentEvent Event(Letter letter) => new()
    {
        Provider = "sim",
        EventId = letter.Id,
        PaymentId = letter.Payment,
        OrderId = letter.Order,
        Amount = new Money(letter.Amount, "CNY"),
        OccurredAt = letter.At,
        RefundId = letter.RefundId,
        Kind = letter.News switch
        {
            News.Paid => PaymentEventKind.Paid,
            News.Refunded => PaymentEventKind.Refunded,
            News.Disputed => PaymentEventKind.Disputed,
            News.Won => PaymentEventKind.DisputeWon,
            _ => PaymentEventKind.DisputeLost,
        },
    };
}
