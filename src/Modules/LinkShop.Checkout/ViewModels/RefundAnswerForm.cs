using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;

namespace LinkShop.Checkout.ViewModels;

/// <summary>The form with which staff answer a buyer who wants money back.</summary>
public sealed class RefundAnswerForm
{
    /// <summary>Id of the request.</summary>
    public string? Request { get; set; }

    public bool Approve { get; set; }

    /// <summary>Decimal amounts that are agreed to, by number of the line; an empty one is left out. None at all, as a client sends it, means what was asked for.</summary>
    public Dictionary<string, string?> Amounts { get; set; } = [];

    public string? Note { get; set; }

    public RefundPayer Payer { get; set; }

    public bool Revoke { get; set; }

    /// <summary>Why it wasn't done, in the reader's language.</summary>
    internal string? Mistake { get; set; }

    /// <summary>The amounts that are agreed to; null for what was asked for. More decimals than the currency has are refused.</summary>
    public CommerceResult<IReadOnlyList<RefundLine>?> Read(OrderView order)
    {
        if (!Approve || Amounts.Count == 0)
            return CommerceResult<IReadOnlyList<RefundLine>?>.Success(null);
        var draft = new RefundForm { Amounts = Amounts }.Read(order);
        return draft.Succeeded ? CommerceResult<IReadOnlyList<RefundLine>?>.Success(draft.Value.Lines) : CommerceResult<IReadOnlyList<RefundLine>?>.Failure(draft.Errors);
    }

    /// <summary>The form of a request: as it was typed in when it was refused, else with what was asked for.</summary>
    internal static RefundAnswerForm Of(OrderAdminViewModel page, RefundView request) => page.Answer is { } refused && refused.Request == request.Id ? refused : new RefundAnswerForm
    {
        Request = request.Id,
        Amounts = request.Lines.ToDictionary(
            l => l.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), string? (l) => new Money(l.Minor, request.Amount.Currency).ToDecimalString()),
    };
}
