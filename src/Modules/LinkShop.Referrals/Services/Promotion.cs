using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using Microsoft.Extensions.Caching.Memory;
using OrchardCore.Environment.Cache;

namespace LinkShop.Referrals.Services;

/// <summary>Keeps what pages ask.</summary>
internal sealed class Promotion(IReferralPlans plans, IPromoters promoters, IMemoryCache cache, ISignal signal, TenantScope scope) : IPromotion
{
    /// <summary>The signal that somebody changed the plans or the rules, in whichever process.</summary>
    public const string Changed = "LinkShop.Referrals.Promotion";

    // plans also begin, end and run out of budget by themselves; with ten thousand shops a shorter time would be a look for every page
    private static readonly TimeSpan s_age = TimeSpan.FromSeconds(30);

    public ValueTask<bool> PaysAsync() => KeptAsync("", () => plans.AnyInForceAsync(scope));

    public async ValueTask<bool> ConcernsAsync(string? user) =>
        await PaysAsync() || (user is not null && await KeptAsync(user, async () => await promoters.FindAsync(scope, user) is not null));

    // containers are shared between tenants, so the key names the tenant
    private async ValueTask<bool> KeptAsync(string user, Func<Task<bool>> read)
    {
        var key = (typeof(Promotion), scope.Tenant, user);
        if (cache.TryGetValue(key, out bool known))
            return known;
        // taken first: a change while this is read must count
        var token = signal.GetToken(Changed);
        return cache.Set(key, await read(), new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = s_age }.AddExpirationToken(token));
    }
}
