using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Splits;
using LinkShop.Finance.ViewModels;
using LinkShop.Http;

namespace LinkShop.Finance.Services;

/// <summary>Between the rules and their form.</summary>
internal static class FeePolicyForms
{
    public static FeePolicyForm Of(FeePolicy policy, string? zone) => new()
    {
        Version = policy.Version,
        DefaultDays = Text(policy.DefaultDays),
        Ceiling = Percent(policy.CeilingBasisPoints),
        Reserve = Percent(policy.ReserveBasisPoints),
        ReserveDays = Text(policy.ReserveDays),
        NewMerchantDays = Text(policy.NewMerchantDays),
        RefundAnswerHours = Text(policy.RefundAnswerHours),
        Rules = [.. policy.Rules.Select(r => new FeeRuleRow
        {
            Id = r.Id,
            Share = r.Share.ToString(),
            Rate = Percent(r.BasisPoints),
            Fixed = r.FixedMinor == 0 ? null : new Money(r.FixedMinor, r.Currency!).ToDecimalString(),
            Currency = r.Currency,
            CategoryId = r.CategoryId,
            MerchantTier = r.MerchantTier,
            ShopPlan = r.ShopPlan,
            Provider = r.Provider,
            ValidFrom = r.ValidFrom is { } from ? LocalTime.In(zone, from).DateTime : null,
            ValidUntil = r.ValidUntil is { } until ? LocalTime.In(zone, until).DateTime : null,
        })],
        Terms = [.. policy.Terms.Select(t => new TermRow { CategoryId = t.CategoryId, MerchantTier = t.MerchantTier, Days = Text(t.Days) })],
    };

    /// <summary>The rules as they were typed in; errors have the form's field names.</summary>
    public static CommerceResult<FeePolicy> Read(FeePolicyForm form, string? zone)
    {
        var errors = new List<CommerceError>();
        var rules = new List<FeeRule>();
        for (var i = 0; i < form.Rules.Count; i++)
        {
            if (Empty(form.Rules[i].Id) is not null)
                rules.Add(Rule(form.Rules[i], i, zone, errors));
        }

        var policy = new FeePolicy
        {
            Version = form.Version,
            DefaultDays = Whole(form.DefaultDays, "defaultDays", errors),
            CeilingBasisPoints = Points(form.Ceiling, "ceiling", errors),
            ReserveBasisPoints = Points(form.Reserve, "reserve", errors),
            ReserveDays = Whole(form.ReserveDays, "reserveDays", errors),
            NewMerchantDays = Whole(form.NewMerchantDays, "newMerchantDays", errors),
            RefundAnswerHours = Whole(form.RefundAnswerHours, "refundAnswerHours", errors),
            Rules = rules,
            Terms = [.. form.Terms.Select((t, i) => (t, i)).Where(t => Empty(t.t.Days) is not null)
                .Select(t => new SettlementTerm { CategoryId = Empty(t.t.CategoryId), MerchantTier = Empty(t.t.MerchantTier), Days = Whole(t.t.Days, $"terms[{t.i}].days", errors) })],
        };
        return errors.Count > 0 ? CommerceResult<FeePolicy>.Failure(errors) : policy;
    }

    private static FeeRule Rule(FeeRuleRow row, int index, string? zone, List<CommerceError> errors)
    {
        var currency = Empty(row.Currency)?.ToUpperInvariant();
        var plus = 0L;
        if (Empty(row.Fixed) is { } text)
        {
            var money = Money.Parse(text, currency ?? "CNY", $"rules[{index}].fixed");
            if (money.Error is { } error)
                errors.Add(error);
            else
                plus = money.Value.Minor;
        }

        if (!Enum.TryParse<ShareKind>(row.Share, out var share))
            errors.Add(new CommerceError(CommerceErrors.Invalid, "There is no such share.", $"rules[{index}].share"));
        return new FeeRule
        {
            Id = row.Id!.Trim(),
            Share = share,
            BasisPoints = Empty(row.Rate) is null ? 0 : Points(row.Rate, $"rules[{index}].rate", errors),
            FixedMinor = plus,
            Currency = currency,
            CategoryId = Empty(row.CategoryId),
            MerchantTier = Empty(row.MerchantTier),
            ShopPlan = Empty(row.ShopPlan),
            Provider = Empty(row.Provider),
            ValidFrom = Moment(row.ValidFrom, zone, $"rules[{index}].validFrom", errors),
            ValidUntil = Moment(row.ValidUntil, zone, $"rules[{index}].validUntil", errors),
        };
    }

    private static DateTimeOffset? Moment(DateTime? typed, string? zone, string field, List<CommerceError> errors)
    {
        if (typed is not { } written)
            return null;
        var moment = LocalTime.Read(zone, written);
        if (moment is null)
            errors.Add(new CommerceError(CommerceErrors.Invalid, "A date from 1970 to 9998.", field));
        return moment;
    }

    private static int Points(string? text, string field, List<CommerceError> errors)
    {
        if (decimal.TryParse(Typed.Plain(text).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) && given is >= 0 and <= 100 && given * 100 == decimal.Truncate(given * 100))
            return (int)(given * 100);
        errors.Add(new CommerceError(CommerceErrors.Invalid, "A percentage from 0 to 100 with at most two decimals.", field));
        return 0;
    }

    private static int Whole(string? text, string field, List<CommerceError> errors)
    {
        if (int.TryParse(Typed.Plain(text).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var given))
            return given;
        errors.Add(new CommerceError(CommerceErrors.Invalid, "A whole number.", field));
        return 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(int points) => (points / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
