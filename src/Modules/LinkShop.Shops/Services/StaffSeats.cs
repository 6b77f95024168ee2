using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Shops.Services;

/// <summary>
/// The seats of a shop's plan that its staff take. Whoever is stored with a role has one: it is taken before, and given back only when the account is looked up without a role. Between the
/// two moments an account is another request's alone, so both happen under a lock of the shop, which is held until the account is stored.
/// </summary>
public sealed class StaffSeats(IShopSeats seats, IShops shops, ShellSettings shell, IDistributedLock locks) : IAsyncDisposable, IDisposable
{
    private ILocker? _held;

    /// <summary>How many are taken by somebody who is there.</summary>
    public async Task<int> UsedAsync() => (await FindAsync()).Count(seat => seat.Used);

    /// <summary>Takes one for an account that is about to be stored with a role.</summary>
    /// <param name="user">Its id.</param>
    /// <returns>Whether there was one. Then <see cref="StoredAsync"/> follows, or the scope's end when it couldn't be stored.</returns>
    internal async Task<bool> TakeAsync(string user)
    {
        // nearly always, as with each wrong password: nobody can give a seat away whose account has a role, and this change of it fails when the role is withdrawn meanwhile
        if (await HasRoleAsync(user) && await TryAsync(user))
            return true;
        _held ??= await locks.AcquireLockAsync("LinkShop.Plan.Staff");
        if (await TryAsync(user))
            return true;
        foreach (var (id, used) in await FindAsync())
        {
            if (!used)
                await seats.LeaveAsync(PlatformTenant.Scope, shell.Name, id);
        }

        return await TryAsync(user);
    }

    /// <summary>Lets the next one in, when the account is stored.</summary>
    internal async Task StoredAsync()
    {
        if (_held is { } held)
            await held.DisposeAsync();
        _held = null;
    }

    /// <summary>Lets the next one in also when the account couldn't be stored. Its seat is given back when it is needed.</summary>
    public async ValueTask DisposeAsync() => await StoredAsync();

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => _held?.Dispose();

    private async Task<bool> TryAsync(string user) => await seats.TakeAsync(PlatformTenant.Scope, shell.Name, user) is null;

    private async Task<bool> HasRoleAsync(string user)
    {
        var has = false;
        await ReadAsync(async users => has = await users.GetUserByUniqueIdAsync(user) is User { RoleNames.Count: > 0 });
        return has;
    }

    /// <summary>All that are taken. Those who have gone, have no role any more, or own the shop now, don't use theirs.</summary>
    private async Task<List<(string User, bool Used)>> FindAsync()
    {
        var owner = (await shops.FindAsync(PlatformTenant.Scope, shell.Name))?.OwnerUser;
        var found = new List<(string, bool)>();
        await ReadAsync(async users =>
        {
            foreach (var id in await seats.ListAsync(PlatformTenant.Scope, shell.Name))
                found.Add((id, id != owner && await users.GetUserByUniqueIdAsync(id) is User { RoleNames.Count: > 0 }));
        });
        return found;
    }

    // a scope of its own reads what is stored, and not what this one has changed or read before it had the lock
    private static Task ReadAsync(Func<IUserService, Task> look) => ShellScope.UsingChildScopeAsync(scope => look(scope.ServiceProvider.GetRequiredService<IUserService>()));
}
