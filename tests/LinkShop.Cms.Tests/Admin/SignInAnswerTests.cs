using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Cms.Tests.Admin;

/// <summary>What the sign-in says, and how long it takes to, tells nobody which accounts there are.</summary>
public abstract class SignInAnswerTests
{
    internal abstract Task<AdminSite> SiteAsync();

    [Fact]
    public async Task Whatever_is_wrong_one_password_is_hashed_and_the_answer_is_the_same()
    {
        var site = await SiteAsync();
        var known = await site.AddUserAsync();
        var locked = await site.AddUserAsync();
        await site.Host.InTenantAsync("Default", async services =>
        {
            var users = services.GetRequiredService<UserManager<IUser>>();
            Assert.True((await users.CreateAsync(new User { UserName = known + "-without" })).Succeeded);
            await users.SetLockoutEndDateAsync((await users.FindByNameAsync(locked))!, DateTimeOffset.UtcNow.AddMinutes(5));
        });
        Assert.Equal((1, ""), await TryAsync(site, known, AdminSite.UserPassword));
        var unknown = await TryAsync(site, "nobody", "wrong");
        Assert.Equal(1, unknown.Hashed);
        Assert.NotEmpty(unknown.Answer);
        foreach (var (name, password) in new[] { (known, "wrong"), (known + "-without", "wrong"), (locked, "wrong"), (locked, AdminSite.UserPassword), ("", "wrong") })
            Assert.Equal((name, unknown), (name, await TryAsync(site, name, password)));
    }

    private static async Task<(int Hashed, string Answer)> TryAsync(AdminSite site, string name, string password)
    {
        var (hasher, answer) = (new Counting(), "");
        await site.Host.InTenantAsync("Default", async services =>
        {
            services.GetRequiredService<UserManager<IUser>>().PasswordHasher = hasher;
            await services.GetRequiredService<IUserService>().AuthenticateAsync(name, password, (key, message) => answer += $"{key}{message}\n");
        });
        return (hasher.Verified, answer);
    }

    private sealed class Counting : PasswordHasher<IUser>
    {
        public int Verified { get; private set; }

        public override PasswordVerificationResult VerifyHashedPassword(IUser user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteSignInAnswerTests(AdminSite site) : SignInAnswerTests, IClassFixture<AdminSite>
{
    internal override Task<AdminSite> SiteAsync() => Task.FromResult(site);
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresSignInAnswerTests : SignInAnswerTests, IAsyncDisposable
{
    private AdminSite? _site;

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
    }

    internal override async Task<AdminSite> SiteAsync() => _site ??= await AdminSite.OnPostgresAsync();
}
