using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using LinkShop.Commerce.Placement;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using LinkShop.Web.Tests.Processes;
using static LinkShop.Web.Tests.Placement.Installation;
using static LinkShop.Web.Tests.Placement.ShopBuyers;

namespace LinkShop.Web.Tests.Placement;

/// <summary>A shop moves to another database under the eyes of its buyers, on real servers.</summary>
public sealed class MoveShopTests
{
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
}
