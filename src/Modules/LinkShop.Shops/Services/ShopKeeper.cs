using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using Microsoft.AspNetCore.Identity;
using OrchardCore;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;
using OrchardCore.Settings;
using OrchardCore.Users;
using OrchardCore.Users.Models;

namespace LinkShop.Shops.Services;

/// <summary>Keeps a shop as its platform's register has it. Works inside the shop.</summary>
public sealed class ShopKeeper(
    IShops shops, IShopPlans plans, PlanFees fees, SupplyGate supply, IPayees payees, ISiteService sites, UserManager<IUser> users, IDistributedLock locks, ShellSettings shell)
{
    /// <summary>The role of a shop's owners.</summary>
    public const string OwnerRole = "Owner";

    // all of the platform's people had this one before
    private const string SharedStaffId = "linkshop-platform";

    /// <summary>Takes over state, name and owner. May run again, and in any order: what the register says at this moment is what counts.</summary>
    /// <param name="formerOwner">Who isn't the owner any more, or null.</param>
    public async Task ApplyAsync(string? formerOwner)
    {
        // the settings before the register: whoever stores a later state has read it later, and of two at once one is refused and comes again
        var site = await sites.LoadSiteSettingsAsync();
        if (await shops.FindAsync(PlatformTenant.Scope, shell.Name) is not { } shop)
            return;
        await OwnerAsync(new ShopVisitor(shop.OwnerUser, shop.OwnerName, shop.OwnerEmail, Staff: false));
        // before all that may fail
        if (formerOwner is not null && formerOwner != shop.OwnerUser)
        {
            await WithdrawAllAsync(formerOwner, shop.OwnerUser);
            await payees.OwnerChangedAsync(new TenantScope(shell.Name));
        }

        await fees.FollowAsync(shop);
        await supply.FollowAsync();
        var plan = await plans.StateAsync(PlatformTenant.Scope, shell.Name);
        var status = new ShopStatus { State = shop.State, Reason = shop.Reason, OwnerId = shop.OwnerUser, Plan = plan?.Plan ?? shop.Plan, PlanUntil = plan?.PlanUntil };
        if (site.SiteName != shop.Title || site.As<ShopStatus>() != status)
        {
            site.SiteName = shop.Title;
            EntityExtensions.Put(site, status);
            await sites.UpdateSiteSettingsAsync(site);
        }
    }

    /// <summary>The owner's account in this shop, made when there is none; null when the shop was given to somebody else at this moment.</summary>
    /// <param name="owner">The account on the platform.</param>
    public async Task<IUser?> OwnerAsync(ShopVisitor owner)
    {
        var user = await GrantAsync(owner);
        // looked up after the role was stored: whoever gives the shop away later takes it from here, and whoever did so before has looked too early
        if ((await shops.FindAsync(PlatformTenant.Scope, shell.Name))?.OwnerUser == owner.UserId)
            return user;
        await WithdrawAsync(owner.UserId);
        return null;
    }

    /// <summary>Withdraws the shop from who had it, and from whomever they made an owner beside themselves.</summary>
    private async Task WithdrawAllAsync(string former, string owner)
    {
        var owners = await users.GetUsersInRoleAsync(OwnerRole);
        foreach (var id in owners.OfType<User>().Select(u => u.UserId).Append(former).Distinct().Where(id => id != owner && !IsStaff(id)).ToList())
            await WithdrawAsync(id);
    }

    // all roles: with one left a seat of the plan is asked for, and without a seat nothing is stored
    private async Task WithdrawAsync(string userId)
    {
        if (await users.FindByIdAsync(userId) is not User former || (former.RoleNames.Count == 0 && former.PasswordHash is null))
            return;
        former.RoleNames = [];
        former.PasswordHash = null;
        await Done(users.UpdateSecurityStampAsync(former));
    }

    private async Task<User> GrantAsync(ShopVisitor owner)
    {
        await using var held = await LockAsync();
        if (await users.FindByIdAsync(owner.UserId) is not User user)
            return await CreateAsync(new User { UserId = owner.UserId, UserName = owner.UserName, Email = owner.Email, EmailConfirmed = true, RoleNames = [OwnerRole] });
        if (user.IsEnabled && user.RoleNames.Contains(OwnerRole))
            return user;
        user.IsEnabled = true;
        if (!user.RoleNames.Contains(OwnerRole))
            user.RoleNames.Add(OwnerRole);
        await Done(users.UpdateAsync(user));
        return user;
    }

    /// <summary>The account under which one of the platform's people works in this shop; made when there is none. Each has their own: what takes two people, as a high payout, takes two of them.</summary>
    /// <param name="visitor">The account on the platform.</param>
    /// <returns>The account; null when the shop is their own, which is for somebody else to look after.</returns>
    public async Task<IUser?> StaffAsync(ShopVisitor visitor)
    {
        if ((await shops.FindAsync(PlatformTenant.Scope, shell.Name))?.OwnerUser == visitor.UserId)
            return null;
        var id = StaffAccounts.IdOf(visitor.UserId);
        var origin = new PlatformAccount { UserId = visitor.UserId };
        await using var held = await LockAsync();
        if (await users.FindByIdAsync(id) is not User user)
        {
            user = new User { UserId = id, UserName = $"platform-{visitor.UserName}", RoleNames = [OrchardCoreConstants.Roles.Administrator] };
            EntityExtensions.Put(user, origin);
            return await CreateAsync(user);
        }

        // of the time when nothing tied it to the platform, and it could have a password
        if (user.PasswordHash is not null || EntityExtensions.As<PlatformAccount>(user) != origin)
        {
            user.PasswordHash = null;
            EntityExtensions.Put(user, origin);
            await Done(users.UpdateSecurityStampAsync(user));
        }

        return user;
    }

    /// <summary>Whether an account is one of the platform's people.</summary>
    /// <param name="userId">Its id.</param>
    internal static bool IsStaff(string userId) => userId == SharedStaffId || userId.StartsWith(StaffAccounts.Prefix, StringComparison.Ordinal);

    /// <summary>Held while an account is looked for and made when there is none: the request that gives a shop away, the outbox and the one who comes in do so at the same moment, in any process.</summary>
    private Task<ILocker> LockAsync() => locks.AcquireLockAsync("LinkShop.Shops.Accounts", TimeSpan.FromSeconds(30));

    /// <summary>A buyer may have taken the name here: the account is known by its id.</summary>
    private async Task<User> CreateAsync(User user)
    {
        var name = user.UserName;
        while (await users.FindByNameAsync(user.UserName) is not null)
            user.UserName = $"{name}-{Stamps.New()}";
        await Done(users.CreateAsync(user));
        return user;
    }

    private static async Task Done(Task<IdentityResult> task)
    {
        if (await task is { Succeeded: false } result)
            throw new InvalidOperationException("The account can't be stored. " + string.Join(" ", result.Errors.Select(e => e.Description)));
    }
}
