using LinkShop.Commerce.Credits;

namespace LinkShop.Finance.ViewModels;

/// <summary>What a buyer has with the shop.</summary>
public sealed class CreditsViewModel
{
    /// <summary>What was searched for.</summary>
    public string? Sought { get; init; }

    /// <summary>Id of the user found; null when there is none.</summary>
    public string? UserId { get; init; }

    public string? UserName { get; init; }

    public IReadOnlyList<CreditStanding> Standings { get; init; } = [];

    public IReadOnlyList<CreditGrantView> Grants { get; init; } = [];

    /// <summary>Newest first; times are the site's.</summary>
    public IReadOnlyList<CreditMovement> Movements { get; init; } = [];

    public CreditForm Form { get; init; } = new();
}

/// <summary>The form that gives credit.</summary>
public sealed class CreditForm
{
    /// <summary>Made with the form, so that sending it twice gives once.</summary>
    public string? Once { get; set; }

    public string? UserId { get; set; }

    public CreditKind Kind { get; set; }

    /// <summary>Decimal amount, or a whole number of points.</summary>
    public string? Amount { get; set; }

    public string? Currency { get; set; }

    public string? Reason { get; set; }
}
