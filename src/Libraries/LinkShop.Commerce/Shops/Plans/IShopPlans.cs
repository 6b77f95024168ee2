namespace LinkShop.Commerce.Shops;

/// <summary>The plans of a platform's shops, and who is on which until when. The tenant of each call is the platform's.</summary>
public interface IShopPlans
{
    /// <summary>All plans, the lowest first.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ShopPlan>> ListAsync(TenantScope platform, CancellationToken cancellationToken = default);

    /// <summary>Adds a plan or changes it. Shops on it follow at once; with another fee they are told.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<ShopPlan>> SaveAsync(TenantScope platform, ShopPlan plan, CancellationToken cancellationToken = default);

    /// <summary>What a shop may have: its plan. Null when the platform has no such plan, and nothing is limited.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ShopPlan?> LimitsAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default);

    /// <summary>Where a shop is with its plan; null when there is no such shop.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ShopPlanState?> StateAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default);

    /// <summary>What was paid for a shop's plans, newest first.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<PlanTerm>> TermsAsync(TenantScope platform, string shop, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes over what an order paid for. What counts is what the order says now, so that events may come again, late, and in any order: once paid is once extended, and what is
    /// refunded shortens the time by as much, though never by what was used.
    /// </summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="purchase">The line as it stands.</param>
    /// <param name="announce">Whether an address of nobody is told as <see cref="PlanEvents.Unplaced"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The term; null when the variant is none of a plan; <c>not_found</c> when no shop has or had the address, or it is closed.</returns>
    Task<CommerceResult<PlanTerm?>> ApplyAsync(TenantScope platform, PlanPurchase purchase, bool announce = false, CancellationToken cancellationToken = default);

    /// <summary>Gives a shop a plan whatever was paid for, or takes that back.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="shop">The shop's tenant.</param>
    /// <param name="plan">The plan; null: what was paid for counts again.</param>
    /// <param name="until">Until when; null: no end.</param>
    /// <param name="reason">Why; written down.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<ShopPlanState>> GiveAsync(TenantScope platform, string shop, string? plan, DateTimeOffset? until, string? reason, string actor, CancellationToken cancellationToken = default);

    /// <summary>Ends what is over and reminds of what ends soon. Any number of processes may do it.</summary>
    /// <param name="platform">The platform's tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many shops it looked at.</returns>
    Task<int> SweepAsync(TenantScope platform, CancellationToken cancellationToken = default);
}
