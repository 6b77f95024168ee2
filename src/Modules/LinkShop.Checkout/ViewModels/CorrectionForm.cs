using LinkShop.Commerce.Replacements;

namespace LinkShop.Checkout.ViewModels;

/// <summary>The form with which staff correct what they delivered by hand.</summary>
public sealed class CorrectionForm
{
    /// <summary>Number of the order's line.</summary>
    public int Line { get; set; }

    /// <summary>How many corrections the page showed.</summary>
    public int Seen { get; set; }

    /// <summary>What the buyer is to have.</summary>
    public string? Text { get; set; }

    public string? Reason { get; set; }

    /// <summary>The order that the page shows.</summary>
    internal string OrderId { get; init; } = "";

    /// <summary>Why it wasn't done, in the reader's language.</summary>
    internal string? Mistake { get; set; }

    /// <summary>What is wanted.</summary>
    public CorrectionDraft Read(string orderId) => new() { OrderId = orderId, Line = Line, Seen = Seen, Text = Text ?? "", Reason = Reason ?? "" };

    /// <summary>The form of a line: as it was typed in, but with what the page shows now.</summary>
    internal static CorrectionForm Of(OrderAdminViewModel page, DeliveredUnit unit)
    {
        var typed = page.Correction is { } refused && refused.Line == unit.Line ? refused : null;
        return new CorrectionForm
        {
            OrderId = page.Detail.Order.OrderId,
            Line = unit.Line,
            Seen = page.Deliveries.Corrections.Count(c => c.Line == unit.Line),
            Text = typed?.Text,
            Reason = typed?.Reason,
            Mistake = typed?.Mistake,
        };
    }
}
