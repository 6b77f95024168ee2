using System.Runtime.CompilerServices;
using LinkShop.Checkout.Services;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Http;
using Microsoft.Extensions.Localization;

namespace LinkShop.Checkout.Accounts;

/// <summary>
/// A buyer's orders. What was delivered isn't in the file but behind each order's address: a file lies about in download folders and mails, keys in it could be used by whoever finds it, and when a buyer
/// looked at them is kept as evidence, which a file would go round. Orders stay when the account goes: they are accounting records.
/// </summary>
internal sealed class OrderRecords(
    IOrdering ordering, IOrderDesk desk, IRefunds refunds, IBuyerMatters matters, TenantAddress address, TenantScope scope, IStringLocalizer<OrderRecords> S) : IAccountRecords
{
    private const int PageSize = 100;
    private const int Shown = 20;

    public IEnumerable<AccountSection> Sections(string userId, CancellationToken cancellationToken) => [new("orders", OrdersAsync(userId, cancellationToken))];

    public async Task<IReadOnlyList<OpenMatter>> OpenAsync(string userId, CancellationToken cancellationToken) =>
        [.. (await matters.OpenAsync(scope, userId, Shown, cancellationToken)).Select(m => new OpenMatter(TextOf(m), "~/orders/" + m.OrderId, S["To the order"]))];

    // the books and who bought what for how much are kept by law
    public Task ForgetAsync(string userId, CancellationToken cancellationToken) => Task.CompletedTask;

    private string TextOf(BuyerMatter matter) => matter.Kind switch
    {
        BuyerMatterKind.Unpaid => S["Order {0} waits for its payment: pay it or cancel it.", matter.Number],
        BuyerMatterKind.RefundAsked => S["You asked for money back of order {0} and have no answer yet: wait for it, or take the request back.", matter.Number],
        BuyerMatterKind.RefundDue => S["Money of order {0} is on its way back to you.", matter.Number],
        BuyerMatterKind.Disputed => S["A payment of order {0} is disputed.", matter.Number],
        _ => S["Order {0} isn't delivered yet.", matter.Number],
    };

    private async IAsyncEnumerable<object> OrdersAsync(string userId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var root = await address.RootAsync();
        string? before = null;
        do
        {
            var page = await ordering.ListForUserAsync(scope, userId, before, PageSize, cancellationToken);
            foreach (var order in page)
            {
                // without what was delivered, and secret answers masked
                if (await desk.DetailAsync(scope, order.OrderId, cancellationToken) is { } detail && detail.UserId == userId)
                    yield return EntryOf(detail, await refunds.OfOrderAsync(scope, order.OrderId, cancellationToken), root);
            }

            before = page.Count == PageSize ? page[^1].OrderId : null;
        }
        while (before is not null);
    }

    private static OrderEntry EntryOf(OrderDetail detail, IReadOnlyList<RefundView> refunds, string root)
    {
        var order = detail.Order;
        return new OrderEntry(
            order.Number, order.State, order.CreatedAt, order.PaidAt, order.FulfilledAt, order.Culture, detail.Contact, order.Total, order.Discount, order.Captured, order.Refunded, order.RefundDue,
            [.. order.Lines.Select(l => new LineEntry(l.Line, l.Title, l.Variant, l.Delivery, l.Quantity, l.UnitPrice, l.Surcharge, l.Discount, l.Total, l.Number, l.Fields))],
            [.. detail.Payments.Select(p => new PaymentEntry(p.Provider, p.PaymentId, p.Paid, p.Refunded, p.At))],
            [.. refunds.Select(r => new RefundEntry(r.State, r.Reason, r.RequestedBy == RefundView.Buyer ? "you" : "shop", r.Text, r.Amount, r.CreatedAt, r.DecidedAt, r.Note))],
            $"{root}/orders/{order.OrderId}");
    }

    private sealed record OrderEntry(
        string Number, OrderState State, DateTimeOffset OrderedAt, DateTimeOffset? PaidAt, DateTimeOffset? DeliveredAt, string Language, string? Contact, Money Total, Money Discount, Money Paid, Money Refunded,
        Money RefundDue, IReadOnlyList<LineEntry> Lines, IReadOnlyList<PaymentEntry> Payments, IReadOnlyList<RefundEntry> Refunds, string Delivered);

    private sealed record LineEntry(
        int Line, string Product, string Variant, DeliveryKind Delivery, int Quantity, Money UnitPrice, Money Surcharge, Money Discount, Money Total, string? PickedNumber, IReadOnlyDictionary<string, string> Answers);

    private sealed record PaymentEntry(string Provider, string Id, Money Paid, Money Refunded, DateTimeOffset At);

    // of the shop's people only that it was the shop
    private sealed record RefundEntry(RefundState State, RefundReason Reason, string AskedBy, string Text, Money Amount, DateTimeOffset AskedAt, DateTimeOffset? DecidedAt, string? Answer);
}
