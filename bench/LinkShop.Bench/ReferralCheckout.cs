using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LinkShop.Bench;

/// <summary>What a promoter's code adds to a checkout over HTTP: rounds of orders with and without one in turns against the real server, so that whatever else the machine does falls on both alike.</summary>
internal static class ReferralCheckout
{
    // of the demo mall's recipe: a promoter's code, and its plan that takes a hundredth off
    private const string Code = "MIA88";
    private const int Rounds = 10;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        // as many in each half of each round
        var orders = arguments.Number("orders", 20_000) / (2 * Rounds) * (2 * Rounds);
        var clients = arguments.Number("clients", 8);
        await using var bench = await BenchServer.StartAsync(arguments.Postgres);
        var goods = await BenchGoods.FirstCardKeyProductAsync(bench.Server);
        var warmUp = arguments.Number("warm-up", 20_000) / 2 * 2;
        var keys = await BenchGoods.ReplaceKeysAsync(bench.Server, orders + warmUp);
        await SetBudgetAsync(bench, arguments.Flag("no-budget"));
        var withCode = (Code, goods.PriceMinor - (goods.PriceMinor / 100));
        var (create, whole, cost) = (new List<double>(), new List<double>(), new List<double>());
        var delivered = 0;
        for (var round = -1; round < Rounds; round++)
        {
            var each = (round < 0 ? warmUp : orders / Rounds) / 2;
            var plain = Run(null);
            var brought = Run(withCode);
            if (round < 0)
                continue;
            create.Add(100 * ((brought.Create / plain.Create) - 1));
            whole.Add(100 * ((brought.Seconds / plain.Seconds) - 1));
            cost.Add(brought.Processor - plain.Processor);

            (double Create, double Seconds, double Processor) Run((string, long)? referral)
            {
                goods.Referral = referral;
                var before = bench.Server.ProcessorTime;
                var watch = Stopwatch.StartNew();
                CheckoutBench.Run(bench.Server.Address, goods, each, clients, out var buyers);
                watch.Stop();
                delivered += buyers.Sum(b => b.Keys.Count(keys.Contains));
                return (buyers.SelectMany(b => b.CreateTicks).Average(), watch.Elapsed.TotalSeconds, (bench.Server.ProcessorTime - before).TotalMicroseconds / each);
            }
        }

        var attributed = await CountAsync(bench);
        Arguments.Report(new Dictionary<string, object>
        {
            ["db"] = arguments.Postgres ? "postgres" : "sqlite",
            ["budget"] = !arguments.Flag("no-budget"),
            ["orders"] = orders,
            ["attributed"] = attributed,
            ["lost"] = orders + warmUp - delivered,
            ["checkout_overhead_percent"] = Median(create),
            ["checkout_to_delivery_overhead_percent"] = Median(whole),
            ["server_cpu_overhead_us"] = Median(cost),
        });
        return delivered == orders + warmUp && attributed == (orders + warmUp) / 2 ? 0 : 1;
    }

    private static double Median(List<double> values) => Math.Round(values.Order().ElementAt(values.Count / 2), 1);

    // the recipe's would be used up after some thousand orders, and nothing be attributed any more. With one, payments of a plan's orders wait for each other on PostgreSQL
    private static Task<object?> SetBudgetAsync(BenchServer bench, bool none) => AskAsync(bench, $"update referral_plan set budget = {(none ? "null" : "1000000000000")}");

    private static async Task<long> CountAsync(BenchServer bench) => (long)(await AskAsync(bench, "select count(*) from referral_attribution"))!;

    private static async Task<object?> AskAsync(BenchServer bench, string sql)
    {
        await using DbConnection connection = bench.ConnectionString is { } postgres
            ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { SearchPath = "commerce" }.ConnectionString)
            : new SqliteConnection($"Data Source={Path.Combine(bench.Server.DataPath, "commerce.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
