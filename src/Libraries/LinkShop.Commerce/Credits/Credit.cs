namespace LinkShop.Commerce.Credits;

/// <summary>What a buyer can have with the mall.</summary>
public enum CreditKind
{
    /// <summary>Money that pays orders.</summary>
    Balance,
    /// <summary>Points: one is worth one minor unit, so 100 of them are ¥1.00.</summary>
    Points,
}

/// <summary>Credit to give.</summary>
public sealed record CreditGrant
{
    /// <summary>Made by the caller: sent again it is the same grant. 1 to 64 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Who gets it.</summary>
    public required string UserId { get; init; }

    /// <summary>What.</summary>
    public required CreditKind Kind { get; init; }

    /// <summary>How much; points as minor units.</summary>
    public required Money Amount { get; init; }

    /// <summary>Why, 1 to 500 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>User name of who gives it.</summary>
    public required string Actor { get; init; }
}

/// <summary>What is left of a grant, to be taken back.</summary>
public sealed record CreditTakeBack
{
    /// <summary>Made by the caller: sent again it is the same. 1 to 64 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The grant.</summary>
    public required string GrantId { get; init; }

    /// <summary>Why, 1 to 500 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>User name of who does it.</summary>
    public required string Actor { get; init; }
}

/// <summary>A grant as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="UserId">Who got it.</param>
/// <param name="Kind">What.</param>
/// <param name="Amount">How much.</param>
/// <param name="TakenBack">How much of it was taken back.</param>
/// <param name="Left">What of it can be taken back now.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">User name of who gave it.</param>
/// <param name="At">When.</param>
public sealed record CreditGrantView(string Id, string UserId, CreditKind Kind, Money Amount, Money TakenBack, Money Left, string Reason, string Actor, DateTimeOffset At);

/// <summary>What somebody has.</summary>
/// <param name="Kind">What.</param>
/// <param name="Available">How much; points as minor units.</param>
public sealed record CreditStanding(CreditKind Kind, Money Available);

/// <summary>Something that came or went.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">Of what.</param>
/// <param name="Amount">Above zero when it came.</param>
/// <param name="Balance">What there was after it.</param>
/// <param name="Reason">Stable code: <see cref="Splits.MoneyNames"/> has its name.</param>
/// <param name="OrderId">The order it was about, or null.</param>
/// <param name="Text">What staff wrote, or null.</param>
/// <param name="Actor">User name of the member of staff, or null.</param>
public sealed record CreditMovement(DateTimeOffset At, CreditKind Kind, Money Amount, Money Balance, string Reason, string? OrderId, string? Text, string? Actor)
{
    /// <summary>The order's number, as people read it out; null without an order.</summary>
    public string? Number => OrderId is null ? null : Ordering.OrderNumber.Of(OrderId);
}
