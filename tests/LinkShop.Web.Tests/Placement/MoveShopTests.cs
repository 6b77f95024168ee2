using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Commerce;
using LinkShop.Commerce.Placement;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using LinkShop.Web.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using static LinkShop.Web.Tests.Placement.Installation;

namespace LinkShop.Web.Tests.Placement;

/// <summary>A shop moves to another database under the eyes of its buyers, on real servers.</summary>
public sealed class MoveShopTests
{
    private const string Sku = "XY-100";
    private const string NewTitle = "Renamed while nobody moved";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Buyers_who_hammer_a_shop_while_it_moves_there_and_back_lose_nothing_and_get_nothing_twice(string database)
    {
        await using var installation = await CreateAsync(database);
        await using var one = await LinkShopServer.StartAsync(installation.Options);
        // SQLite is for one server
        await using var two = database == "postgres" ? await LinkShopServer.StartAsync(installation.Options) : null;
        var paid = new ConcurrentBag<BuyersOrder>();
        using var stop = new CancellationTokenSource();
        var buyers = Enumerable.Range(0, 4).Select(i => Task.Run(() => BuyAsync(i % 2 == 1 ? two ?? one : one, paid, stop.Token))).ToArray();
        foreach (var place in new[] { Second, DatabaseNames.Main })
        {
            await GrowsAsync(paid);
            var (code, output) = await installation.RunAsync($"move-shop --shop {Shop} --to {place}");
            Assert.True(code == 0, output);
        }

        await GrowsAsync(paid);
        await stop.CancelAsync();
        await Task.WhenAll(buyers);
        using var reader = new Buyer(two ?? one);
        var keys = new List<string>();
        foreach (var order in paid)
            keys.Add(Assert.Single(await reader.KeysAsync(order)));
        Assert.Equal(keys.Count, keys.Distinct().Count());
        await installation.AssertVerifiedAsync();
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_command_that_dies_between_any_two_steps_is_finished_by_the_next_one(string database)
    {
        await using var installation = await CreateAsync(database);
        await using var server = await LinkShopServer.StartAsync(installation.Options);
        using var buyer = new Buyer(server);
        var orders = new List<BuyersOrder> { (await buyer.OrderAsync(Sku))! };
        Assert.Equal(HttpStatusCode.OK, await buyer.PayAsync(orders[0]));
        var steps = new List<string>();
        Assert.Equal(0, (await installation.MoveAsync(Second, steps.Add)).ExitCode);
        // of the tables the first, some, and the last
        var chosen = steps.Where(s => !s.StartsWith("copied ", StringComparison.Ordinal)).Concat(["copied orders", "copied ledger_transfer", "copied Document"]).ToList();
        Assert.True(chosen.Count >= 15, string.Join(", ", chosen));

        var place = DatabaseNames.Main;
        foreach (var step in chosen)
        {
            await Assert.ThrowsAsync<Died>(() => installation.MoveAsync(place, s => { if (s == step) throw new Died(); }));
            foreach (var order in orders)
                Assert.Single(await buyer.KeysAsync(order));
            var (code, output) = await installation.MoveAsync(place);
            // after the end there is nothing left but to tidy up
            Assert.True(code == (step == "release" ? 1 : 0), $"{step}: {output}");
            orders.Add(await BuyUntilOpenAsync(buyer));
            place = place == Second ? DatabaseNames.Main : Second;
        }

        foreach (var order in orders)
            Assert.Single(await buyer.KeysAsync(order));
        await installation.AssertVerifiedAsync();
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_move_is_undone_before_the_switch_and_only_then(string database)
    {
        await using var installation = await CreateAsync(database);
        await using var server = await LinkShopServer.StartAsync(installation.Options);
        using var buyer = new Buyer(server);
        foreach (var step in new[] { "guard", "copied orders", "switch" })
        {
            await Assert.ThrowsAsync<Died>(() => installation.MoveAsync(Second, s => { if (s == step) throw new Died(); }));
            Assert.Equal(0, (await installation.MoveAsync(null)).ExitCode);
            Assert.Single(await buyer.KeysAsync(await BuyUntilOpenAsync(buyer)));
        }

        await Assert.ThrowsAsync<Died>(() => installation.MoveAsync(Second, s => { if (s == "wait") throw new Died(); }));
        var (code, output) = await installation.MoveAsync(null);
        Assert.True(code == 1 && output.Contains("has switched", StringComparison.Ordinal), output);
        Assert.Equal(0, (await installation.MoveAsync(Second)).ExitCode);
        Assert.Single(await buyer.KeysAsync(await BuyUntilOpenAsync(buyer)));
        await installation.AssertVerifiedAsync();
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task While_a_shop_moves_its_pages_are_read_and_whoever_writes_is_told_to_come_back(string database)
    {
        await using var installation = await CreateAsync(database);
        await using var server = await LinkShopServer.StartAsync(installation.Options);
        using var buyer = new Buyer(server);
        using var admin = await ShopAdmin.SignInAsync(server);
        var waiting = (await buyer.OrderAsync(Sku))!;
        var page = await server.Client.GetStringAsync("/" + LinkShopServer.Mall);
        var moving = new TaskCompletionSource();
        using var goOn = new ManualResetEventSlim();
        var move = Task.Run(() => installation.MoveAsync(Second, s =>
        {
            if (s != "verify")
                return;
            moving.SetResult();
            goOn.Wait();
        }));
        await moving.Task;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await buyer.PayAsync(waiting));
        using var refused = await server.Client.PostAsJsonAsync(
            $"/{LinkShopServer.Mall}/api/v1/orders", new { lines = new[] { new { skuId = Sku, quantity = 1 } }, contact = "a@example.com", lookupPassword = "secret-1" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("shop_moving", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/KeyPools/Create"));
        form["Name"] = NewTitle;
        using var screen = await admin.PostAsync("/Admin/KeyPools/Create", form);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, screen.StatusCode);
        Assert.Contains("请稍候", await screen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(LinksOf(page), LinksOf(await server.Client.GetStringAsync("/" + LinkShopServer.Mall)));
        var (busy, said) = await installation.RunAsync($"move-shop --shop {Shop} --to {Second}");
        Assert.True(busy == 1 && said.Contains("Another command", StringComparison.Ordinal), said);

        goOn.Set();
        Assert.Equal(0, (await move).ExitCode);
        Assert.Equal(LinksOf(page), LinksOf(await server.Client.GetStringAsync("/" + LinkShopServer.Mall)));
        Assert.Equal(HttpStatusCode.OK, await PayUntilOpenAsync(buyer, waiting));
        Assert.Single(await buyer.KeysAsync(waiting));
        // what is written now is written there, by people too; the server hears within a second
        Assert.NotEqual(0, await admin.CreatePoolAsync(NewTitle));
        await installation.AssertVerifiedAsync();
    }

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

    private static async Task BuyAsync(LinkShopServer server, ConcurrentBag<BuyersOrder> paid, CancellationToken stop)
    {
        using var buyer = new Buyer(server);
        while (!stop.IsCancellationRequested && await buyer.TryOrderAsync(Sku) is { } answer)
        {
            // the gateway sends until it is heard
            if (answer.Order is { } order && await PayUntilOpenAsync(buyer, order) == HttpStatusCode.OK)
                paid.Add(order);
            await Task.Delay(answer.Order is null ? 20 : 800, CancellationToken.None); // the demo has 300 keys
        }
    }

    private static async Task<HttpStatusCode> PayUntilOpenAsync(Buyer buyer, BuyersOrder order)
    {
        HttpStatusCode status;
        while ((status = await buyer.PayAsync(order)) == HttpStatusCode.ServiceUnavailable)
            await Task.Delay(20);
        return status;
    }

    private static async Task<BuyersOrder> BuyUntilOpenAsync(Buyer buyer)
    {
        while (true)
        {
            if (await buyer.TryOrderAsync(Sku) is { Order: { } order })
            {
                Assert.Equal(HttpStatusCode.OK, await PayUntilOpenAsync(buyer, order));
                return order;
            }

            await Task.Delay(20);
        }
    }

    private static string[] LinksOf(string page)
    {
        var links = Regex.Matches(page, "href=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToArray();
        Assert.NotEmpty(links);
        return links;
    }

    private static async Task GrowsAsync(ConcurrentBag<BuyersOrder> paid)
    {
        for (var enough = paid.Count + 8; paid.Count < enough;)
            await Task.Delay(20);
    }

    private sealed class Resale(Func<bool> stands) : IMoveObstacle
    {
        public Task<string?> WhyNotAsync(TenantScope scope, string database, CancellationToken cancellationToken = default) => Task.FromResult(stands() ? "It resells goods of another shop." : null);
    }
}
