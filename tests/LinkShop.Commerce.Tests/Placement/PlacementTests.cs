using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Tests.Ordering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Placement;

/// <summary>Tenants on two databases.</summary>
public sealed class PlacementTests
{
    private static readonly string[] Tables = ["orders", "ledger_transfer", "ledger_account", "card_key", "tenant_key", "offers"];

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_tenant_is_wholly_on_its_database_and_the_sweeps_and_verify_go_there_too(CommerceDialect dialect)
    {
        await using var mall = await Shop.OpenAsync(dialect, two: true);
        mall.Commerce.Placement.Places[Other.Tenant] = new CommercePlace(Second, false);
        var other = mall.As(Other);
        await mall.CardsAsync();
        var pool = await other.CardsAsync();
        await mall.PaidOrderAsync();
        var paid = await other.PaidOrderAsync();
        await other.OrderAsync();

        foreach (var table in Tables)
        {
            Assert.Equal(0, await CountAsync(mall, "", table, Other));
            Assert.Equal(0, await CountAsync(mall, Second, table, Mall));
            Assert.NotEqual(0, await CountAsync(mall, Second, table, Other));
        }

        Assert.Single(await other.KeysAsync(paid));
        Assert.Equal(1, await other.ExpireAsync());
        Assert.Equal(9, (await other.StockAsync(pool)).Available);
        await mall.AssertSoundAsync();
        await mall.Commerce.DatabaseNamed(Second).WriteSystemAsync(c => c.ExecuteAsync("update orders set fulfilment = 'None', fulfilled_at = null where state = 'Fulfilled'"));
        var report = await mall.VerifyAsync();
        Assert.Contains(report.Breaches, b => b.Code == "paid_without_delivery" && b.Tenant == Other.Tenant && b.Id == paid.OrderId);
        Assert.Equal(3, report.Counts["orders"]);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Messages_of_both_databases_are_delivered_and_those_of_a_moving_tenant_wait(CommerceDialect dialect)
    {
        var seen = new Seen();
        await using var commerce = await StartAsync(dialect, s => s.AddSingleton<IOutboxHandler>(seen).AddSingleton<OutboxWorker>(), two: true);
        commerce.Placement.Places[Other.Tenant] = new CommercePlace(Second, false);
        foreach (var tenant in new[] { Mall, Other })
            await commerce.Database.WriteAsync(tenant, c => { commerce.Outbox.Add(c, "Happened", tenant.Tenant); return Task.CompletedTask; });
        await commerce.Store(Second).GuardAsync(Other.Tenant);

        await commerce.Get<OutboxWorker>().RunOnceAsync(default);
        Assert.Equal([Mall.Tenant], seen.Tenants);
        await commerce.Store(Second).ReleaseAsync(Other.Tenant);
        await commerce.Get<OutboxWorker>().RunOnceAsync(default);
        Assert.Equal([Mall.Tenant, Other.Tenant], seen.Tenants);
        Assert.Equal(0, await CountAsync(commerce, Second, "outbox", Other));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Verify_finds_rows_where_their_tenant_is_not_and_takes_a_copy_for_none(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect, two: true);
        await shop.CardsAsync();
        await shop.PaidOrderAsync();
        await shop.Commerce.Store("").GuardAsync(Mall.Tenant);
        await shop.Commerce.Store(Second).CopyFromAsync(shop.Commerce.Store(""), Mall.Tenant);
        await shop.Commerce.DatabaseNamed(Second).WriteSystemAsync(c => c.ExecuteAsync("delete from deliveries"));
        var report = await shop.VerifyAsync();
        Assert.True(report.Ok, report.ToJson());

        // the half copy stays where nobody moves it on
        await shop.Commerce.Store(Second).ReleaseAsync(Mall.Tenant);
        report = await shop.VerifyAsync();
        Assert.Contains(report.Breaches, b => b is { Code: "tenant_elsewhere", Tenant: "Mall", Id: DatabaseNames.Main });
        Assert.Contains(report.Breaches, b => b.Code == "delivered_key_without_delivery");
    }

    [Fact]
    public async Task A_tenant_on_a_database_that_nobody_configured_is_not_looked_for_on_the_main_one()
    {
        await using var commerce = await StartAsync(CommerceDialect.Sqlite, two: true);
        commerce.Placement.Places[Other.Tenant] = new CommercePlace("third", false);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => commerce.Pools.ListAsync(Other));
        Assert.Contains("LinkShop:Databases:third", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sqlite", "main", "Folder", "/tmp/x", "isn't 'main'")]
    [InlineData("Sqlite", "a b", "Folder", "/tmp/x", "starts with a letter")]
    [InlineData("Sqlite", "b", "ConnectionString", "Host=x", "have the provider of the main one")]
    [InlineData("Postgres", "b", "Folder", "/tmp/x", "have the provider of the main one")]
    [InlineData("Sqlite", "b", "Folder", "/data", "also that of another")]
    [InlineData("Sqlite", "b", "Folder", "", "is missing")]
    public void A_wrong_configuration_is_refused_with_its_key(string provider, string name, string key, string value, string says)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LinkShop:Database:Provider"] = provider,
            ["LinkShop:DataPath"] = "/data",
            [$"LinkShop:Databases:{name}:{key}"] = value,
        }).Build();
        var error = Assert.Throws<InvalidOperationException>(() => DatabaseNames.Read(configuration));
        Assert.Contains("LinkShop:Databases:" + name, error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    internal static Task<long> CountAsync(Shop shop, string database, string table, TenantScope tenant) => CountAsync(shop.Commerce, database, table, tenant);

    internal static Task<long> CountAsync(TestCommerce commerce, string database, string table, TenantScope tenant) =>
        commerce.DatabaseNamed(database).ReadAsync(tenant, c => c.QuerySingleOrDefaultAsync<long>($"select count(*) from {table} where tenant = @tenant"));

    private sealed class Seen : IOutboxHandler
    {
        public List<string> Tenants { get; } = [];

        public bool Handles(string type) => true;

        public Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            Tenants.Add(message.Tenant);
            return Task.CompletedTask;
        }
    }
}
