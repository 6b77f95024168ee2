using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Splits;

namespace LinkShop.Checkout.ViewModels;

/// <summary>What the order list is filtered by.</summary>
public sealed class OrderFilter
{
    /// <summary>Order number, order id, or the buyer's whole contact.</summary>
    public string? Q { get; set; }

    public OrderState? State { get; set; }

    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public string? After { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Q) && State is null && From is null && To is null;
}

/// <summary>The order list.</summary>
public sealed record OrdersAdminViewModel(OrderFilter Filter, IReadOnlyList<(OrderSummary Order, DateTimeOffset Created)> Orders, string? Next);

/// <summary>One order in the admin.</summary>
public sealed record OrderAdminViewModel(OrderDetail Detail, IReadOnlyList<OrderHistoryEntry> History, DateTimeOffset Created, DateTimeOffset ReservedUntil, bool MayManage, OrderMoney Money, IReadOnlyList<RefundView> Refunds)
{
    /// <summary>The refund form, as it was typed in.</summary>
    public RefundForm Refund { get; init; } = new();

    /// <summary>The answer to a buyer's request, as it was typed in and refused; null when none was.</summary>
    public RefundAnswerForm? Answer { get; init; }

    /// <summary>Whether the reader may say that money arrived or went back by hand.</summary>
    public bool MayConfirm { get; init; }

    /// <summary>Whether the reader decides for the platform too.</summary>
    public bool ForPlatform { get; init; }

    /// <summary>What the buyer told in confidence for a line, when it was asked for.</summary>
    public (int Line, IReadOnlyDictionary<string, string> Fields)? Revealed { get; init; }

    /// <summary>Whether the reader may see who got what, and what goods cost.</summary>
    public bool SeesMoney { get; init; }

    /// <summary>Whether the reader may see how commissions came about.</summary>
    public bool SeesPromotion { get; init; }

    /// <summary>What was delivered, masked.</summary>
    public OrderDeliveries Deliveries { get; init; } = new([], []);

    /// <summary>The orders at suppliers that it stands on.</summary>
    public IReadOnlyList<SupplyView> Supplies { get; init; } = [];

    /// <summary>What the signed-in buyer is called, or null for a guest.</summary>
    public string? Account { get; init; }

    /// <summary>What the shop is called that sold it on and is the buyer here; null for every other order.</summary>
    public string? Seller { get; init; }

    /// <summary>The form that replaces a key, as it was typed in.</summary>
    public ReplacementForm Replacement { get; init; } = new();

    /// <summary>The form that corrects what was delivered by hand, as it was typed in and refused; null when none was.</summary>
    public CorrectionForm? Correction { get; init; }

    /// <summary>Whether a request waits for the platform, and the reader doesn't decide for it.</summary>
    public bool WaitsForPlatform(RefundView request) => request is { DecidedAt: null, State: RefundState.Escalated } && !ForPlatform;

    /// <summary>Whether the reader may answer a request now.</summary>
    public bool MayAnswer(RefundView request) => MayManage && request.DecidedAt is null && !WaitsForPlatform(request);
}

/// <summary>A line of an order's history in the shop's time.</summary>
public sealed record OrderHistoryEntry(DateTimeOffset At, string Text, string? Actor, string? Note, bool Bad);
