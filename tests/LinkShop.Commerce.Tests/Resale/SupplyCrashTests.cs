using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Splits;
using LinkShop.Simulation;
using Microsoft.Extensions.DependencyInjection;
using static LinkShop.Commerce.Tests.Resale.ResaleWorld;

namespace LinkShop.Commerce.Tests.Resale;

/// <summary>The process dies before any statement: both tenants' rows are as before, or as after.</summary>
public sealed class SupplyCrashTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task A_death_between_two_statements_leaves_shop_and_supplier_as_they_were(CommerceDialect dialect)
    {
        CrashingDatabase? crashing = null;
        await using var commerce = await TestCommerce.StartAsync(dialect, services =>
        {
            var made = services.Last(s => s.ServiceType == typeof(ICommerceDatabase)).ImplementationFactory!;
            services.AddSingleton<ICommerceDatabase>(provider => crashing = new CrashingDatabase((ICommerceDatabase)made(provider)));
        });
        var world = new ResaleWorld(new Shop(commerce, TestCommerce.Mall));
        await world.Supplier.CardsAsync(keys: 3);
        await world.OfferAsync();
        await world.ListAsync(world.A);
        var request = await world.RequestAsync(world.A, 2);

        // SQLite runs a group of works again when one of them fails after it wrote; once it knows that works do fail, it runs them one by one
        await Assert.ThrowsAsync<InvalidOperationException>(() => commerce.Database.WriteSystemAsync<int>(async c =>
        {
            await c.ExecuteAsync("update offers set position = position");
            throw new InvalidOperationException();
        }));
        OrderReceipt? order = null;
        Assert.True(await DyingAsync(crashing!, async () => order = (await world.A.TryOrderAsync(request)).Value, () => SameAsync(world, orders: 0, reserved: 0, delivered: 0)) > 10);
        await SameAsync(world, orders: 2, reserved: 2, delivered: 0);
        Assert.True(await DyingAsync(crashing!, () => world.A.ApplyAsync(Shop.Event(order!)), () => SameAsync(world, orders: 2, reserved: 2, delivered: 0)) > 10);
        await SameAsync(world, orders: 2, reserved: 0, delivered: 2);
        Assert.True(await DyingAsync(crashing!, () => MoneyShop.GrantAsync(world.A, order!, 500), () => SameAsync(world, orders: 2, reserved: 0, delivered: 2, refunds: 0)) > 10);
        await SameAsync(world, orders: 2, reserved: 0, delivered: 2, refunds: 1);

        var called = await world.OrderAsync(world.A, contact: "c@example.com");
        Assert.True(await DyingAsync(crashing!, () => world.A.Desk.CancelAsync(ShopA, called.OrderId, "sam", ""), () => SameAsync(world, orders: 4, reserved: 1, delivered: 2, refunds: 1)) > 3);
        await SameAsync(world, orders: 4, reserved: 0, delivered: 2, refunds: 1);
    }

    /// <summary>Lets the work die before its first statement, its second and so on, until it gets through.</summary>
    private static async Task<int> DyingAsync<T>(CrashingDatabase database, Func<Task<T>> work, Func<Task> same)
    {
        for (var statement = 1; ; statement++)
        {
            database.DieBefore(statement);
            try
            {
                await work();
                database.LiveOn();
                return statement;
            }
            catch (SimulatedCrash)
            {
                await same();
            }
        }
    }

    private static async Task SameAsync(ResaleWorld world, int orders, int reserved, int delivered, int refunds = 0)
    {
        Assert.Equal(
            (orders, reserved, delivered, refunds),
            ((int)await world.A.Commerce.CountAsync("orders"), (int)await world.A.Commerce.CountAsync("card_key", "state = 'Reserved'"), (int)await world.A.Commerce.CountAsync("card_key", "state = 'Delivered'"), (int)await world.A.Commerce.CountAsync("refund")));
        await world.SoundAsync();
    }
}
