namespace LinkShop.Commerce.Shops;

/// <summary>What a shop on a plan may have, and what it pays.</summary>
/// <param name="Code">Its code, 1 to 30 characters.</param>
/// <param name="Rank">Of two plans that are paid for, the higher one counts.</param>
/// <param name="Products">How many products.</param>
/// <param name="Staff">How many accounts with a role, besides its owner.</param>
/// <param name="StorageMb">Megabytes of pictures and files.</param>
/// <param name="Domains">How many domains of its own.</param>
/// <param name="FeeBasisPoints">The platform's commission, in 1/100 of a percent.</param>
/// <param name="MonthSku">The variant that pays for a month, or null.</param>
/// <param name="YearSku">The variant that pays for a year, or null.</param>
/// <param name="Supplies">Whether others may sell its goods.</param>
public sealed record ShopPlan(string Code, int Rank, int Products, int Staff, int StorageMb, int Domains, int FeeBasisPoints, string? MonthSku, string? YearSku, bool Supplies = true)
{
    /// <summary>What the plans of the platform's recipe are called, in English; screens translate it.</summary>
    /// <param name="code">A plan's code.</param>
    /// <returns>Null for plans of an operator's own, which stand for themselves.</returns>
    public static string? NameOf(string code) => code switch { "free" => "Free plan", "pro" => "Pro plan", "brand" => "Brand plan", _ => null };
}

/// <summary>A paid time on a plan.</summary>
/// <param name="OrderId">The order that paid for it.</param>
/// <param name="Line">Its line.</param>
/// <param name="Plan">The plan.</param>
/// <param name="BoughtAt">When it was paid.</param>
/// <param name="BoughtMs">How long it was bought for.</param>
/// <param name="KeptMs">How much of that refunds left.</param>
/// <param name="FromAt">When it begins.</param>
/// <param name="UntilAt">When it ends. A higher plan in between stops its clock.</param>
public sealed record PlanTerm(string OrderId, int Line, string Plan, DateTimeOffset BoughtAt, long BoughtMs, long KeptMs, DateTimeOffset FromAt, DateTimeOffset UntilAt);

/// <summary>Where a shop is with its plan.</summary>
/// <param name="Shop">The shop's tenant.</param>
/// <param name="Slug">Its address.</param>
/// <param name="Plan">The plan it is on.</param>
/// <param name="PlanUntil">Until when, or null when that has no end.</param>
/// <param name="HandPlan">The plan that staff gave, or null.</param>
/// <param name="HandUntil">Until when they gave it, or null for no end.</param>
public sealed record ShopPlanState(string Shop, string Slug, string Plan, DateTimeOffset? PlanUntil, string? HandPlan, DateTimeOffset? HandUntil);

/// <summary>A paid line of a platform's order for a plan, as it stands now: the same facts may be told any number of times.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Line">Its line.</param>
/// <param name="Slug">The address of the shop, as the buyer gave it.</param>
/// <param name="SkuId">The variant.</param>
/// <param name="Quantity">How many months or years.</param>
/// <param name="PaidAt">When it was paid.</param>
/// <param name="TotalMinor">What the line came to.</param>
/// <param name="KeptMinor">What of that wasn't given back.</param>
public sealed record PlanPurchase(string OrderId, int Line, string Slug, string SkuId, int Quantity, DateTimeOffset PaidAt, long TotalMinor, long KeptMinor);

/// <summary>Events about plans.</summary>
public static class PlanEvents
{
    /// <summary>A plan ends soon: <see cref="PlanEnding"/>.</summary>
    public const string Ending = "ShopPlanEnding";

    /// <summary>An order paid for a plan of a shop that doesn't exist: staff have to look. <see cref="Ordering.OrderEvent"/>.</summary>
    public const string Unplaced = "ShopPlanUnplaced";
}

/// <summary>Payload of <see cref="PlanEvents.Ending"/>.</summary>
/// <param name="Shop">Name of the shop's tenant.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Until">When it ends.</param>
public sealed record PlanEnding(string Shop, string Plan, DateTimeOffset Until);
