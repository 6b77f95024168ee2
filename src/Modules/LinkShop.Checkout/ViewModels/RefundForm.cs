using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;

namespace LinkShop.Checkout.ViewModels;

/// <summary>The form with which staff give money back.</summary>
public sealed class RefundForm
{
    /// <summary>Made with the form, so that sending it twice is one refund.</summary>
    public string? Once { get; set; }

    /// <summary>Decimal amounts by number of the line; an empty one is left out.</summary>
    public Dictionary<string, string?> Amounts { get; set; } = [];

    public RefundReason Reason { get; set; }

    public RefundPayer Payer { get; set; }

    public string? Text { get; set; }

    public bool Revoke { get; set; }

    /// <summary>Of a buyer's request: it goes to the platform, as the shop declined.</summary>
    public bool ToPlatform { get; set; }

    /// <summary>The refund as it was typed in. More decimals than the currency has are refused.</summary>
    public CommerceResult<RefundDraft> Read(OrderView order)
    {
        var errors = new List<CommerceError>();
        var lines = new List<RefundLine>();
        foreach (var line in order.Lines)
        {
            var name = line.Line.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (Amounts.GetValueOrDefault(name) is not { } text || string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var amount = Money.Parse(text.Trim(), order.Total.Currency, $"Amounts[{name}]");
            if (amount.Error is { } error)
            {
                errors.Add(error);
            }
            else
            {
                lines.Add(new RefundLine(line.Line, amount.Value.Minor));
            }
        }

        if (errors.Count == 0 && lines.Count == 0)
        {
            errors.Add(new CommerceError(CommerceErrors.Required, "No amount.", "Amounts"));
        }

        return errors.Count > 0
            ? CommerceResult<RefundDraft>.Failure(errors)
            : new RefundDraft { Id = Once ?? "", OrderId = order.OrderId, Lines = lines, Reason = Reason, Payer = Payer, Text = Text?.Trim() ?? "", RevokeKeys = Revoke, ToPlatform = ToPlatform };
    }
}
