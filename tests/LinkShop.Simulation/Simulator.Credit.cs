using LinkShop.Commerce;
using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;

namespace LinkShop.Simulation;

/// <summary>What buyers are given, pay with and get back.</summary>
internal sealed partial class Simulator
{
    private readonly List<ModelGrant> _grants = [];
    // by the account's name; the platform's revenue has what was given, less what came back
    private readonly Dictionary<string, long> _credits = [];

    private static string AccountOf(CreditKind kind, string user) => (kind == CreditKind.Points ? "PointsLiability/" : "BuyerBalance/") + user;

    private long Has(CreditKind kind, string user) => _credits.GetValueOrDefault(AccountOf(kind, user));

    private void Give(CreditKind kind, string user, long amount, bool byPlatform)
    {
        _credits[AccountOf(kind, user)] = Has(kind, user) + amount;
        if (byPlatform)
            _credits["PlatformRevenue/"] = _credits.GetValueOrDefault("PlatformRevenue/") - amount;
    }

    private async Task GrantCreditAsync()
    {
        var grant = new ModelGrant($"g{++_next:D8}", $"u{_random.Next(3)}", _random.Next(3) == 0 ? CreditKind.Points : CreditKind.Balance, _random.NextInt64(1, 4_000), Now);
        var draft = new CreditGrant { Id = grant.Id, UserId = grant.User, Kind = grant.Kind, Amount = new Money(grant.Amount, "CNY"), Reason = "simulated", Actor = "simulation" };
        var given = await Task.WhenAll(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => OnceAsync(() => mall.Get<ICredits>().GrantAsync(Scope, draft))).ToList());
        if (given.FirstOrDefault(g => !g.Succeeded).Error is { } error)
            throw new Breach($"a grant was refused: {error.Code}");
        _grants.Add(grant);
        Give(grant.Kind, grant.User, grant.Amount, byPlatform: true);
    }

    private async Task TakeCreditBackAsync()
    {
        if (_grants.Count == 0)
            return;
        var grant = _grants[_random.Next(_grants.Count)];
        var later = _grants.Where(g => g.User == grant.User && g.Kind == grant.Kind && (g.At > grant.At || (g.At == grant.At && string.CompareOrdinal(g.Id, grant.Id) > 0))).Sum(g => g.Amount - g.Taken);
        var left = Math.Min(grant.Amount - grant.Taken, Math.Max(0, Has(grant.Kind, grant.User) - later));
        var draft = new CreditTakeBack { Id = $"t{++_next:D8}", GrantId = grant.Id, Reason = "simulated", Actor = "simulation" };
        foreach (var taken in await Task.WhenAll(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => OnceAsync(() => mall.Get<ICredits>().TakeBackAsync(Scope, draft))).ToList()))
        {
            if ((taken.Succeeded ? taken.Value.Minor : 0) != left)
                throw new Breach($"{(taken.Succeeded ? taken.Value.ToString() : taken.Error!.Code)} of a grant was taken back where {left} was left");
        }

        grant.Taken += left;
        Give(grant.Kind, grant.User, -left, byPlatform: true);
    }

    /// <summary>Some orders of a buyer are paid at the same moment with the same account, each perhaps by several clicks.</summary>
    private async Task PayByCreditAsync()
    {
        if (Any(o => o.User is not null && o.State == "AwaitingPayment") is not { User: { } user })
            return;
        var kind = _random.Next(2) == 0 ? CreditKind.Points : CreditKind.Balance;
        var orders = _orders.Values.Where(o => o.User == user && o.State == "AwaitingPayment").OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).ToList();
        if (_random.Next(5) == 0 && (await OnceAsync(() => mall.Get<ICreditPayments>().PayAsync(Scope, orders[0].Id, "somebody", kind))).Error?.Code != CommerceErrors.NotFound)
            throw new Breach("somebody paid another's order");
        var clicks = orders.SelectMany(o => Enumerable.Repeat(o, _random.Next(1, 4))).Select(o => (Order: o, Paid: OnceAsync(() => mall.Get<ICreditPayments>().PayAsync(Scope, o.Id, user, kind)))).ToList();
        await Task.WhenAll(clicks.Select(c => c.Paid));
        var (has, results) = (Has(kind, user), new Dictionary<ModelOrder, CommerceResult<OrderState>>());
        foreach (var (order, paid) in clicks)
        {
            if (!results.TryAdd(order, await paid) && results[order].Succeeded != (await paid).Succeeded)
                throw new Breach("of two clicks one paid and the other was refused");
        }

        var spent = results.Where(r => r.Value.Succeeded).Sum(r => r.Key.Total);
        foreach (var (order, paid) in results)
        {
            if (!paid.Succeeded && (paid.Error!.Code != CommerceErrors.InsufficientFunds || order.Total <= has - spent))
                throw new Breach($"an order of {order.Total} was refused with {paid.Error.Code} where {has} was there and {spent} was spent");
            if (paid.Succeeded)
                Spent(order, kind);
            await _judge.OrderAsync(order);
        }

        if (spent > has)
            throw new Breach($"{spent} was spent of {has}");
    }

    private void Spent(ModelOrder order, CreditKind kind)
    {
        order.Payments.Add(new ModelPayment(order.Id, kind == CreditKind.Points ? "points" : "balance"));
        Give(kind, order.User!, -order.Total, byPlatform: false);
        Learn(new Letter(order.Id, order.Id, News.Paid, order.Total, "pay-" + order.Id, Now));
    }

    /// <summary>What was paid out of our books goes back at once; who asked dies now and then before it is heard, and asks again.</summary>
    private async Task GiveCreditBackAsync(ModelOrder order, ModelPayment payment)
    {
        var kind = payment.Provider == "points" ? CreditKind.Points : CreditKind.Balance;
        var ask = await OnceAsync(() => mall.Get<IRefundAsks>().NextAsync(Scope, order.Id, payment.Provider, payment.Id)) ?? throw new Breach("nothing is asked where something is due");
        if (ask.Amount.Minor > order.DueOf(payment.Id))
            throw new Breach($"{ask.Amount} is asked for where {order.DueOf(payment.Id)} is due");
        if (_random.Next(4) == 0)
            return;
        var provider = new CreditProvider(kind, mall.Clock);
        foreach (var outcome in await Task.WhenAll(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => OnceAsync(AnswerAsync)).ToList()))
        {
            if (outcome.Error is { } error)
                throw new Breach($"a refund to a balance was refused: {error.Code}");
        }

        Give(kind, order.User!, ask.Amount.Minor, byPlatform: false);
        Learn(new Letter(order.Id, payment.Id, News.Refunded, ask.Amount.Minor, "asked-" + ask.RefundId, Now));
        await _judge.OrderAsync(order);

        // asked anew each time, as after a crash
        async Task<PaymentOutcome> AnswerAsync() => await mall.Get<IPaymentIntake>().ApplyAsync(Scope, (await provider.RefundAsync(ask)).Value!);
    }

    /// <summary>With its release an order brings points; a later refund takes them, as far as they are there.</summary>
    private void Earn(ModelOrder order, bool released)
    {
        if (order.PointsRate == 0 || order.User is null)
            return;
        var kept = order.KeptOfLines();
        var due = (long)Math.Floor(order.Lines.Select((l, i) => l.Released ? kept[i] : 0m).Sum() * order.PointsRate / 10_000);
        var more = released ? Math.Max(0, due - order.Earned) : -Math.Min(Has(CreditKind.Points, order.User), Math.Max(0, order.Earned - due));
        order.Earned += more;
        Give(CreditKind.Points, order.User, more, byPlatform: true);
    }
}

/// <summary>A grant of the model.</summary>
internal sealed record ModelGrant(string Id, string User, CreditKind Kind, long Amount, DateTimeOffset At)
{
    public long Taken { get; set; }
}
