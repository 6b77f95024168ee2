using LinkShop.Commerce;
using LinkShop.Commerce.Shops;

namespace LinkShop.Shops.ViewModels;

/// <summary>The editor of a plan.</summary>
public class ShopPlanPartViewModel
{
    public string? Code { get; set; }

    public int Position { get; set; }

    public int Products { get; set; }

    public int Staff { get; set; }

    public int StorageMb { get; set; }

    public int Domains { get; set; }

    public bool Supplies { get; set; }

    public decimal FeePercent { get; set; }

    public string? MonthSku { get; set; }

    public string? YearSku { get; set; }

    public string? Summary { get; set; }

    public string? TitleEn { get; set; }

    public string? SummaryEn { get; set; }
}

/// <summary>A plan as the platform's page compares it.</summary>
public sealed record PlanColumn(ShopPlan Plan, string Title, string? Summary, Money? Month, Money? Year);

/// <summary>The platform's page about plans.</summary>
/// <param name="Columns">The plans.</param>
/// <param name="Shop">Address of the shop that is upgraded, or null.</param>
public sealed record PlansPage(IReadOnlyList<PlanColumn> Columns, string? Shop);

/// <summary>What a shop uses of its plan.</summary>
public sealed record PlanUse(int Products, int Staff, long StorageBytes);

/// <summary>The shop desk's page about the plan.</summary>
public sealed record ShopPlanPage(ShopPlanState State, ShopPlan? Limits, PlanUse Use, IReadOnlyList<PlanTerm> Terms, int Domains);

/// <summary>The platform's page about one shop's plan. <paramref name="Refused"/> says that what was typed was refused, and stays.</summary>
public sealed record PlanAdminPage(ShopInfo Shop, ShopPlanState State, IReadOnlyList<ShopPlan> Plans, IReadOnlyList<PlanTerm> Terms, bool Refused);
