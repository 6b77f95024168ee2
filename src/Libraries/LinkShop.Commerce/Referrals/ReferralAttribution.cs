namespace LinkShop.Commerce.Referrals;

/// <summary>By what an order was attributed.</summary>
public enum AttributionVia
{
    /// <summary>A share code.</summary>
    Code,
    /// <summary>A click kept in the cookie.</summary>
    Click,
    /// <summary>A click of the same account on another device.</summary>
    Account,
}

/// <summary>Who brought an order's buyer. Written with the order, never changed.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Promoter">The promoter.</param>
/// <param name="LinkId">The link.</param>
/// <param name="PlanId">The plan.</param>
/// <param name="PlanVersion">Its version, which the order keeps.</param>
/// <param name="Model">By which model.</param>
/// <param name="Via">By what.</param>
/// <param name="Channel">The link's channel.</param>
/// <param name="Campaign">The link's campaign.</param>
/// <param name="FirstOrder">Whether it is the buyer's first in the tenant.</param>
/// <param name="TouchedAt">When the touch was that won.</param>
/// <param name="Evidence">All touches that were looked at, with what became of each; JSON.</param>
/// <param name="Refused">Why nothing is earned by it (<see cref="SelfReferral"/>), or null.</param>
/// <param name="At">When the order was made.</param>
public sealed record OrderAttribution(
    string OrderId, string Promoter, string LinkId, string PlanId, long PlanVersion, AttributionModel Model, AttributionVia Via, string Channel, string Campaign,
    bool FirstOrder, DateTimeOffset TouchedAt, string Evidence, string? Refused, DateTimeOffset At);

/// <summary>Why an order earns its promoter nothing.</summary>
public static class SelfReferral
{
    /// <summary>The buyer's account is the promoter's.</summary>
    public const string Account = "self_account";
    /// <summary>The order's e-mail address or phone number is the promoter's.</summary>
    public const string Contact = "self_contact";
    /// <summary>The buyer's real name is the promoter's.</summary>
    public const string RealName = "self_real_name";
    /// <summary>The order was paid with the promoter's payment instrument.</summary>
    public const string Payment = "self_payment";
    /// <summary>The order was made on the promoter's device.</summary>
    public const string Device = "self_device";
    /// <summary>A case about the order was decided against the promoter.</summary>
    public const string Upheld = "case_upheld";
}

/// <summary>A reward of an order's line.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Line">Number of the line.</param>
/// <param name="Level">1: who sold. 2: who brought that promoter.</param>
/// <param name="Promoter">Who earns it.</param>
/// <param name="PlanId">The plan.</param>
/// <param name="PlanVersion">Its version.</param>
/// <param name="Amount">What it came to when the order was paid.</param>
/// <param name="Now">What is left of it after refunds, chargebacks and decisions.</param>
/// <param name="Kind">Money or points.</param>
/// <param name="Funding">Who pays it.</param>
/// <param name="AvailableAt">When it becomes available; null while it isn't known (not delivered, disputed), or when it is.</param>
/// <param name="Available">Whether it is available, or was paid out.</param>
/// <param name="At">Since when it is pending.</param>
public sealed record Commission(
    string OrderId, int Line, int Level, string Promoter, string PlanId, long PlanVersion, Money Amount, Money Now, RewardKind Kind, RewardFunding Funding,
    DateTimeOffset? AvailableAt, bool Available, DateTimeOffset At)
{
    /// <summary>Whether it was taken back by a decision about the order, and not by a refund.</summary>
    public bool Voided { get; init; }

    /// <summary>Whether nothing is released for now: the order is looked at, or the one who earns it is, or was switched off.</summary>
    public bool Held { get; init; }

    /// <summary>The order's number, as people read it out.</summary>
    public string Number => Ordering.OrderNumber.Of(OrderId);
}

/// <summary>How a reward came about: everything that went into it, so that <see cref="ReferralCalculator"/> gives the same again.</summary>
/// <param name="Input">What was known.</param>
/// <param name="Line">The line it is about.</param>
/// <param name="Level">The level.</param>
/// <param name="Steps">The calculation, step by step.</param>
/// <param name="Minor">What came out.</param>
public sealed record CommissionTrace(RewardInput Input, int Line, int Level, IReadOnlyList<TraceStep> Steps, long Minor);

/// <summary>One step of a calculation.</summary>
/// <param name="What">Stable code, for example <c>base</c>, <c>rate</c>, <c>bonus</c>, <c>cap_policy</c>, <c>cap_order</c>, <c>cap_margin</c>, <c>room</c>, <c>budget</c>. Screens translate it.</param>
/// <param name="Detail">The rule or the number it was worked out with.</param>
/// <param name="Minor">The amount after it.</param>
public sealed record TraceStep(string What, string Detail, long Minor);

/// <summary>Reads attributions and rewards.</summary>
public interface IReferralRecords
{
    /// <summary>An order's attribution; null when nobody brought it.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<OrderAttribution?> AttributionAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default);

    /// <summary>An order's rewards.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Commission>> OfOrderAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default);

    /// <summary>A promoter's rewards, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="promoter">The promoter.</param>
    /// <param name="beforeOrderId">Only of orders older than this, or null.</param>
    /// <param name="take">At most how many, up to 200.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Commission>> OfPromoterAsync(TenantScope scope, string promoter, string? beforeOrderId = null, int take = 50, CancellationToken cancellationToken = default);

    /// <summary>Links that somebody followed while signed in, newest first: by them an order on another device is known to be brought.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">The account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<FollowedLink>> FollowedAsync(TenantScope scope, string userId, CancellationToken cancellationToken = default);

    /// <summary>How a reward came about; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="line">Number of the line.</param>
    /// <param name="level">Level.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CommissionTrace?> TraceAsync(TenantScope scope, string orderId, int line, int level = 1, CancellationToken cancellationToken = default);
}

/// <summary>A link that somebody followed while signed in.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="FirstAt">When first.</param>
/// <param name="LastAt">When last.</param>
public sealed record FollowedLink(string LinkId, DateTimeOffset FirstAt, DateTimeOffset LastAt);
