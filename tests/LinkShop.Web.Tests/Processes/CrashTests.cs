using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Processes;

/// <summary>The server is killed in the middle of its work, as by a power cut.</summary>
public sealed class CrashTests
{
    // 300 keys in the demo's pool: enough for the load, and some orders may find none
    private const string Sku = "XY-100";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_kill_during_load_loses_no_paid_order_and_verify_stays_clean(string database)
    {
        Assert.SkipWhen(database == "postgres" && PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var folder = Directory.CreateTempSubdirectory("linkshop-crash-").FullName;
        try
        {
            var options = await Demo.OptionsAsync(database, folder, Buyer.NoLimits);
            var acknowledged = await LoadUntilKilledAsync(options);
            Assert.NotEmpty(acknowledged);

            await AssertVerifiedAsync(options);
            await using var restarted = await LinkShopServer.StartAsync(options);
            using var buyer = new Buyer(restarted);
            var keys = new List<string>();
            foreach (var order in acknowledged)
                keys.Add(Assert.Single(await buyer.KeysAsync(order)));
            Assert.Equal(keys.Count, keys.Distinct().Count());
            Assert.NotNull(await buyer.OrderAsync("XY-300"));
            await AssertVerifiedAsync(options);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Eight buyers buy until the server is killed under them. Gives the orders whose payment the server had confirmed.</summary>
    private static async Task<IReadOnlyCollection<BuyersOrder>> LoadUntilKilledAsync(ServerOptions options)
    {
        var acknowledged = new ConcurrentBag<BuyersOrder>();
        var enough = new TaskCompletionSource();
        await using var server = await LinkShopServer.StartAsync(options);
        var buyers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => BuyAsync(server, acknowledged, enough))).ToArray();
        await Task.WhenAny(enough.Task, Task.WhenAll(buyers));
        await server.KillAsync();
        await Task.WhenAll(buyers);
        return acknowledged;
    }

    private static async Task BuyAsync(LinkShopServer server, ConcurrentBag<BuyersOrder> acknowledged, TaskCompletionSource enough)
    {
        using var buyer = new Buyer(server);
        try
        {
            while (await buyer.OrderAsync(Sku) is { } order)
            {
                if (await buyer.PayAsync(order) == HttpStatusCode.OK)
                    acknowledged.Add(order);
                if (acknowledged.Count >= 100)
                    enough.TrySetResult();
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return; // the kill
        }
    }

    private static async Task AssertVerifiedAsync(ServerOptions options)
    {
        var (code, output) = await LinkShopServer.RunCommandAsync("verify", options);
        Assert.True(code == 0, output);
        Assert.True(JsonDocument.Parse(output).RootElement.GetProperty("ok").GetBoolean());
    }
}
