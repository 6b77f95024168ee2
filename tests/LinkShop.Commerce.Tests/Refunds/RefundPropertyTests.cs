using FsCheck;
using FsCheck.Fluent;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

public sealed class RefundPropertyTests
{
    private enum Step { Decide, AtProvider, Arrive, Again, Ask }

    [Theory]
    [InlineData(CommerceDialect.Sqlite, 60)]
    [InlineData(CommerceDialect.Postgres, 20)]
    public async Task Whatever_is_decided_asked_for_and_told_in_any_order_no_more_goes_back_than_was_paid_and_in_the_end_all_of_it_can(CommerceDialect dialect, int runs)
    {
        await using var shop = await OpenAsync(dialect);
        string[] currencies = ["JPY", "CNY", "KWD"];
        foreach (var currency in currencies)
            await shop.CardsAsync("card-" + currency, 400, o => o with { Merchant = "mer", Price = new Money(997, currency) });
        var steps = (from step in Gen.Elements(Enum.GetValues<Step>()) from part in Gen.Choose(1, 100) select (step, part)).ListOf();
        var cases = from currency in Gen.Elements(currencies) from list in steps select (currency, list.ToArray());
        var buyer = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs).WithEndSize(14), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            RunAsync(shop, c.currency, $"b{++buyer}@example.com", c.Item2).GetAwaiter().GetResult();
            return true;
        }));
        await HasAsync(shop, (Pending, 0), (Revenue, 0), (Buyers, 0), (Provider, 0));
        await SoundAsync(shop);
    }

    private static async Task RunAsync(Shop shop, string currency, string contact, (Step Step, int Part)[] steps)
    {
        var order = await shop.PaidOrderAsync(Shop.Request("card-" + currency, contact: contact));
        var run = new Run(shop, order);
        foreach (var (step, part) in steps)
        {
            await run.DoAsync(step, part);
            await run.CheckAsync();
        }

        await run.DrainAsync();
        if ((await shop.ViewAsync(order)).Captured.Minor is > 0 and var left)
            Assert.True((await GrantAsync(shop, order, left)).Succeeded);
        await run.DrainAsync();
        var view = await shop.ViewAsync(order);
        Assert.Equal((0, 0, order.Total.Minor, OrderState.Refunded), (view.Captured.Minor, view.RefundDue.Minor, view.Refunded.Minor, view.State));
        Assert.All((await shop.Commerce.Get<IOrderMoney>().ReadAsync(shop.Scope, order.OrderId))!.Lines.SelectMany(l => l.Shares), s => Assert.Equal(0, s.Now.Minor));
    }

    /// <summary>A provider that has what was paid, gives no more, and whose news come late, twice and out of order.</summary>
    private sealed class Run(Shop shop, OrderReceipt order)
    {
        private readonly List<PaymentEvent> _news = [];
        private readonly HashSet<string> _done = [];
        private PaymentEvent? _last;
        private long _has = order.Total.Minor;
        private int _next;

        public Task DoAsync(Step step, int part) => step switch
        {
            Step.Decide => GrantAsync(shop, order, Math.Max(1, order.Total.Minor * part / 200)),
            Step.AtProvider => AtProviderAsync(Math.Max(1, order.Total.Minor * part / 300)),
            Step.Arrive => _news.Count == 0 ? Task.CompletedTask : ArriveAsync(_news[part % _news.Count]),
            Step.Again => _last is null ? Task.CompletedTask : ArriveAsync(_last),
            _ => AskAsync(),
        };

        public async Task CheckAsync()
        {
            var view = await shop.ViewAsync(order);
            Assert.Equal(order.Total.Minor, view.Captured.Minor + view.RefundDue.Minor + view.Refunded.Minor);
            Assert.True(view.Captured.Minor >= 0 && view.RefundDue.Minor >= 0 && view.Refunded.Minor >= 0);
            Assert.True(view.Refunded.Minor <= order.Total.Minor - _has);
        }

        public async Task DrainAsync()
        {
            while (_news.Count > 0)
                await ArriveAsync(_news[^1]);
            for (var round = 0; round < 10 && (await shop.ViewAsync(order)).RefundDue.Minor is > 0 and var due; round++)
            {
                if (!await AskAsync())
                {
                    // less is due than was asked for: a person looks, and gives the rest back
                    Assert.True((await shop.Desk.MarkGivenBackAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1", "ann", "looked")).Succeeded);
                    _has -= due;
                }

                while (_news.Count > 0)
                    await ArriveAsync(_news[^1]);
            }

            var view = await shop.ViewAsync(order);
            Assert.Equal((0, _has), (view.RefundDue.Minor, view.Captured.Minor));
        }

        private Task AtProviderAsync(long minor)
        {
            if (minor <= _has)
                Give(minor, $"{order.OrderId}-{++_next}");
            return Task.CompletedTask;
        }

        private async Task<bool> AskAsync()
        {
            var asks = shop.Commerce.Get<IRefundAsks>();
            if (await asks.NextAsync(shop.Scope, order.OrderId, "test", $"{order.OrderId}-pay-1") is not { } ask)
                return false;
            Assert.True(ask.Amount.Minor <= (await shop.ViewAsync(order)).RefundDue.Minor);
            if (_done.Contains(ask.RefundId))
                return true;
            if (ask.Amount.Minor > _has)
            {
                await asks.RefusedAsync(shop.Scope, ask, "test");
                return true;
            }

            _done.Add(ask.RefundId);
            Give(ask.Amount.Minor, ask.RefundId, ask.RefundId);
            return true;
        }

        private void Give(long minor, string id, string? refund = null)
        {
            _has -= minor;
            _news.Add(Shop.Event(order, PaymentEventKind.Refunded, id, amount: minor) with { RefundId = refund });
        }

        private async Task ArriveAsync(PaymentEvent e)
        {
            _news.Remove(e);
            _last = e;
            Assert.True((await shop.ApplyAsync(e)).Accepted);
        }
    }
}
