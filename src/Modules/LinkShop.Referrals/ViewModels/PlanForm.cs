using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LinkShop.Referrals.ViewModels;

/// <summary>A rate as typed in.</summary>
public sealed class RateForm
{
    public string? Id { get; set; }

    public string? Percent { get; set; }

    public int Level { get; set; } = 1;

    public string? Category { get; set; }

    public string? Sku { get; set; }

    public string? Tier { get; set; }

    public string? Campaign { get; set; }

    /// <summary>User names with commas between; empty for everybody.</summary>
    public string? Promoters { get; set; }

    /// <summary>Whether nothing was typed in.</summary>
    public bool IsEmpty => new[] { Id, Percent, Category, Sku, Tier, Campaign, Promoters }.All(string.IsNullOrWhiteSpace);
}

/// <summary>How the form says that something can't be read, and what is expected.</summary>
/// <param name="Percent">Of a percentage: what was typed, the least and the most.</param>
/// <param name="Amount">Of an amount: what was typed, the currency.</param>
/// <param name="Time">Of a time: what was typed.</param>
public sealed record PlanWords(Func<string, string, string, string> Percent, Func<string, string, string> Amount, Func<string, string> Time);

/// <summary>A plan as typed in. What the form doesn't show stays as it is stored.</summary>
public sealed class PlanForm
{
    /// <summary>Rows for rates that the form has at least; with a spare one behind those that are filled in.</summary>
    public const int Rows = 6;

    private const string DateForm = "yyyy-MM-ddTHH:mm";

    public string? Id { get; set; }

    public long Version { get; set; }

    public string? Name { get; set; }

    public string? NameEn { get; set; }

    public string? DisclosureZh { get; set; }

    public string? DisclosureEn { get; set; }

    public string? Currency { get; set; }

    public List<RateForm> Rates { get; set; } = [];

    public int Levels { get; set; } = 1;

    public string? Approval { get; set; }

    /// <summary>Own sales that promoters need, an amount.</summary>
    public string? OwnSales { get; set; }

    public bool VerifiedOnly { get; set; }

    /// <summary>User names, one per line; empty for everybody.</summary>
    public string? Promoters { get; set; }

    public string? CapPercent { get; set; }

    public string? CapAmount { get; set; }

    public string? FirstOrderBonus { get; set; }

    public string? DiscountPercent { get; set; }

    public string? MarginPercent { get; set; }

    public RewardKind Reward { get; set; }

    public RewardFunding Funding { get; set; }

    public string? From { get; set; }

    public string? Until { get; set; }

    public string? Budget { get; set; }

    /// <summary>The currency that was typed in; the program's where none was.</summary>
    public string CurrencyIn(ReferralProgram program) => string.IsNullOrWhiteSpace(Currency) ? program.Currency : Currency.Trim().ToUpperInvariant();

    /// <summary>The names typed into <see cref="Promoters"/>.</summary>
    public IReadOnlyList<string> PromoterNames() => Names(Promoters);

