using Microsoft.AspNetCore.Identity;
using OrchardCore.Users;
using OrchardCore.Users.Handlers;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql;

namespace LinkShop.Cms.Admin.Users;

/// <summary>User accounts as documents of the tenant.</summary>
internal sealed partial class UserStore(ISession session, IEnumerable<IUserEventHandler> handlers, IdentityErrorDescriber errors) : IUserStore<IUser>
{
    public async Task<IdentityResult> CreateAsync(IUser user, CancellationToken cancellationToken)
    {
        var account = (User)user;
        if (account.UserId.Length == 0) account.UserId = NewId();
        var context = new UserCreateContext(user);
        foreach (var handler in handlers) await handler.CreatingAsync(context);
        if (context.Cancel) return IdentityResult.Failed();
        var result = await SaveAsync(account, isNew: true);
        if (result.Succeeded)
            foreach (var handler in handlers) await handler.CreatedAsync(context);
        return result;
    }

    public async Task<IdentityResult> UpdateAsync(IUser user, CancellationToken cancellationToken)
    {
        var context = new UserUpdateContext(user);
        foreach (var handler in handlers) await handler.UpdatingAsync(context);
        if (context.Cancel) return IdentityResult.Failed();
        var result = await SaveAsync((User)user, isNew: false);
        if (result.Succeeded)
            foreach (var handler in handlers) await handler.UpdatedAsync(context);
        return result;
    }

    public async Task<IdentityResult> DeleteAsync(IUser user, CancellationToken cancellationToken)
    {
        var context = new UserDeleteContext(user);
        foreach (var handler in handlers) await handler.DeletingAsync(context);
        if (context.Cancel) return IdentityResult.Failed();
        session.Delete(user);
        await session.SaveChangesAsync();
        foreach (var handler in handlers) await handler.DeletedAsync(context);
        return IdentityResult.Success;
    }

    public Task<IUser?> FindByIdAsync(string userId, CancellationToken cancellationToken)
        => FindAsync(session.Query<User, UserIndex>(index => index.UserId == userId));

    public Task<IUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
        => FindAsync(session.Query<User, UserIndex>(index => index.NormalizedUserName == normalizedUserName));

    public Task<string> GetUserIdAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(((User)user).UserId);

    public Task<string?> GetUserNameAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    public Task SetUserNameAsync(IUser user, string? userName, CancellationToken cancellationToken) => Set(() => ((User)user).UserName = userName ?? "");

    public Task<string?> GetNormalizedUserNameAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(((User)user).NormalizedUserName);

    public Task SetNormalizedUserNameAsync(IUser user, string? normalizedName, CancellationToken cancellationToken)
        => Set(() => ((User)user).NormalizedUserName = normalizedName);

    public void Dispose()
    {
    }

    // 26 characters as in Orchard's ids, with 104 random bits.
    internal static string NewId() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(13));

    private static async Task<IUser?> FindAsync(IQuery<User, UserIndex> query) => await query.FirstOrDefaultAsync();

    private static Task Set(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    private async Task<IdentityResult> SaveAsync(User user, bool isNew)
    {
        try
        {
            await session.SaveAsync(user, checkConcurrency: !isNew);
            await session.SaveChangesAsync();
            return IdentityResult.Success;
        }
        catch (ConcurrencyException)
        {
            return IdentityResult.Failed(errors.ConcurrencyFailure());
        }
    }
}
