using LinkShop.Commerce;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Splits;
using LinkShop.Finance.Services;

namespace LinkShop.Finance.ViewModels;

/// <summary>Somebody's wallet.</summary>
/// <param name="Owner">User id; empty for the shop itself.</param>
/// <param name="Wallets">One for each currency.</param>
/// <param name="Days">What is released on each of the site's days, soonest first.</param>
/// <param name="Coming">The releases; the times of the first ones are the site's.</param>
/// <param name="Statement">The chosen month.</param>
/// <param name="Name">What the owner is called.</param>
/// <param name="MayAsk">Whether the reader may have it paid out.</param>
public sealed record WalletViewModel(
    string Owner, IReadOnlyList<Wallet> Wallets, IReadOnlyList<(DateOnly Day, Money Amount)> Days, ComingReleases Coming, MonthStatement? Statement,
    string Name, bool MayAsk)
{
    /// <summary>How the owner came to owe and paid it off, the newest first of each currency.</summary>
    public IReadOnlyList<LedgerMovement> Debts { get; init; } = [];
}

/// <summary>What somebody earned by an order.</summary>
/// <param name="Owner">User id; empty for the shop itself.</param>
/// <param name="Number">The order's number.</param>
/// <param name="Lines">Their lines of it.</param>
/// <param name="Titles">What was sold, by number of the line.</param>
public sealed record EarningViewModel(string Owner, string Name, string Number, DateTimeOffset? PaidAt, IReadOnlyList<LineMoney> Lines, IReadOnlyDictionary<int, string> Titles);

/// <summary>A page of merchants.</summary>
public sealed record MerchantsViewModel(IReadOnlyList<Merchant> Merchants, IReadOnlyDictionary<string, string> Names, string? Next);

/// <summary>The form of a merchant.</summary>
public sealed class MerchantForm
{
    /// <summary>Name they sign in with; empty for the shop itself.</summary>
    public string? User { get; set; }

    public string? Name { get; set; }

    public string? Tier { get; set; }

    public string? ShopPlan { get; set; }

    /// <summary>Whether it is one that is stored.</summary>
    public bool Known { get; set; }
}

/// <summary>The form of the rules.</summary>
public sealed class FeePolicyForm
{
    public int Version { get; set; }

    public string? DefaultDays { get; set; }

    public string? Ceiling { get; set; }

    public string? Reserve { get; set; }

    public string? ReserveDays { get; set; }

    public string? NewMerchantDays { get; set; }

    public string? RefundAnswerHours { get; set; }

    public List<FeeRuleRow> Rules { get; set; } = [];

    public List<TermRow> Terms { get; set; } = [];
}

/// <summary>The rules with what they can be about.</summary>
public sealed record FeePolicyPage(FeePolicyForm Form, FeeChoices Choices);

/// <summary>A rule in the form; one without a name is left out.</summary>
public sealed class FeeRuleRow
{
    public string? Id { get; set; }

    public string? Share { get; set; }

    /// <summary>Percent.</summary>
    public string? Rate { get; set; }

    /// <summary>Decimal amount.</summary>
    public string? Fixed { get; set; }

    public string? Currency { get; set; }

    public string? CategoryId { get; set; }

    public string? MerchantTier { get; set; }

    public string? ShopPlan { get; set; }

    public string? Provider { get; set; }

    public DateTime? ValidFrom { get; set; }

    public DateTime? ValidUntil { get; set; }
}

/// <summary>A release time in the form; one without days is left out.</summary>
public sealed class TermRow
{
    public string? CategoryId { get; set; }

    public string? MerchantTier { get; set; }

    public string? Days { get; set; }
}
