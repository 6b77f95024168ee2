using System.Threading.RateLimiting;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Admin.Users;

/// <summary>Nobody's mailbox is filled by what somebody else asks for: so many mails of a kind go to an account, or to an address, in an hour.</summary>
internal sealed class MailLimiter : IDisposable
{
    public const int MailsPerHour = 3;

    private readonly PartitionedRateLimiter<(string Tenant, string Account)> _limiter = PartitionedRateLimiter.Create<(string Tenant, string Account), (string, string)>(account =>
        RateLimitPartition.GetFixedWindowLimiter(account, _ => new FixedWindowRateLimiterOptions { PermitLimit = MailsPerHour, Window = TimeSpan.FromHours(1), QueueLimit = 0 }));

    public bool TryMail(ShellSettings tenant, string account)
    {
        using var lease = _limiter.AttemptAcquire((tenant.Name, account));
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
