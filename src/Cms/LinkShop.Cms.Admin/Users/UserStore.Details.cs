using Microsoft.AspNetCore.Identity;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql;

namespace LinkShop.Cms.Admin.Users;

/// <summary>What Identity keeps on an account besides its name.</summary>
internal sealed partial class UserStore :
    IUserPasswordStore<IUser>, IUserEmailStore<IUser>, IUserRoleStore<IUser>, IUserLockoutStore<IUser>, IUserSecurityStampStore<IUser>
{
    public Task SetPasswordHashAsync(IUser user, string? passwordHash, CancellationToken cancellationToken) => Set(() => ((User)user).PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(((User)user).PasswordHash);

    public Task<bool> HasPasswordAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(((User)user).PasswordHash is not null);

    public Task SetSecurityStampAsync(IUser user, string stamp, CancellationToken cancellationToken) => Set(() => ((User)user).SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(((User)user).SecurityStamp);

    public Task SetEmailAsync(IUser user, string? email, CancellationToken cancellationToken) => Set(() => ((User)user).Email = email);

    public Task<string?> GetEmailAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(((User)user).Email);

    public Task<bool> GetEmailConfirmedAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(((User)user).EmailConfirmed);

    public Task SetEmailConfirmedAsync(IUser user, bool confirmed, CancellationToken cancellationToken) => Set(() => ((User)user).EmailConfirmed = confirmed);

    public Task<string?> GetNormalizedEmailAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(((User)user).NormalizedEmail);

    public Task SetNormalizedEmailAsync(IUser user, string? normalizedEmail, CancellationToken cancellationToken)
        => Set(() => ((User)user).NormalizedEmail = normalizedEmail);

    public Task<IUser?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken)
        => FindAsync(session.Query<User, UserIndex>(index => index.NormalizedEmail == normalizedEmail));

    public Task AddToRoleAsync(IUser user, string roleName, CancellationToken cancellationToken)
        => Set(() =>
        {
            if (!Has((User)user, roleName)) ((User)user).RoleNames.Add(roleName);
        });

    public Task RemoveFromRoleAsync(IUser user, string roleName, CancellationToken cancellationToken)
        => Set(() => ((User)user).RoleNames = [.. ((User)user).RoleNames.Where(name => !Same(name, roleName))]);

    public Task<IList<string>> GetRolesAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult<IList<string>>([.. ((User)user).RoleNames]);

    public Task<bool> IsInRoleAsync(IUser user, string roleName, CancellationToken cancellationToken) => Task.FromResult(Has((User)user, roleName));

    public async Task<IList<IUser>> GetUsersInRoleAsync(string roleName, CancellationToken cancellationToken)
        => [.. (await session.Query<User, UserIndex>().ListAsync()).Where(user => Has(user, roleName))];

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(IUser user, CancellationToken cancellationToken)
        => Task.FromResult<DateTimeOffset?>(((User)user).LockoutEndUtc is { } end ? new DateTimeOffset(DateTime.SpecifyKind(end, DateTimeKind.Utc)) : null);

    public Task SetLockoutEndDateAsync(IUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
        => Set(() => ((User)user).LockoutEndUtc = lockoutEnd?.UtcDateTime);

    public Task<int> IncrementAccessFailedCountAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(++((User)user).AccessFailedCount);

    public Task ResetAccessFailedCountAsync(IUser user, CancellationToken cancellationToken) => Set(() => ((User)user).AccessFailedCount = 0);

    public Task<int> GetAccessFailedCountAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(((User)user).AccessFailedCount);

    public Task<bool> GetLockoutEnabledAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(((User)user).IsLockoutEnabled);

    public Task SetLockoutEnabledAsync(IUser user, bool enabled, CancellationToken cancellationToken) => Set(() => ((User)user).IsLockoutEnabled = enabled);

    private static bool Has(User user, string roleName) => user.RoleNames.Any(name => Same(name, roleName));

    // Identity asks with normalized names and the account keeps the role's own.
    private static bool Same(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
