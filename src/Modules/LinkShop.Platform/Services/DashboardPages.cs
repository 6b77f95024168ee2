using System.Globalization;
using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Support;
using LinkShop.Platform.ViewModels;

namespace LinkShop.Platform.Services;

/// <summary>Collects the figures of the dashboard.</summary>
public sealed class DashboardPages(
    IOrderDesk desk, IRefunds refunds, IOfferCatalog offers, ITicketDesk tickets, ISupplierNotices suppliers, IKeyPools pools, IFinance finance, IPayouts payouts, IOutboxAdmin outbox, MailServers mail, IEnumerable<IPaymentProvider> providers,
    ShopClock clock, TimeProvider time, TenantScope scope)
{
    private const int Days = 30;
    private const int MaxRows = 8;
    private const string Shop = "";

    /// <summary>The page.</summary>
    /// <param name="parts">What its reader sees of it; nothing else is read.</param>
    /// <param name="features">Ids of the tenant's features.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<DashboardViewModel> BuildAsync(DashboardParts parts, IReadOnlySet<string> features, CancellationToken cancellationToken)
    {
        var now = await clock.LocalAsync(time.GetUtcNow());
        var midnight = new DateTimeOffset(now.Date, now.Offset);
        var end = midnight.AddDays(1);
        var month = parts.Sales ? await desk.DashboardAsync(scope, midnight.AddDays(1 - Days), end, now.Offset, cancellationToken) : null;
        return new DashboardViewModel
        {
            Parts = parts,
            Today = parts.Sales || parts.Orders ? await desk.DashboardAsync(scope, midnight, end, now.Offset, cancellationToken) : null,
            Month = month,
            Tasks = parts.Orders ? await desk.OpenTasksAsync(scope, MaxRows, cancellationToken) : [],
            RefundsDue = parts.Sales ? await desk.RefundsDueAsync(scope, MaxRows, cancellationToken) : [],
            RefundRequests = parts.Refunds || parts.Sales ? (await refunds.OpenAsync(scope, cancellationToken: cancellationToken)).Count : 0,
            Setup = parts.Goods && month?.Orders == 0 ? await SetupAsync(cancellationToken) : null,
            WaitingBuyers = parts.Messages ? await tickets.WaitingAsync(scope, cancellationToken) : 0,
            SupplierNews = parts.Supplies ? await suppliers.CountAsync(scope, cancellationToken) : 0,
            LowStocks = parts.Goods ? await LowStocksAsync(cancellationToken) : [],
            Wallets = parts.Wallet ? await finance.WalletsAsync(scope, Shop, cancellationToken) : [],
            PayoutsAsked = parts.Wallet ? (await payouts.ListAsync(scope, new PayoutFilter { Owner = Shop, State = PayoutState.Requested }, cancellationToken)).Items.Count : 0,
            Outbox = await outbox.CountAsync(scope, cancellationToken),
            MailToFolder = !await mail.AnyAsync(),
            // a balance has to come from somewhere first
            CanBePaid = await providers.AnyUsableAsync(p => !p.IsInternal),
            SandboxOn = await providers.AnyUsableAsync(p => p.IsSandbox),
            Features = features,
            ChartJson = month is null ? null : ChartOf(month),
        };
    }

    private async Task<SetupSteps> SetupAsync(CancellationToken cancellationToken)
    {
        var onSale = await offers.OnSaleAsync(scope, MaxRows, cancellationToken);
        var left = onSale.Count == 0 ? null : await offers.GetAvailableAsync(scope, [.. onSale.Select(o => o.SkuId)], cancellationToken);
        return new SetupSteps(onSale.Count > 0, left?.Values.Any(units => units is null or > 0) == true);
    }

    private async Task<List<LowStock>> LowStocksAsync(CancellationToken cancellationToken)
    {
        var watched = (await pools.ListAsync(scope, cancellationToken)).Where(pool => !pool.Reusable && pool.LowStockThreshold > 0).ToList();
        if (watched.Count == 0)
        {
            return [];
        }

        var stats = await pools.GetStatsAsync(scope, [.. watched.Select(pool => pool.Id)], cancellationToken);
        return [.. watched.Select(pool => new LowStock(pool, stats.GetValueOrDefault(pool.Id)?.Available ?? 0)).Where(low => low.Available < low.Pool.LowStockThreshold)];
    }

    // Revenue in the currency that brought the most; amounts of different currencies can't share an axis.
    private static string ChartOf(OrderDashboard month)
    {
        var currency = month.Revenue.Count > 0 ? month.Revenue.MaxBy(m => m.ToDecimal()).Currency : "CNY";
        return JsonSerializer.Serialize(new
        {
            currency,
            days = month.Days.Select(d => d.Day.ToString("MM-dd", CultureInfo.InvariantCulture)),
            orders = month.Days.Select(d => d.Orders),
            paid = month.Days.Select(d => d.PaidOrders),
            revenue = month.Days.Select(d => d.Revenue.FirstOrDefault(m => m.Currency == currency) is { Currency: not null } money ? money.ToDecimal() : 0m),
        });
    }
}
