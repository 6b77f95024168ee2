using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using Microsoft.Extensions.Caching.Memory;

namespace LinkShop.Referrals.Services;

/// <summary>Keeps for moments what pages ask.</summary>
internal sealed class Promotion(IReferralPlans plans, IPromoters promoters, IMemoryCache cache, TenantScope scope) : IPromotion
{
    // no signal comes when another process puts a plan into force
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(2);

    public ValueTask<bool> PaysAsync() => KeptAsync("", () => plans.AnyInForceAsync(scope));

    public async ValueTask<bool> ConcernsAsync(string? user) =>
        await PaysAsync() || (user is not null && await KeptAsync(user, async () => await promoters.FindAsync(scope, user) is not null));

    // containers are shared between tenants, so the key names the tenant
    private async ValueTask<bool> KeptAsync(string user, Func<Task<bool>> read)
    {
        var key = (typeof(Promotion), scope.Tenant, user);
        return cache.TryGetValue(key, out bool known) ? known : cache.Set(key, await read(), s_age);
    }
}
