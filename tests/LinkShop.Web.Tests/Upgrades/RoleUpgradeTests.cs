using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Processes;
using LinkShop.Web.Tests.Shops;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Tests.Upgrades;

/// <summary>Roles that an earlier version's recipe made get the permissions that came after them, once, and lose nothing.</summary>
public sealed class RoleUpgradeTests
{
    private const string Mall = "GameCards";
    private static readonly string[] s_forMall = ["ConfirmPayments", "DecideForPlatform"];
    private static readonly string[] s_wallet = ["ViewShopWallet", "RequestShopPayouts"];
    private static readonly string[] s_supply = ["OfferForResale"];

    [Theory]
    [InlineData("2026-11-28", "sqlite")]
    [InlineData("2026-11-28", "postgres")]
    public async Task A_malls_shop_manager_goes_on_confirming_payments_and_deciding_for_the_platform_and_nobody_begins_to(string day, string database)
    {
        using var earlier = await EarlierInstallation.CopyAsync(day, database);
        var roles = new StoredRoles(earlier.Options, Mall);
        var (before, support) = (await roles.OfAsync("ShopManager"), await roles.OfAsync("Support"));
        Assert.Empty(before.Intersect(s_forMall));
        await UseAsync(earlier.Options);
        Assert.Equal(before.Concat(s_forMall).Order(StringComparer.Ordinal), (await roles.OfAsync("ShopManager")).Order(StringComparer.Ordinal));
        Assert.Equal(support, await roles.OfAsync("Support"));

        // once: what is taken away afterwards stays away
        await roles.ChangeAsync("ShopManager", ["ConfirmPayments"]);
        await UseAsync(earlier.Options);
        Assert.DoesNotContain("ConfirmPayments", await roles.OfAsync("ShopManager"));
    }

    [Fact]
    public async Task A_malls_shop_manager_that_was_kept_from_orders_by_hand_confirms_no_payments_after_an_upgrade()
    {
        using var earlier = await EarlierInstallation.CopyAsync("2026-11-28", "sqlite");
        var roles = new StoredRoles(earlier.Options, Mall);
        await roles.ChangeAsync("ShopManager", ["ManageOrders"], ["ViewOrders"]);
        var before = await roles.OfAsync("ShopManager");
        await UseAsync(earlier.Options);
        Assert.Equal(before.Order(StringComparer.Ordinal), (await roles.OfAsync("ShopManager")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_people_of_a_shop_that_an_earlier_version_opened_see_its_wallet_and_supply_others_and_roles_changed_by_hand_lose_nothing(string database)
    {
        Assert.SkipWhen(database == "postgres" && PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var folder = Directory.CreateTempSubdirectory("linkshop-roles-").FullName;
        var options = await Demo.OptionsAsync(database, folder, Buyer.NoLimits);
        string name = ShopPlatforms.Word(), slug = ShopPlatforms.Word(), shop;
        await using (var server = await LinkShopServer.StartAsync(options))
        {
            using var ann = await Person.SignUpAsync(server, name);
            shop = await ann.OpenAndEnterAsync(slug, "Ann");
        }

        var roles = new StoredRoles(options, shop);
        await roles.ChangeAsync("Owner", [.. s_wallet, .. s_supply]);
        await roles.ChangeAsync("Finance", s_wallet);
        await roles.ChangeAsync("Manager", [.. s_supply, "ManageCoupons"], ["ManageUsers"]);
        await roles.ForgetAsync("LinkShop.Shops.ShopRoles", "LinkShop.Resale.Upstream\n");
        var manager = await roles.OfAsync("Manager");
        await using (var server = await LinkShopServer.StartAsync(options))
        {
            using var ann = new Person(server, name);
            await ann.SubmitAsync("/Login", "/Login", ("UserName", name), ("Password", "Long enough 1"));
            Assert.Equal($"/{slug}/Admin", (await ann.EnterAsync(shop)).Path);
            foreach (var page in new[] { "Finance/Wallet", "Payouts/Create", "Resale/Offers" })
                Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync($"/{slug}/Admin/{page}")).Status);
        }

        Assert.Equal(manager.Concat(s_supply).Order(StringComparer.Ordinal), (await roles.OfAsync("Manager")).Order(StringComparer.Ordinal));
        Assert.Empty(s_wallet.Except(await roles.OfAsync("Finance")));
        Assert.Empty((await roles.OfAsync("CustomerService")).Intersect([.. s_wallet, .. s_supply]));
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Starts today's server, and somebody looks at the mall.</summary>
    private static async Task UseAsync(ServerOptions options)
    {
        await using var server = await LinkShopServer.StartAsync(options);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(new Uri("/" + LinkShopServer.Mall, UriKind.Relative))).StatusCode);
    }
}
