using System.Net;
using LinkShop.Commerce;
using LinkShop.Commerce.Placement;
using LinkShop.Testing;
using LinkShop.Web.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using static LinkShop.Web.Tests.Placement.Installation;
using static LinkShop.Web.Tests.Placement.ShopBuyers;

namespace LinkShop.Web.Tests.Placement;

/// <summary>Moves that are refused, and what a move has to take along.</summary>
public sealed class MoveShopRefusalTests
{
    [Fact]
    public async Task What_makes_no_sense_is_refused_and_changes_nothing()
    {
        await using var installation = await CreateAsync("sqlite");
        await using (var server = await LinkShopServer.StartAsync(installation.Options))
        {
            await RefusedAsync($"move-shop --shop {Shop} --to nowhere", "There is no database 'nowhere'; there are: main, second.");
            await RefusedAsync($"move-shop --shop Nobody --to {Second}", "There is no shop 'Nobody'.");
            await RefusedAsync($"move-shop --shop {Shop} --to main", "is on 'main' already");
            await RefusedAsync($"move-shop --shop {Shop} --abandon", "No move of");
            await RefusedAsync($"move-shop --shop Default --to {Second}", "stays on the main database");
            await RefusedAsync($"move-shop --shop {Shop}", "--to DATABASE");
            var (code, output) = await installation.MoveAsync(Second, configure: s => s.AddSingleton<IMoveObstacle>(new Resale(() => true)));
            Assert.True(code == 1 && output.Contains("It resells", StringComparison.Ordinal), output);
            using var buyer = new Buyer(server);
            Assert.Equal(HttpStatusCode.OK, await buyer.PayAsync((await buyer.OrderAsync(Sku))!));
            Assert.Equal(0, (await installation.MoveAsync(Second)).ExitCode);
        }

        // its database is gone from the configuration: the shop must not be looked for in the main one
        var options = installation.Options with { Settings = Buyer.NoLimits };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => LinkShopServer.StartAsync(options));
        Assert.Contains($"'{Shop}' is placed on the database '{Second}', which is not configured", error.Message, StringComparison.Ordinal);

        async Task RefusedAsync(string command, string says)
        {
            var (code, output) = await installation.RunAsync(command);
            Assert.True(code == 1 && output.Contains(says, StringComparison.Ordinal), $"{code}: {output}");
        }
    }

    [Fact]
    public async Task A_shop_that_shares_sales_stays_and_one_that_came_to_share_them_meanwhile_is_opened_again()
    {
        await using var installation = await CreateAsync("sqlite");
        await using var server = await LinkShopServer.StartAsync(installation.Options);
        using var buyer = new Buyer(server);
        var asked = 0;
        var (code, output) = await installation.MoveAsync(Second, configure: s => s.AddSingleton<IMoveObstacle>(new Resale(() => ++asked > 1)));
        Assert.True(code == 1 && output.Contains("It resells", StringComparison.Ordinal) && output.Contains("stays on 'main' and is open", StringComparison.Ordinal), output);
        Assert.Equal(2, asked);
        Assert.Single(await buyer.KeysAsync(await BuyUntilOpenAsync(buyer)));

        await installation.CorruptAsync(DatabaseNames.Main, $"insert into resale_listing (tenant, id, upstream, offer_id, sku_id, accepted_version, created_by, created_at) values ('{Shop}', 'l1', 'Other', 'o1', 'Rl1', 1, 'test', 0)");
        (code, output) = await installation.RunAsync($"move-shop --shop {Shop} --to {Second}");
        Assert.True(code == 1 && output.Contains($"'{Shop}' can't go to 'second': it sells goods of 'Other', which would stay behind", StringComparison.Ordinal), output);
        Assert.Single(await buyer.KeysAsync(await BuyUntilOpenAsync(buyer)));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_copy_that_lacks_a_row_or_a_fen_is_never_switched_to(string database)
    {
        await using var installation = await CreateAsync(database);
        await using var server = await LinkShopServer.StartAsync(installation.Options);
        using var buyer = new Buyer(server);
        var order = await BuyUntilOpenAsync(buyer);
        foreach (var (harm, says) in new[]
        {
            ($"delete from deliveries where tenant = '{Shop}'", "deliveries: 0 rows instead of"),
            ($"update payments set paid = paid + 1 where tenant = '{Shop}'", "payments.paid"),
        })
        {
            var (code, output) = await installation.MoveAsync(Second, s =>
            {
                if (s == "verify")
                    Assert.NotEqual(0, installation.CorruptAsync(Second, harm).GetAwaiter().GetResult());
            });
            Assert.True(code == 2 && output.Contains(says, StringComparison.Ordinal) && output.Contains("stays where it is", StringComparison.Ordinal), output);
            Assert.Single(await buyer.KeysAsync(order));
            Assert.NotEqual(0, await installation.Stores(DatabaseNames.Main)[0].CountAsync(Shop));
        }

        // copied anew
        Assert.Equal(0, (await installation.MoveAsync(Second)).ExitCode);
        Assert.Single(await buyer.KeysAsync(order));
        await installation.AssertVerifiedAsync();
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Every_table_is_a_tenants_and_moves_or_is_named_as_the_hosts(string database)
    {
        await using var installation = await CreateAsync(database);
        await using var server = await LinkShopServer.StartAsync(installation.Options);
        Assert.Equal(0, (await installation.MoveAsync(Second)).ExitCode);
        var tables = await installation.TablesAsync();
        Assert.Contains("content.Document", tables);
        var moved = new List<string>();
        foreach (var store in installation.Stores(DatabaseNames.Main))
            moved.AddRange((await store.TablesAsync()).Select(t => $"{store.Kind.Schema}.{t.Name}"));
        string[] hosts = ["commerce.schema_version", "commerce.tenant_move", "content.tenant_move", "content.shell", "content.shell_clock", "content.host_lock", "content.protection_key", "content.shop_move", "content.host_process"];
        Assert.Empty(tables.Except(moved).Except(hosts).Order());
        foreach (var store in installation.Stores(DatabaseNames.Main))
            Assert.Equal(0, await store.CountAsync(Shop));
        foreach (var store in installation.Stores(Second))
            Assert.NotEqual(0, await store.CountAsync(Shop));
    }

    private sealed class Resale(Func<bool> stands) : IMoveObstacle
    {
        public Task<string?> WhyNotAsync(TenantScope scope, string database, CancellationToken cancellationToken = default) => Task.FromResult(stands() ? "It resells goods of another shop." : null);
    }
}
