namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Settings of the process, <c>LinkShop:Maintenance</c>.</summary>
public sealed class MaintenanceOptions
{
    /// <summary>Seconds between two sweeps (releases of earnings, payouts to send, what shops owe suppliers, refund requests that are overdue, holds that have ended), at least 1.</summary>
    public int SweepSeconds { get; set; } = 60;
}
