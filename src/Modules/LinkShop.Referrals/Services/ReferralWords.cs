using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using Microsoft.AspNetCore.Mvc.Localization;

namespace LinkShop.Referrals.Services;

/// <summary>What states and kinds are called.</summary>
public static class ReferralWords
{
    /// <summary>How a promoter stands.</summary>
    public static string State(IViewLocalizer T, PromoterState state) => state switch
    {
        PromoterState.Active => T["Promotes"].Value,
        PromoterState.Frozen => T["Being looked at"].Value,
        PromoterState.Killed => T["Switched off"].Value,
        _ => T["Has left"].Value,
    };

    /// <summary>How a promoter stands, with what staff wrote about it. Why somebody is frozen stands in the case.</summary>
    public static string Standing(IViewLocalizer T, Promoter promoter) => promoter is { State: PromoterState.Killed, Reason: { Length: > 0 } reason }
        ? string.Format(CultureInfo.CurrentCulture, T["{0}: {1}"].Value, State(T, promoter.State), reason)
        : State(T, promoter.State);

    /// <summary>How a plan stands.</summary>
    public static string State(IViewLocalizer T, ReferralPlanState state) => state switch
    {
        ReferralPlanState.Draft => T["Draft"].Value,
        ReferralPlanState.Active => T["In force"].Value,
        ReferralPlanState.Paused => T["Paused for now"].Value,
        ReferralPlanState.Killed => T["Switched off for good"].Value,
        ReferralPlanState.Spent => T["Budget spent"].Value,
        _ => T["Over"].Value,
    };

    /// <summary>The colour of a plan's badge.</summary>
    public static string Tone(ReferralPlanState state) => state switch
    {
        ReferralPlanState.Active => "text-bg-success",
        ReferralPlanState.Draft or ReferralPlanState.Paused => "text-bg-warning",
        ReferralPlanState.Killed => "text-bg-danger",
        _ => "text-bg-secondary",
    };

    /// <summary>A reward in what it is given in. A point is worth one minor unit.</summary>
    public static string Reward(IViewLocalizer T, RewardKind kind, Money amount, CultureInfo culture) => kind == RewardKind.Points ? Points(T, amount.Minor, culture) : amount.Format(culture);

    /// <summary>A number of points.</summary>
    public static string Points(IViewLocalizer T, long points, CultureInfo culture) => string.Format(culture, T["{0} points"].Value, points.ToString("N0", culture));

    /// <summary>What is said of a reward that waits no more.</summary>
    public static string Ready(IViewLocalizer T, RewardKind kind) => kind == RewardKind.Points ? T["Can be used"].Value : T["Can be paid out"].Value;

    /// <summary>What a case is about.</summary>
    public static string Kind(IViewLocalizer T, ReferralCaseKind kind) => kind switch
    {
        ReferralCaseKind.SelfBought => T["Promoters bought too much of it"].Value,
        ReferralCaseKind.Ring => T["Promoters buy from each other in a circle"].Value,
        ReferralCaseKind.Velocity => T["Very many orders in an hour"].Value,
        ReferralCaseKind.CouponSite => T["Codes without any click before"].Value,
        ReferralCaseKind.PeopleAndLevels => T["Alarm: 30 people or more over 3 levels or more"].Value,
        ReferralCaseKind.TicketSku => T["Alarm: nearly everybody buys the same variant"].Value,
        ReferralCaseKind.FewBuyers => T["Alarm: most buyers are promoters themselves"].Value,
        ReferralCaseKind.SameAddress => T["An order from the promoter's own network"].Value,
        _ => T["Opened by staff"].Value,
    };

    /// <summary>How a case stands. An alarm about the shop as a whole is decided against nobody.</summary>
    public static string State(IViewLocalizer T, ReferralCase found) => found is { Promoter: null, State: ReferralCaseState.Upheld } ? T["Something was wrong"].Value : State(T, found.State);

    /// <summary>What a state of cases is called.</summary>
    public static string State(IViewLocalizer T, ReferralCaseState state) => state switch
    {
        ReferralCaseState.Open => T["Waits for a decision"].Value,
        ReferralCaseState.Upheld => T["Decided against the promoter"].Value,
        ReferralCaseState.Dismissed => T["Nothing was wrong"].Value,
        ReferralCaseState.Appealed => T["Appealed"].Value,
        ReferralCaseState.AppealUpheld => T["The appeal was right"].Value,
        _ => T["The decision stands"].Value,
    };

    /// <summary>What a fact of a case is called: facts as the scan and the review write them. One that isn't known stands for itself.</summary>
    public static string Fact(IViewLocalizer T, ReferralCaseKind kind, string name) => name switch
    {
        "boughtByPromotersMinor" => T["Bought by promoters"].Value,
        "salesMinor" when kind == ReferralCaseKind.Ring => T["Sold to them"].Value,
        "salesMinor" => T["Sales in all"].Value,
        "relations" => T["Promoters in the circle"].Value,
        "ordersInOneHour" => T["Most orders in an hour"].Value,
        "suchHours" => T["Hours with too many orders"].Value,
        "ordersByCode" => T["Orders by code, 30 days"].Value,
        "visits" => T["Visits, 30 days"].Value,
        "people" => T["People in the line"].Value,
        "levels" => T["Levels of the line"].Value,
        "orders" => T["Orders of the variant by promoters, 30 days"].Value,
        "ordersByPromoters" => T["All orders by promoters, 30 days"].Value,
        "buyersOutside" => T["Buyers who aren't promoters, 30 days"].Value,
        "buyers" => T["All buyers whom promoters brought, 30 days"].Value,
        "note" => T["What was seen"].Value,
        "by" => T["Opened by"].Value,
        _ => name,
    };

