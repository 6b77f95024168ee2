using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Credits;
using LinkShop.Finance.ViewModels;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Finance.Services;

/// <summary>Reads the form that gives credit, and says amounts of it.</summary>
public static class CreditForms
{
    /// <summary>The grant as it was typed in. More decimals than the currency has, or a part of a point, are refused.</summary>
    public static CommerceResult<CreditGrant> Read(CreditForm form, string actor)
    {
        var amount = AmountOf(form);
        return amount.Succeeded
            ? new CreditGrant { Id = form.Once ?? "", UserId = form.UserId ?? "", Kind = form.Kind, Amount = amount.Value, Reason = form.Reason?.Trim() ?? "", Actor = actor }
            : CommerceResult<CreditGrant>.Failure(amount.Errors);
    }

    /// <summary>An amount as people write it: money in its currency, points as a number.</summary>
    public static string Say(IViewLocalizer T, CreditKind kind, Money amount, CultureInfo culture) =>
        kind == CreditKind.Points ? string.Format(culture, T["{0} points"].Value, amount.Minor.ToString("N0", culture)) : amount.Format(culture);

    private static CommerceResult<Money> AmountOf(CreditForm form)
    {
        var currency = form.Currency?.Trim().ToUpperInvariant() ?? "";
        if (!Currencies.IsKnown(currency))
        {
            return new CommerceError(CommerceErrors.Invalid, "The currency isn't known.", "currency");
        }

        if (form.Kind != CreditKind.Points)
        {
            return Money.Parse(form.Amount?.Trim(), currency, "amount");
        }

        return long.TryParse(Typed.Plain(form.Amount).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var points)
            ? new Money(points, currency)
            : new CommerceError(CommerceErrors.Invalid, "Points are a whole number.", "amount");
    }
}
