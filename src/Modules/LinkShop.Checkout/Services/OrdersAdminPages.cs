using System.Globalization;
using LinkShop.Checkout.ViewModels;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Shops;
using LinkShop.Commerce.Splits;
using LinkShop.Http;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Services;

/// <summary>Collects what the order screens show.</summary>
public sealed class OrdersAdminPages(IOrderDesk desk, IOrderMoney money, IRefunds refunds, IReplacements replacements, IResaleListings resale, IShops shops, PaymentNames names, IAccountNames accounts, ShopClock clock, ISiteService sites, TenantScope scope, IStringLocalizer<OrdersAdminPages> localizer)
{
    private readonly IStringLocalizer S = localizer;

    /// <summary>A page of orders.</summary>
    public async Task<OrdersAdminViewModel> ListAsync(OrderFilter filter, CancellationToken cancellationToken)
    {
        var q = filter.Q?.Trim();
        var contact = q is { Length: > 0 } && (q.Contains('@', StringComparison.Ordinal) || q.StartsWith('+') || q.All(char.IsAsciiDigit)) ? q : null;
        var search = new OrderSearch
        {
            Contact = contact,
            Number = contact is null && q is { Length: > 0 } ? q : null,
            State = filter.State,
            From = await StartOfAsync(filter.From),
            To = await EndOfAsync(filter.To),
            After = filter.After,
        };
        var page = await desk.SearchAsync(scope, search, cancellationToken);
        if (contact is not null && page.Orders.Count == 0)
        {
            // Digits may also be an order number.
            page = await desk.SearchAsync(scope, search with { Contact = null, Number = q }, cancellationToken);
        }

        var rows = new List<(OrderSummary, DateTimeOffset)>(page.Orders.Count);
        foreach (var order in page.Orders)
        {
            rows.Add((order, await clock.LocalAsync(order.CreatedAt)));
        }

        return new OrdersAdminViewModel(filter, rows, page.Next);
    }

    /// <summary>What an export of the filtered list takes: its dates and state; a search for one order or buyer needs no file.</summary>
    public async Task<OrderExportRequest> ExportAsync(OrderFilter filter)
    {
        var zone = (await sites.GetSiteSettingsAsync()).TimeZoneId;
        return new OrderExportRequest { From = await StartOfAsync(filter.From), To = await EndOfAsync(filter.To), State = filter.State, Local = moment => LocalTime.In(zone, moment) };
    }

    /// <summary>One order, or null.</summary>
    public async Task<OrderAdminViewModel?> DetailAsync(string id, bool mayManage, CancellationToken cancellationToken)
    {
        if (await desk.DetailAsync(scope, id, cancellationToken) is not { } detail)
        {
            return null;
        }

        var history = new List<OrderHistoryEntry>(detail.Events.Count);
        foreach (var e in detail.Events)
        {
            history.Add(new OrderHistoryEntry(await clock.LocalAsync(e.At), e.Amount is { } amount ? $"{NameOf(e.Kind)} · {amount.Format(CultureInfo.CurrentUICulture)}" : NameOf(e.Kind), WhoOf(e.Kind, e.Actor), NoteOf(e.Kind, e.Note), e.Kind.Contains("refused", StringComparison.Ordinal) || e.Kind.Contains("disputed", StringComparison.Ordinal)));
        }

        return new OrderAdminViewModel(detail, history, await clock.LocalAsync(detail.Order.CreatedAt), await clock.LocalAsync(detail.Order.ReservedUntil), mayManage,
            await money.ReadAsync(scope, id, cancellationToken) ?? new OrderMoney([], []), await refunds.OfOrderAsync(scope, id, cancellationToken))
        {
            Deliveries = await replacements.OfOrderAsync(scope, id, cancellationToken),
            Supplies = detail.Order.Lines.Any(l => l.Delivery == DeliveryKind.Supplied) ? await resale.SuppliesAsync(scope, id, cancellationToken) : [],
            Account = detail.UserId is { } buyer ? (await accounts.NamesAsync([buyer]))[buyer] : null,
            Seller = detail.SupplyShop is { } seller ? await NameAsync(seller, cancellationToken) : null,
        };
    }

    // two shops may have one title
    private async Task<string> NameAsync(string shop, CancellationToken cancellationToken) =>
        (await shops.NamesAsync(new TenantScope(ShellSettings.DefaultShellName), [shop], cancellationToken)).FirstOrDefault()?.WithAddress ?? shop;

    private ValueTask<DateTimeOffset?> EndOfAsync(DateOnly? day) => StartOfAsync(day is { } last && LocalTime.IsUsual(last) ? last.AddDays(1) : null);

    private async ValueTask<DateTimeOffset?> StartOfAsync(DateOnly? day)
    {
        // the caller has said what is wrong with such a day
        if (day is not { } date || !LocalTime.IsUsual(date))
        {
            return null;
        }

        return LocalTime.Of((await sites.GetSiteSettingsAsync()).TimeZoneId, date.ToDateTime(TimeOnly.MinValue));
    }

    /// <summary>Who was behind an entry of an order's history: a person, or for payments what they came by.</summary>
    public string? WhoOf(string kind, string? actor) =>
        actor is not null && (kind.StartsWith("payment_", StringComparison.Ordinal) || kind.StartsWith("dispute_", StringComparison.Ordinal)) ? S[names.Of(actor)] : actor;

    /// <summary>What else an entry says; a refused event why, in the reader's language.</summary>
    public string? NoteOf(string kind, string? note) => kind == "payment_refused" && note is not null ? S[PaymentNames.WhyRefused(note)] : note;

    /// <summary>What an entry of an order's history says.</summary>
    public string NameOf(string kind) => kind switch
    {
        "created" => S["Ordered"],
        "payment_paid" => S["Payment received"],
        "payment_failed" => S["Payment failed"],
        "payment_refunded" => S["Refunded"],
        "payment_refunded_from_bank" => S["Refunded by bank transfer"],
        "payment_disputed" => S["Payment disputed"],
        "dispute_won" => S["Dispute won"],
        "dispute_lost" => S["Dispute lost"],
        "payment_refused" => S["Payment event refused"],
        "delivered" => S["Delivered"],
        "viewed" => S["Opened by the buyer"],
        "downloaded" => S["Downloaded by the buyer"],
        "cancelled" => S["Cancelled"],
        "expired" => S["Expired"],
        "redelivered" => S["Delivered again"],
        "confirmed" or "confirmed_by_hand" => S["Confirmed by hand"],
        "task_opened" => S["Waits for a person"],
        "completed" => S["Completed"],
        "refund_due" => S["Refund due"],
        "refund_requested" => S["The buyer asks for a refund"],
        "refund_approved" => S["Refund approved"],
        "refund_declined" => S["Refund declined"],
        "recalled_exchanged" => S["A key that it held was recalled; it holds another one now"],
        "recalled_called_off" => S["Called off: a key that it held was recalled, and there was no other"],
        "refund_withdrawn" => S["The buyer took the refund request back"],
        "fields_revealed" => S["Looked at what the buyer told in confidence"],
        "refund_asked_again" => S["The payment provider is asked again to give it back"],
        "refund_not_given" => S["The payment provider gave nothing back, by what staff found out"],
        "replaced" => S["Key replaced"],
        "corrected" => S["Delivery corrected"],
        "evidence_built" => S["Evidence put together"],
        // A new kind of event is shown by its name until it has a sentence here.
        _ => kind,
    };
}
