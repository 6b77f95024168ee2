using System.Net;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Processes;

/// <summary>Two server processes on one PostgreSQL database.</summary>
public sealed class SeveralProcessesTests
{
    // the demo's pool has twelve keys for this variant
    private const string Scarce = "XY-3000";
    private const int Keys = 12;

    [Fact]
    public async Task Twelve_keys_and_forty_buyers_over_two_processes_deliver_twelve_and_tell_the_others_before_they_pay()
    {
        Assert.SkipWhen(PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var folder = Directory.CreateTempSubdirectory("linkshop-two-").FullName;
        try
        {
            var options = await Demo.OptionsAsync("postgres", folder, Buyer.NoLimits);
            await using var one = await LinkShopServer.StartAsync(options);
            await using var two = await LinkShopServer.StartAsync(options);
            using var first = new Buyer(one);
            using var second = new Buyer(two);

            var orders = (await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? first : second).OrderAsync(Scarce)))).OfType<BuyersOrder>().ToArray();
            Assert.Equal(Keys, orders.Length);

            // each callback ten times, on both processes at once
            var answers = await Task.WhenAll(orders.SelectMany(order => Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? first : second).PayAsync(order))));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));

            var keys = (await Task.WhenAll(orders.Select(second.KeysAsync))).Select(k => Assert.Single(k)).ToArray();
            Assert.Equal(Keys, keys.Distinct().Count());
            var (code, output) = await LinkShopServer.RunCommandAsync("verify", options);
            Assert.True(code == 0, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