    /// <summary>The fact itself: amounts as money, numbers as people write them.</summary>
    public static string FactValue(string name, string value, string currency, CultureInfo culture) =>
        name is "note" or "by" || !long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? value
        : name.EndsWith("Minor", StringComparison.Ordinal) ? new Money(number, currency).Format(culture) : number.ToString("N0", culture);

    /// <summary>What a field of the rules is called on their page.</summary>
    public static string? Rule(IHtmlLocalizer T, string? field) => field switch
    {
        "jurisdiction" => T["Country of the operator"].Value,
        "currency" => T["Currency"].Value,
        "capBasisPoints" => T["Most of an order, %"].Value,
        "refundWindowDays" => T["Days for refunds after delivery"].Value,
        "disputeWindowDays" => T["Days for disputes after payment"].Value,
        "model" => T["Which recommendation counts"].Value,
        "clickWindowDays" => T["A click counts for days"].Value,
        "promoterBoughtBasisPoints" => T["Freeze when promoters bought more than, %"].Value,
        "velocityPerHour" => T["Look at more orders an hour than"].Value,
        "tiers" => T["Tiers, by own sales only"].Value,
        _ => null,
    };

    /// <summary>What a field of the rules may be; null where the engine's own words say it.</summary>
    public static string? RuleRange(IHtmlLocalizer T, string? field) => field switch
    {
        "jurisdiction" => T["two letters, like CN"].Value,
        "currency" => T["three letters, like CNY"].Value,
        not null when ReferralProgram.Ranges.TryGetValue(field, out var range) => string.Format(CultureInfo.CurrentCulture, T["a number from {0} to {1}"].Value, Typed(field, range.Least), Typed(field, range.Most)),
        _ => null,
    };

    // shares are typed in percent
    private static int Typed(string field, int value) => field.EndsWith("BasisPoints", StringComparison.Ordinal) ? value / 100 : value;

    /// <summary>By what an order was attributed.</summary>
    public static string Via(IViewLocalizer T, AttributionVia via) => via switch
    {
        AttributionVia.Code => T["a code at checkout"].Value,
        AttributionVia.Click => T["a click that the browser remembered"].Value,
        _ => T["a click of the same account on another device"].Value,
    };

    /// <summary>Why an order earns nothing.</summary>
    public static string Refused(IViewLocalizer T, string reason) => reason switch
    {
        SelfReferral.Account => T["The buyer's account is the promoter's own."].Value,
        SelfReferral.Contact => T["The order's contact is the promoter's own."].Value,
        SelfReferral.RealName => T["The buyer's real name is the promoter's own."].Value,
        SelfReferral.Payment => T["It was paid with the promoter's own means."].Value,
        SelfReferral.Device => T["It was made on the promoter's own device."].Value,
        SelfReferral.Upheld => T["A case about the order was decided against the promoter."].Value,
        _ => reason,
    };

    /// <summary>A number that was counted up to a bound only: <c>1,000+</c> beyond it.</summary>
    public static string Counted(long number, long most, CultureInfo culture) => number > most ? most.ToString("N0", culture) + "+" : number.ToString("N0", culture);

    /// <summary>Which touch wins.</summary>
    public static string Model(IViewLocalizer T, AttributionModel model) => model switch
    {
        AttributionModel.LastClick => T["The last one (a code at checkout is the very last)"].Value,
        AttributionModel.FirstClick => T["The first one"].Value,
        _ => T["A code at checkout, else the last click"].Value,
    };

    /// <summary>A step of a calculation, in a sentence.</summary>
    public static string Step(IViewLocalizer T, TraceStep step, string currency, CultureInfo culture)
    {
        string In(string minor) => long.TryParse(minor, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? new Money(amount, currency).Format(culture) : minor;
        string Percent(string basisPoints) => long.TryParse(basisPoints, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? (number / 100m).ToString("0.##", culture) + " %" : basisPoints;
        string Say(string text, params object[] values) => string.Format(culture, text, values);
        // "9800 - 588" and "goods: 1000" are how the calculator writes them
        var (first, second) = step.What switch
        {
            "base" => Two(step.Detail, " - "),
            "rate" => Two(step.Detail, ": "),
            _ => (step.Detail, ""),
        };
        return step.What switch
        {
            "base" => Say(T["Paid for the goods {0}, less tax {1}"].Value, In(first), In(second)),
            "rate" => Say(T["By the rate “{0}”: {1} of it"].Value, first, Percent(second)),
            "bonus" => Say(T["Bonus for a buyer's first order: {0}"].Value, In(first)),
            "room" => Say(T["Cut to what the one who pays it has of the sale: {0}"].Value, In(first)),
            "cap_policy" => Say(T["Cut to the cap of {0} of the order, the buyer's discount counted"].Value, Percent(first)),
            "cap_margin" => Say(T["Cut to the margin of {0}, the buyer's discount counted"].Value, Percent(first)),
            "cap_order" => Say(T["Cut to the most for an order: {0}"].Value, In(first)),
            "budget" => Say(T["Cut to what is left of the plan's budget: {0}"].Value, In(first)),
            _ => $"{step.What} {step.Detail}",
        };
    }

    private static (string, string) Two(string text, string separator) =>
        text.LastIndexOf(separator, StringComparison.Ordinal) is > 0 and var at ? (text[..at], text[(at + separator.Length)..]) : (text, "");
}
