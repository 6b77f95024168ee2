using System.Diagnostics;
using System.Globalization;
using System.Text;
using LinkShop.Commerce;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Referrals;
using LinkShop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Bench;

/// <summary>
/// Referrals on the engine, without a web server: what an attribution adds to an order, clicks, and with a big network (written straight into the tables) desks, graph and the nightly scan.
/// </summary>
internal static class ReferralsBench
{
    private static readonly TenantScope Scope = new("Bench");
    private static int _buyer;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        if (arguments.Flag("http"))
            return await ReferralCheckout.RunAsync(arguments);
        var promoters = arguments.Number("promoters", 1_000_000);
        var edges = arguments.Number("edges", 10_000_000);
        var orders = arguments.Number("orders", 6_000);
        var clicks = arguments.Number("clicks", 200_000);
        var folder = Directory.CreateTempSubdirectory("linkshop-referrals-").FullName;
        await using var cluster = arguments.Postgres ? await PostgresCluster.StartAsync(durable: true) : null;
        var services = EngineBench.Services(folder, cluster is null ? null : await cluster.CreateDatabaseAsync());
        try
        {
            await services.GetRequiredService<ICommerceDatabase>().MigrateAsync();
            var link = await OpenAsync(services, orders * 3);
            var (create, whole, cost) = await CheckoutAsync(services, link, orders);
            var perSecond = await ClicksAsync(services, link, clicks);
            var seeding = Stopwatch.StartNew();
            await ReferralNetwork.SeedAsync(services.GetRequiredService<ICommerceDatabase>(), Scope, promoters, edges);
            seeding.Stop();
            var desks = services.GetRequiredService<IReferralDesks>();
            var ids = Enumerable.Range(0, 400).Select(_ => ReferralNetwork.IdOf(Random.Shared.Next(1, promoters))).Append(ReferralNetwork.IdOf(1)).ToArray();
            var desk = await TimeAsync(ids, async id => await desks.PromoterAsync(Scope, id) is not null);
            var graph = await TimeAsync(ids, async id => await desks.NeighbourhoodAsync(Scope, id) is not null);
            var leaders = await TimeAsync(ids[..100], async _ => (await desks.LeaderboardAsync(Scope)).Count > 0);
            var health = await TimeAsync(ids[..100], async _ => (await desks.HealthAsync(Scope)).Days.Count > 0);
            var scan = Stopwatch.StartNew();
            var opened = await services.GetRequiredService<IReferralMaintenance>().ScanAsync(Scope);
            scan.Stop();
            Arguments.Report(new Dictionary<string, object>
            {
                ["db"] = arguments.Postgres ? "postgres" : "sqlite",
                ["promoters"] = promoters,
                ["edges"] = edges,
                ["checkout_overhead_percent"] = create,
                ["checkout_to_delivery_overhead_percent"] = whole,
                ["attribution_us"] = cost,
                ["clicks_per_second"] = perSecond,
                ["desk_p99_ms"] = Math.Round(Math.Max(desk, Math.Max(leaders, health)), 2),
                ["promoter_desk_p99_ms"] = desk,
                ["graph_p99_ms"] = graph,
                ["fraud_scan_seconds"] = Math.Round(scan.Elapsed.TotalSeconds, 1),
                ["cases_opened"] = opened.Values.Sum(),
                ["seed_seconds"] = Math.Round(seeding.Elapsed.TotalSeconds, 1),
            });
            return 0;
        }
        finally
        {
            await services.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ReferralLink> OpenAsync(ServiceProvider services, int keys)
    {
        var pool = await services.GetRequiredService<IKeyPools>().CreateAsync(Scope, new KeyPoolSettings("bench"));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(BenchGoods.NewKeys(keys).Select(k => k + "\n"))));
        await services.GetRequiredService<IKeyImporter>().ImportAsync(Scope, pool.Id, file, KeyFileFormat.Text, "bench");
        Require((await services.GetRequiredService<IOfferCatalog>().UpsertProductAsync(
            Scope, "p", [new Offer { SkuId = "card", ProductId = "p", Title = "Card", Price = new Money(1000, "CNY"), Delivery = DeliveryKind.CardKey, PoolId = pool.Id }])).Succeeded);
        Require((await services.GetRequiredService<IReferralProgram>().SaveAsync(Scope, new ReferralProgram { VelocityPerHour = 100_000 }, "bench")).Succeeded);
        var plan = new ReferralPlan { Id = "plan", Name = "Bench", DisclosureZh = "推广者获得佣金。", DisclosureEn = "The promoter earns a commission.", Rates = [new ReferralRate { Id = "r", BasisPoints = 1_000 }] };
        Require((await services.GetRequiredService<IReferralPlans>().SaveAsync(Scope, plan, "bench")).Succeeded);
        Require((await services.GetRequiredService<IReferralPlans>().MoveAsync(Scope, "plan", ReferralPlanState.Active, "bench", "bench")).Succeeded);
        Require((await services.GetRequiredService<IPromoters>().JoinAsync(Scope, new PromoterJoin { UserId = "seller", Name = "Seller", ConfirmsAdult = true })).Succeeded);
        return (await services.GetRequiredService<IReferralLinks>().CreateAsync(Scope, "seller", new ReferralLinkDraft(ReferralTarget.Mall))).Value;
    }

    // in turns, so that what else the machine does falls on both alike; the median of the rounds
    private static async Task<(double Create, double Whole, double Microseconds)> CheckoutAsync(ServiceProvider services, ReferralLink link, int orders)
    {
        var token = (await services.GetRequiredService<IReferralClicks>().HitAsync(Scope, new ReferralHit { LinkId = link.Id, UserAgent = "Mozilla/5.0", VisitorId = "v" })).Token!;
        const int Rounds = 12;
        var (create, whole, cost) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -2; round < Rounds; round++)
        {
            var (plainCreate, plainWhole) = await BuyAsync(services, orders / Rounds, null);
            var (broughtCreate, broughtWhole) = await BuyAsync(services, orders / Rounds, new ReferralTouches { Tokens = [token], DeviceId = "device" });
            if (round < 0)
                continue;
            create.Add(100 * ((broughtCreate / plainCreate) - 1));
            whole.Add(100 * ((broughtWhole / plainWhole) - 1));
            cost.Add(1_000_000 * (broughtCreate - plainCreate) / (orders / Rounds));
        }

        return (Math.Round(create.Order().ElementAt(Rounds / 2), 1), Math.Round(whole.Order().ElementAt(Rounds / 2), 1), Math.Round(cost.Order().ElementAt(Rounds / 2), 1));
    }

    private static async Task<(double Create, double Whole)> BuyAsync(ServiceProvider services, int orders, ReferralTouches? touches)
    {
        const int Clients = 8;
        var created = new OrderReceipt[orders];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var i = client; i < orders; i += Clients)
            {
                var order = await services.GetRequiredService<IOrdering>().CreateAsync(Scope, new OrderRequest
                {
                    Lines = [new OrderLineRequest { SkuId = "card" }],
                    Contact = string.Create(CultureInfo.InvariantCulture, $"139{Interlocked.Increment(ref _buyer):D8}"),
                    LookupPassword = "bench",
                    ClientAddress = "192.0.2.1",
                    Referral = touches,
                });
                Require(order.Succeeded);
                created[i] = order.Value;
            }
        })));
        var create = watch.Elapsed.TotalSeconds;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var i = client; i < orders; i += Clients)
            {
                var order = created[i];
                var outcome = await services.GetRequiredService<IPaymentIntake>().ApplyAsync(Scope, new PaymentEvent
                {
                    Provider = "bench", EventId = "evt-" + order.OrderId, PaymentId = order.OrderId, OrderId = order.OrderId, Kind = PaymentEventKind.Paid, Amount = order.Total, OccurredAt = DateTimeOffset.UtcNow,
                });
                Require(outcome.State == OrderState.Fulfilled);
            }
        })));
        return (create, watch.Elapsed.TotalSeconds);
    }

    private static async Task<double> ClicksAsync(ServiceProvider services, ReferralLink link, int clicks)
    {
        var taken = services.GetRequiredService<IReferralClicks>();
        var database = services.GetRequiredService<ICommerceDatabase>();
        Task<long> CountAsync() => database.ReadAsync(Scope, c => c.QuerySingleOrDefaultAsync<long>("select count(*) from referral_click where tenant = @tenant"));
        await taken.FlushAsync();
        var before = await CountAsync();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(client => Task.Run(async () =>
        {
            for (var i = client; i < clicks; i += 4)
                await taken.HitAsync(Scope, new ReferralHit { LinkId = link.Id, UserAgent = "Mozilla/5.0", VisitorId = i.ToString(CultureInfo.InvariantCulture), ClientAddress = "192.0.2.7" });
        })));
        // counted once they are stored, not when they were taken
        await taken.FlushAsync();
        watch.Stop();
        Require(await CountAsync() - before == clicks);
        return Math.Round(clicks / watch.Elapsed.TotalSeconds);
    }

    private static async Task<double> TimeAsync(string[] ids, Func<string, Task<bool>> read)
    {
        var times = new List<double>(ids.Length);
        foreach (var id in ids)
        {
            var watch = Stopwatch.GetTimestamp();
            Require(await read(id));
            times.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
        }

        return Math.Round(times.Order().ElementAt((int)(times.Count * 0.99)), 2);
    }

    private static void Require(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException("The bench's premise doesn't hold.");
    }
}
