using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using OrchardCore.Users.Services;
using YesSql;

namespace LinkShop.Web.Tests.Shops;

/// <summary>However many take one at once, a plan has as many seats as it has. The free plan has two.</summary>
public abstract class StaffSeatTests(ShopRoutes shops)
{
    [Fact]
    public async Task Of_many_who_are_made_staff_at_once_as_many_are_as_the_plan_has_seats()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        for (var round = 0; round < 3; round++)
        {
            var word = ShopPlatforms.Word();
            try
            {
                // some have an account already, and get a role
                await Task.WhenAll(Enumerable.Range(0, 4).Select(i => MakeAsync($"{word}-{i}")));
                var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i < 4 ? PromoteAsync($"{word}-{i}") : MakeAsync($"{word}-{i}", "Manager")));
                Assert.Equal((2, 2), (made.Count(done => done), (await StaffAsync(word)).Count(user => user.RoleNames.Count > 0)));
            }
            finally
            {
                await RemoveAsync(word);
            }
        }
    }

    [Fact]
    public async Task A_seat_whose_account_was_never_stored_is_given_to_who_needs_it()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var word = ShopPlatforms.Word();
        try
        {
            await shops.InAsync(ShellSettings.DefaultShellName, async services =>
            {
                foreach (var nobody in new[] { word + "1", word + "2" })
                    await services.GetRequiredService<IShopSeats>().TakeAsync(new TenantScope("Default"), shops.Shops["bob"], nobody);
            });
            Assert.True(await MakeAsync(word + "-1", "Manager"));
            Assert.True(await MakeAsync(word + "-2", "Manager"));
            Assert.False(await MakeAsync(word + "-3", "Manager"));
        }
        finally
        {
            await RemoveAsync(word);
        }
    }

    private async Task<bool> MakeAsync(string name, params string[] roles)
    {
        var made = false;
        await shops.InAsync(shops.Shops["bob"], async services =>
        {
            var user = new User { UserName = name, Email = name + "@test.example", RoleNames = [.. roles] };
            made = await services.GetRequiredService<IUserService>().CreateUserAsync(user, ShopRoutes.Password, (_, _) => { }) is not null;
        });
        return made;
    }

    private async Task<bool> PromoteAsync(string name)
    {
        var done = false;
        await shops.InAsync(shops.Shops["bob"], async services =>
        {
            var users = services.GetRequiredService<UserManager<IUser>>();
            var user = (User)(await users.FindByNameAsync(name))!;
            user.RoleNames.Add("Manager");
            done = (await users.UpdateAsync(user)).Succeeded;
        });
        return done;
    }

    private async Task<List<User>> StaffAsync(string word)
    {
        List<User> found = [];
        await shops.InAsync(shops.Shops["bob"], async services => found = [.. (await services.GetRequiredService<YesSql.ISession>().Query<User, UserIndex>().ListAsync()).Where(u => u.UserName.StartsWith(word, StringComparison.Ordinal))]);
        return found;
    }

    private async Task RemoveAsync(string word)
    {
        foreach (var user in await StaffAsync(word))
        {
            await shops.InAsync(shops.Shops["bob"], async services =>
            {
                var users = services.GetRequiredService<UserManager<IUser>>();
                await users.DeleteAsync((await users.FindByIdAsync(user.UserId))!);
            });
        }
    }
}

/// <summary>On SQLite.</summary>
[Collection("shops in this process")]
public sealed class SqliteStaffSeatTests(ShopRoutes shops) : StaffSeatTests(shops);

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresStaffSeatTests(PostgresShopRoutes shops) : StaffSeatTests(shops);

/// <summary>By two processes.</summary>
[Collection("shops")]
public sealed class StaffSeatProcessTests(ShopPlatforms platforms)
{
    [Fact]
    public async Task Two_processes_give_no_more_seats_than_one()
    {
        var first = await platforms.OnAsync("postgres");
        await using var second = await platforms.SecondAsync();
        using var ann = await Person.SignUpAsync(first, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var there = new Person(second, ann.Name);
        await there.SubmitAsync("/Login", "/Login", ("UserName", ann.Name), ("Password", "Long enough 1"));
        Assert.Equal($"/{slug}/Admin", (await there.EnterAsync(shop)).Path);
        var create = $"/{slug}/Admin/Users/Create";
        var forms = new[] { ShopAdmin.FieldsOf((await ann.GetAsync(create)).Html), ShopAdmin.FieldsOf((await there.GetAsync(create)).Html) };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? ann : there).PostAsync(create, new Dictionary<string, string>(forms[i % 2])
        {
            ["UserName"] = $"w{i}-{slug}", ["Email"] = $"w{i}-{slug}@test.example", ["Password"] = "Long enough 1", ["RoleNames"] = "Manager",
        })));
        Assert.Equal(2, answers.Count(page => page.Path != create));
        Assert.Equal(6, answers.Count(page => page.Text.Contains("没有更多店员名额", StringComparison.Ordinal)));
        var users = (await ann.GetAsync($"/{slug}/Admin/Users")).Text;
        Assert.Equal(2, Enumerable.Range(0, 8).Count(i => users.Contains($"w{i}-{slug}@", StringComparison.Ordinal)));
    }
}
