using LinkShop.Commerce;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Shops;
using LinkShop.Platform.ViewModels;
using Microsoft.AspNetCore.Http;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Models;

namespace LinkShop.Platform.Services;

/// <summary>Collects what the operator of the platform looks at first: its tenants and what is stuck in them.</summary>
public sealed class PlatformPages(IShellHost shellHost, IOutboxAdmin outbox, MailServers mail, IEnumerable<IPaymentProvider> providers, IShopWaiting waiting, ShellSettings settings)
{
    private const int MaxTenants = 100;
    private const int MaxWaiting = 500;

    /// <summary>The page. Tenants with something stuck come first.</summary>
    /// <param name="context">The request.</param>
    /// <param name="withShops">Whether the reader looks after micro-shops.</param>
    public async Task<PlatformViewModel> BuildAsync(HttpContext context, bool withShops)
    {
        var dead = await outbox.CountDeadByTenantAsync(context.RequestAborted);
        var tenants = shellHost.GetAllSettings().Where(t => !t.IsDefaultShell()).ToList();
        return new PlatformViewModel
        {
            Running = tenants.Count(t => t.IsRunning()),
            Stopped = tenants.Count(t => t.IsDisabled()),
            NotSetUp = tenants.Count(t => !t.IsRunning() && !t.IsDisabled()),
            WaitingShops = withShops ? (await waiting.ListAsync(new TenantScope(settings.Name), MaxWaiting, context.RequestAborted)).Sum(w => w.Count) : null,
            OwnDead = dead.GetValueOrDefault(settings.Name),
            TenantsDead = dead.Where(d => d.Key != settings.Name).Sum(d => d.Value),
            MailToFolder = !await mail.AnyAsync(),
            SandboxOn = await providers.AnyUsableAsync(p => p.IsSandbox),
            Tenants = tenants
                .Select(t => new TenantRow(TenantLink.Of(t, context.Request), t.State, dead.GetValueOrDefault(t.Name)))
                .OrderByDescending(t => t.Dead).ThenBy(t => t.State == TenantState.Running).ThenBy(t => t.Link.Name, StringComparer.Ordinal)
                .Take(MaxTenants).ToList(),
        };
    }
}