    /// <summary>Names of accounts as typed in.</summary>
    public static IReadOnlyList<string> Names(string? typed) => (typed ?? "").Split(['\n', '\r', ',', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The form of a stored plan.</summary>
    /// <param name="names">What the accounts of its promoters are called, by id.</param>
    public static PlanForm Of(ReferralPlan plan, IReadOnlyDictionary<string, string> names, string? zone)
    {
        string? Amount(long? minor) => minor is > 0 ? new Money(minor.Value, plan.Currency).ToDecimalString() : null;
        return new()
        {
            Id = plan.Id,
            Version = plan.Version,
            Name = plan.Name,
            NameEn = plan.NameEn,
            DisclosureZh = plan.DisclosureZh,
            DisclosureEn = plan.DisclosureEn,
            Currency = plan.Currency,
            Rates = [.. plan.Rates.Select(r => new RateForm { Id = r.Id, Percent = Percent(r.BasisPoints), Level = r.Level, Category = r.CategoryId, Sku = r.SkuId, Tier = r.Tier, Campaign = r.Campaign, Promoters = string.Join(", ", r.Promoters.Select(id => names.GetValueOrDefault(id, id))) })],
            Levels = plan.Levels,
            Approval = plan.ApprovalId,
            OwnSales = plan.Eligibility.FirstOrDefault(c => c.Fact == "own_sales") is { } sales && long.TryParse(sales.Value, CultureInfo.InvariantCulture, out var minor) ? Amount(minor) : null,
            VerifiedOnly = plan.Eligibility.Any(c => c.Fact == "verified_identity"),
            Promoters = string.Join('\n', plan.Promoters.Select(id => names.GetValueOrDefault(id, id))),
            CapPercent = plan.CapBasisPoints is { } cap ? Percent(cap) : null,
            CapAmount = Amount(plan.CapMinor),
            FirstOrderBonus = Amount(plan.FirstOrderBonusMinor),
            DiscountPercent = plan.BuyerDiscountBasisPoints > 0 ? Percent(plan.BuyerDiscountBasisPoints) : null,
            MarginPercent = Percent(plan.MarginBasisPoints),
            Reward = plan.Reward,
            Funding = plan.Funding,
            From = plan.From is { } from ? LocalTime.In(zone, from).ToString(DateForm, CultureInfo.InvariantCulture) : null,
            Until = plan.Until is { } until ? LocalTime.In(zone, until).ToString(DateForm, CultureInfo.InvariantCulture) : null,
            Budget = Amount(plan.BudgetMinor),
        };
    }

    /// <summary>The plan that was meant. What can't be read is a mistake at its field.</summary>
    /// <param name="stored">As it is stored; null for a new one.</param>
    /// <param name="program">The rules, whose currency holds where none is typed in.</param>
    /// <param name="promoters">Ids of the accounts that <see cref="PromoterNames"/> names.</param>
    /// <param name="ofRates">The same of each rate; none of them is empty.</param>
    /// <param name="zone">The site's time zone.</param>
    /// <param name="mistakes">Gets what can't be read.</param>
    /// <param name="words">Says it.</param>
    public ReferralPlan Read(ReferralPlan? stored, ReferralProgram program, IReadOnlyList<string> promoters, IReadOnlyList<IReadOnlyList<string>> ofRates, string? zone, ModelStateDictionary mistakes, PlanWords words)
    {
        var currency = CurrencyIn(program);
        long? Amount(string? typed, string field) =>
            Read(typed, field, t => Money.Parse(t, currency, field, CultureInfo.InvariantCulture) is { Succeeded: true } m ? m.Value.Minor : null, t => words.Amount(t, currency));
        int? Points(string? typed, string field, int least, int most) =>
            (int?)Read(typed, field, t => PlanForm.Points(t) is { } points && points >= least && points <= most ? points : null, t => words.Percent(t, Percent(least), Percent(most)));
        long? Read(string? typed, string field, Func<string, long?> read, Func<string, string> mistake)
        {
            if (string.IsNullOrWhiteSpace(typed))
                return null;
            if (read(typed.Trim()) is not { } value)
            {
                mistakes.AddModelError(field, mistake(typed.Trim()));
                return null;
            }

            return value;
        }

        DateTimeOffset? Time(string? typed, string field)
        {
            if (string.IsNullOrWhiteSpace(typed))
                return null;
            if (DateTime.TryParseExact(typed.Trim(), DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && LocalTime.Read(zone, time) is { } moment)
                return moment;
            mistakes.AddModelError(field, words.Time(typed.Trim()));
            return null;
        }

        var conditions = (stored?.Eligibility ?? []).Where(c => c.Fact is not ("own_sales" or "verified_identity")).ToList();
        if (Amount(OwnSales, "ownSales") is { } own)
            conditions.Add(new("own_sales", "at_least", own.ToString(CultureInfo.InvariantCulture)));
        if (VerifiedOnly)
            conditions.Add(new("verified_identity", "is", "true"));
        return (stored ?? new ReferralPlan { Id = Id?.Trim() ?? "", Name = "" }) with
        {
            Version = Version,
            Name = Name?.Trim() ?? "",
            NameEn = NameEn?.Trim() ?? "",
            DisclosureZh = DisclosureZh?.Trim() ?? "",
            DisclosureEn = DisclosureEn?.Trim() ?? "",
            Currency = currency,
            Rates = [.. Rates.Select((r, i) => new ReferralRate
            {
                Id = r.Id?.Trim() ?? "", BasisPoints = Points(r.Percent, $"rates[{i}]", 1, ReferralPlan.MaxRate) ?? 0, Level = r.Level, CategoryId = Text(r.Category), SkuId = Text(r.Sku), Tier = Text(r.Tier), Campaign = Text(r.Campaign), Promoters = ofRates[i],
            })],
            Levels = Levels,
            ApprovalId = Text(Approval),
            Eligibility = conditions,
            Promoters = promoters,
            CapBasisPoints = Points(CapPercent, "capBasisPoints", 0, program.CapBasisPoints),
            CapMinor = Amount(CapAmount, "capMinor"),
            FirstOrderBonusMinor = Amount(FirstOrderBonus, "firstOrderBonusMinor") ?? 0,
            BuyerDiscountBasisPoints = Points(DiscountPercent, "buyerDiscountBasisPoints", 0, ReferralPlan.MaxRate) ?? 0,
            MarginBasisPoints = Points(MarginPercent, "marginBasisPoints", 1, ReferralPlan.MaxMargin) ?? 0,
            Reward = Reward,
            Funding = Funding,
            From = Time(From, "from"),
            Until = Time(Until, "until"),
            BudgetMinor = Amount(Budget, "budgetMinor"),
        };
    }

    /// <summary>A share as percent, as people type it.</summary>
    public static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A share of 0 to 100 percent as typed in, in basis points; null for anything else, and for more than two decimals: nothing is cut off silently.</summary>
    public static int? Points(string? typed) =>
        decimal.TryParse(Typed.Plain(typed).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100 && decimal.Truncate(percent * 100) == percent * 100 ? (int)(percent * 100) : null;

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
