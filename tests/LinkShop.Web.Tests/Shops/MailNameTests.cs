using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Users;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Accounts of the time when a user name could be somebody else's mail address.</summary>
[Collection("shops in this process")]
public sealed class MailNameTests(ShopRoutes shops)
{
    [Fact]
    public async Task An_address_finds_whose_it_is_and_never_who_took_it_as_a_name() => await shops.InAsync(ShellSettings.DefaultShellName, async services =>
    {
        var users = services.GetRequiredService<UserManager<IUser>>();
        var people = services.GetRequiredService<IUserService>();
        var visitors = services.GetRequiredService<Visitors>();
        Assert.True((await users.CreateAsync(new User { UserId = "mallory", UserName = "victim@mail.example", Email = "mallory@mail.example" })).Succeeded);
        // nobody gets a shop by an address that isn't theirs
        Assert.False((await visitors.FindAsync("victim@mail.example")).Succeeded);
        Assert.Equal("mallory", (await visitors.FindAsync("mallory@mail.example")).Value.UserId);
        // signing in by the old name goes on, until it is somebody's address
        Assert.Equal("mallory", ((User)(await people.GetUserAsync("victim@mail.example"))!).UserId);
        Assert.True((await users.CreateAsync(new User { UserId = "victim", UserName = "victim", Email = "victim@mail.example" })).Succeeded);
        Assert.Equal("victim", ((User)(await people.GetUserAsync("victim@mail.example"))!).UserId);
        Assert.Equal("victim", (await visitors.FindAsync("VICTIM@mail.example")).Value.UserId);
    });
}
