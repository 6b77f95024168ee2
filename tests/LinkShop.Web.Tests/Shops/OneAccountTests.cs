using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Whoever gets a shop has one account in it, however many make it at the same moment.</summary>
public abstract class OneAccountTests(ShopRoutes shops)
{
    [Fact]
    public async Task Of_many_who_make_the_new_owners_account_at_once_one_makes_it_and_the_next_owner_leaves_nothing_to_it()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var shop = shops.Shops["bob"];
        var (first, second) = (ShopPlatforms.Word(), ShopPlatforms.Word());
        var was = await GiveAsync(shop, new ShopOwner(first, first, first + "@test.example"));
        try
        {
            // the request, the outbox and the owner's way in
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => InAsync(shop, services => services.GetRequiredService<ShopKeeper>().OwnerAsync(new ShopVisitor(first, first, null, Staff: false)))));
            Assert.Equal([ShopKeeper.OwnerRole], Assert.Single(await AccountsAsync(shop, first)).RoleNames);
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => InAsync(shop, services => services.GetRequiredService<ShopKeeper>().StaffAsync(new ShopVisitor(second, second, null, Staff: true)))));
            Assert.Single(await AccountsAsync(shop, StaffAccounts.IdOf(second)));
        }
        finally
        {
            await GiveAsync(shop, was);
        }

        var told = false;
        await InAsync(ShellSettings.DefaultShellName, async services => told = await services.GetRequiredService<ShopSync>().TryAsync(new ShopChanged(shop, first)));
        Assert.True(told);
        Assert.Empty(Assert.Single(await AccountsAsync(shop, first)).RoleNames);
    }

    private async Task<ShopOwner> GiveAsync(string shop, ShopOwner owner)
    {
        ShopInfo was = null!;
        await InAsync(ShellSettings.DefaultShellName, async services =>
        {
            var register = services.GetRequiredService<IShops>();
            was = (await register.FindAsync(new TenantScope("Default"), shop))!;
            Assert.True((await register.TransferAsync(new TenantScope("Default"), shop, owner, "boss")).Succeeded);
        });
        return new ShopOwner(was.OwnerUser, was.OwnerName, was.OwnerEmail);
    }

    private async Task<List<User>> AccountsAsync(string shop, string id)
    {
        List<User> found = [];
        await InAsync(shop, async services => found = [.. await services.GetRequiredService<YesSql.ISession>().Query<User, UserIndex>(index => index.UserId == id).ListAsync()]);
        return found;
    }

    private Task InAsync(string tenant, Func<IServiceProvider, Task> work) => shops.InAsync(tenant, work);
}

/// <summary>On SQLite.</summary>
[Collection("shops in this process")]
public sealed class SqliteOneAccountTests(ShopRoutes shops) : OneAccountTests(shops);

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresOneAccountTests(PostgresShopRoutes shops) : OneAccountTests(shops);
