using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Settlement;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;

namespace LinkShop.Platform.ViewModels;

/// <summary>The start page of the admin.</summary>
public sealed class DashboardViewModel
{
    /// <summary>What its reader sees of it.</summary>
    public required DashboardParts Parts { get; init; }

    /// <summary>Today; null when the reader sees neither orders nor sales.</summary>
    public required OrderDashboard? Today { get; init; }

    /// <summary>The last thirty days, today included; null when the reader doesn't see sales.</summary>
    public required OrderDashboard? Month { get; init; }

    public required IReadOnlyList<OpenTask> Tasks { get; init; }

    public required IReadOnlyList<RefundDue> RefundsDue { get; init; }

    /// <summary>Buyers' requests for money back that nobody has answered, up to a hundred.</summary>
    public required int RefundRequests { get; init; }

    /// <summary>How far the shop is, while nobody has ordered anything; null after that.</summary>
    public required SetupSteps? Setup { get; init; }

    /// <summary>Buyers who wait for an answer.</summary>
    public required long WaitingBuyers { get; init; }

    /// <summary>What suppliers changed, took off sale or recalled, and nobody has seen yet.</summary>
    public required long SupplierNews { get; init; }

    public required IReadOnlyList<LowStock> LowStocks { get; init; }

    /// <summary>What the shop itself has earned, by currency.</summary>
    public required IReadOnlyList<Wallet> Wallets { get; init; }

    /// <summary>Payouts of the shop that wait for approval, of the newest page.</summary>
    public required int PayoutsAsked { get; init; }

    public required OutboxCounts Outbox { get; init; }

    /// <summary>Whether mails go to a folder because no mail server is set.</summary>
    public required bool MailToFolder { get; init; }

    /// <summary>Whether orders can be paid without money.</summary>
    public required bool SandboxOn { get; init; }

    /// <summary>Whether anything can be paid for.</summary>
    public required bool CanBePaid { get; init; }

    /// <summary>Ids of the tenant's features.</summary>
    public required IReadOnlySet<string> Features { get; init; }

    /// <summary>The days as the chart's script reads them; null when the reader doesn't see sales.</summary>
    public required string? ChartJson { get; init; }

    /// <summary>Whether the screens of a feature are there to link to.</summary>
    public bool Has(string feature) => Features.Contains(feature);
}

/// <summary>Parts of the start page.</summary>
/// <param name="Sales">Figures of sales.</param>
/// <param name="Orders">What is to be delivered, and disputes.</param>
/// <param name="Refunds">Requests for money back that wait for a decision.</param>
/// <param name="Messages">Buyers who wait for an answer.</param>
/// <param name="Goods">Key pools, and how far a new shop is.</param>
/// <param name="Supplies">What suppliers changed.</param>
/// <param name="Wallet">What the shop has earned, and payouts.</param>
public sealed record DashboardParts(bool Sales, bool Orders, bool Refunds, bool Messages, bool Goods, bool Supplies, bool Wallet)
{
    /// <summary>Whether there is any.</summary>
    public bool Any => Sales || Orders || Refunds || Messages || Goods || Supplies || Wallet;
}

/// <summary>How far a new shop is.</summary>
/// <param name="OnSale">Whether something is on sale.</param>
/// <param name="InStock">Whether some of that can be delivered.</param>
public sealed record SetupSteps(bool OnSale, bool InStock);

/// <summary>A pool that runs out.</summary>
public sealed record LowStock(KeyPool Pool, long Available);

/// <summary>A tenant and where it is.</summary>
public sealed record TenantLink(string Name, string Title, string Address)
{
    /// <summary>The address as seen from a request: by its host name or its prefix.</summary>
    public static TenantLink Of(ShellSettings tenant, HttpRequest request) => new(
        tenant.Name,
        tenant["Description"] is { Length: > 0 } description ? description : tenant.Name,
        $"{request.Scheme}://{(tenant.RequestUrlHosts is [var host, ..] ? host : request.Host.Value)}/{tenant.RequestUrlPrefix}".TrimEnd('/'));
}

/// <summary>A day's revenue in one currency.</summary>
public sealed record DayRevenue(DateOnly Day, Money Amount);
