using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Replacements;

namespace LinkShop.Checkout.ViewModels;

/// <summary>The form with which staff replace a key.</summary>
public sealed class ReplacementForm
{
    /// <summary>Made with the form, so that sending it twice is one replacement.</summary>
    public string? Once { get; set; }

    /// <summary>Which key: <see cref="KeyOf"/>.</summary>
    public string? Key { get; set; }

    public ReplacementReason? Reason { get; set; }

    public string? Text { get; set; }

    /// <summary>Why it wasn't done, in the reader's language.</summary>
    internal string? Mistake { get; set; }

    /// <summary>Names a delivered key in the form.</summary>
    public static string KeyOf(DeliveredUnit unit) => string.Create(CultureInfo.InvariantCulture, $"{unit.Line}.{unit.KeyId}");

    /// <summary>What is wanted, or the field that is missing.</summary>
    public CommerceResult<ReplacementDraft> Read(string orderId)
    {
        if (Key?.Split('.') is not [var line, var key] || !int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var keyId))
        {
            return new CommerceError(CommerceErrors.Required, "Choose a key.", nameof(Key));
        }

        if (Reason is not { } reason)
        {
            return new CommerceError(CommerceErrors.Required, "Choose a reason.", nameof(Reason));
        }

        return new ReplacementDraft { Id = Once ?? "", OrderId = orderId, Line = number, KeyId = keyId, Reason = reason, Text = Text ?? "" };
    }
}
