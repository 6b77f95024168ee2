using System.Globalization;
using System.Text;
using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Splits;
using LinkShop.Finance.Services;
using LinkShop.Finance.ViewModels;
using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.Settings;

namespace LinkShop.Finance.Controllers;

/// <summary>Wallets and the books.</summary>
[Admin("Finance/{action}", "Finance{action}")]
public sealed class FinanceController(
    IFinance finance, ILedgerReads reads, Statements statements, IOrderMoney money, IOrderDesk desk, ISiteService sites, FinanceAccess access, TenantScope scope, TimeProvider time,
    IStringLocalizer<FinanceController> S) : Controller
{
    private const string MonthForm = "yyyy-MM";

    /// <summary>Where all money is.</summary>
    public async Task<IActionResult> Index() =>
        await access.MayAsync(User, Permissions.ViewFinance) ? View(await finance.OverviewAsync(scope, HttpContext.RequestAborted)) : Forbid();

    /// <summary>A wallet: the shop's, another's for those who may see all, or one's own.</summary>
    public async Task<IActionResult> Wallet(string? owner, string? currency, string? month)
    {
        if (await OwnerAsync(owner) is not { } whose)
        {
            return Forbid();
        }

        var wallets = await finance.WalletsAsync(scope, whose, HttpContext.RequestAborted);
        var zone = (await sites.GetSiteSettingsAsync()).TimeZoneId;
        var coming = await finance.ComingAsync(scope, whose, 200, HttpContext.RequestAborted);
        coming = coming with { First = [.. coming.First.Select(c => c with { At = LocalTime.In(zone, c.At) })] };
        var days = coming.Times.GroupBy(t => (Day: DateOnly.FromDateTime(LocalTime.In(zone, t.At).Date), t.Amount.Currency)).Select(g => (g.Key.Day, new Money(g.Sum(t => t.Amount.Minor), g.Key.Currency))).ToList();
        var (from, until) = Month(month, zone);
        var shown = currency ?? (wallets.Count > 0 ? wallets[0].Available.Currency : null);
        var statement = shown is null || !Currencies.IsKnown(shown) ? null : await statements.OfAsync(Account(whose), shown, from, until, zone, HttpContext.RequestAborted);
        var mayAsk = await access.PayoutsAsync(User, whose) == whose;
        var debts = new List<LedgerMovement>();
        foreach (var wallet in wallets)
        {
            debts.AddRange(await statements.DebtsAsync(whose, wallet.Debt.Currency, HttpContext.RequestAborted));
        }

        return View(new WalletViewModel(whose, wallets, days, coming, statement, await access.NameAsync(whose), mayAsk) { Debts = debts });
    }

    /// <summary>What somebody earned by an order, and why it is that much. Of the order's other lines, and of its buyer, nothing is shown.</summary>
    public async Task<IActionResult> Earning(string? owner, string? order)
    {
        if (await OwnerAsync(owner) is not { } whose)
        {
            return Forbid();
        }

        if (!CommerceId.IsWellFormed(order ?? "") || await money.ReadAsync(scope, order!, HttpContext.RequestAborted) is not { } read
            || read.Lines.Where(l => l.Shares[0].Share.Owner == whose).ToList() is not { Count: > 0 } lines || await desk.DetailAsync(scope, order!, HttpContext.RequestAborted) is not { } detail)
        {
            return NotFound();
        }

        var titles = detail.Order.Lines.ToDictionary(l => l.Line, l => $"{GoodsNames.Of(l.SnapshotJson, l.Title, l.Variant, CultureInfo.CurrentUICulture)} ×{l.Quantity}");
        return View(new EarningViewModel(whose, await access.NameAsync(whose), detail.Order.Number, detail.Order.PaidAt, lines, titles));
    }

    /// <summary>A month's movements as a file.</summary>
    public async Task<IActionResult> Statement(string? owner, string? currency, string? month)
    {
        if (await OwnerAsync(owner) is not { } whose)
        {
            return Forbid();
        }

        // a file of another month than the one that was asked for would be taken for it
        if (currency is null || !Currencies.IsKnown(currency) || (month is not null && Read(month) is null))
        {
            return NotFound();
        }

        var zone = (await sites.GetSiteSettingsAsync()).TimeZoneId;
        var (from, until) = Month(month, zone);
        Response.Headers.CacheControl = "no-store";
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=statement-{from.ToString(MonthForm, CultureInfo.InvariantCulture)}-{currency}.csv";
        // spreadsheets take a file without the mark for one of another encoding
        var output = new StreamWriter(Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await using (output)
        {
            var export = new LedgerExport
            {
                From = from,
                Until = until,
                Local = moment => LocalTime.In(zone, moment),
                Name = reason => S[MoneyNames.Reason(reason)],
                Order = movement => Statements.OrderOf(movement) is { } order ? OrderNumber.Of(order) : null,
            };
            await reads.ExportAsync(scope, Account(whose), currency, output, export, HttpContext.RequestAborted);
        }

        return new EmptyResult();
    }

    private static LedgerAccount Account(string owner) => new(owner, LedgerPurpose.MerchantAvailable);

    private Task<string?> OwnerAsync(string? wanted) => access.WalletAsync(User, wanted);

    private (DateTimeOffset From, DateTimeOffset Until) Month(string? text, string? zone)
    {
        var now = LocalTime.In(zone, time.GetUtcNow());
        var first = Read(text) ?? new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return (LocalTime.Of(zone, first), LocalTime.Of(zone, first.AddMonths(1)));
    }

    private static DateTime? Read(string? month) =>
        DateTime.TryParseExact(month, MonthForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var given) && given.Year is > 2000 and < 3000 ? given : null;
}
