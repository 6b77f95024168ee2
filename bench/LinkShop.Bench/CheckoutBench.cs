using System.Diagnostics;
using System.Net.Sockets;
using LinkShop.Testing;

namespace LinkShop.Bench;

/// <summary>
/// The main job under load: create an order, send the gateway's signed callback, read the delivered key; then check every key.
/// </summary>
internal static class CheckoutBench
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var orders = arguments.Number("orders", 20_000);
        var clients = arguments.Number("clients", 8);
        await using var bench = await BenchServer.StartAsync(arguments.Postgres);
        var server = bench.Server;
        var goods = await BenchGoods.FirstCardKeyProductAsync(server);
        goods.Mail = arguments.Text("contact", "phone") == "email";
        var stored = arguments.Number("stored", 0);
        if (stored > 0)
            await StoredHistory.AddAsync(bench, goods, stored);
        // the warm-up lets the just-in-time compiler settle; its orders are checked like the others
        var warmUp = arguments.Number("warm-up", 20_000);
        var keys = await BenchGoods.ReplaceKeysAsync(server, orders + warmUp);

        Run(server.Address, goods, warmUp, clients, out var warm);
        var processorBefore = server.ProcessorTime;
        var watch = Stopwatch.StartNew();
        Run(server.Address, goods, orders, clients, out var run);
        watch.Stop();
        var processor = server.ProcessorTime - processorBefore;

        var delivered = warm.Concat(run).SelectMany(c => c.Keys).ToArray();
        var paid = orders + warmUp;
        var create = Latencies.Of(run.Select(c => c.CreateTicks));
        var callback = Latencies.Of(run.Select(c => c.CallbackTicks));
        var lost = paid - delivered.Count(keys.Contains);
        var shared = delivered.Length - delivered.Distinct().Count();
        var oversold = Math.Max(0, delivered.Length - keys.Count);
        Arguments.Report(new Dictionary<string, object>
        {
            ["db"] = arguments.Postgres ? "postgres" : "sqlite",
            ["contact"] = goods.Mail ? "email" : "phone",
            ["clients"] = clients,
            ["orders"] = orders,
            ["stored"] = stored,
            ["orders_per_second"] = Math.Round(orders / watch.Elapsed.TotalSeconds),
            ["create_p50_ms"] = create.P50,
            ["create_p99_ms"] = create.P99,
            ["callback_p50_ms"] = callback.P50,
            ["callback_p99_ms"] = callback.P99,
            ["lost"] = lost,
            ["shared"] = shared,
            ["oversold"] = oversold,
            ["first_tenth_orders_per_second"] = Math.Round(Latencies.RateOf(run, 0.0, 0.1)),
            ["last_tenth_orders_per_second"] = Math.Round(Latencies.RateOf(run, 0.9, 1.0)),
            ["server_cpu_per_order_us"] = Math.Round(processor.TotalMicroseconds / orders),
            ["server_resident_mb"] = Math.Round(server.ResidentMegabytes),
            ["server_peak_mb"] = Math.Round(server.PeakMegabytes),
        });
        if (arguments.Flag("verify"))
        {
            var (code, output) = await LinkShopServer.RunCommandAsync("verify", new ServerOptions(Postgres: bench.ConnectionString, DataPath: server.DataPath));
            Console.Error.WriteLine($"verify ended with {code}: {output.Split('\n')[^1]}");
        }
        return lost == 0 && shared == 0 && oversold == 0 ? 0 : 1;
    }

    // one thread for all buyers: the server answers those of one commit together, and waking a thread for each would cost the cores that it needs
    public static void Run(Uri address, BenchGoods goods, int orders, int clients, out BuyerClient[] buyers)
    {
        buyers = [.. Enumerable.Range(0, clients).Select(i => new BuyerClient(address, goods, orders / clients + (i < orders % clients ? 1 : 0)))];
        var bySocket = buyers.Where(b => !b.IsDone).ToDictionary(b => b.Socket);
        foreach (var buyer in bySocket.Values)
            buyer.Create();
        var readable = new List<Socket>(clients);
        while (bySocket.Count > 0)
        {
            readable.Clear();
            readable.AddRange(bySocket.Keys);
            Socket.Select(readable, null, null, -1);
            foreach (var socket in readable)
            {
                var buyer = bySocket[socket];
                buyer.Advance();
                if (!buyer.IsDone)
                    continue;
                bySocket.Remove(socket);
                buyer.Dispose();
            }
        }
    }
}
