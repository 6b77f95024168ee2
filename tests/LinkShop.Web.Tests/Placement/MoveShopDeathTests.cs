using System.Net;
using LinkShop.Commerce.Placement;
using LinkShop.Testing;
using LinkShop.Web.Tests.Processes;
using static LinkShop.Web.Tests.Placement.Installation;
using static LinkShop.Web.Tests.Placement.ShopBuyers;

namespace LinkShop.Web.Tests.Placement;

/// <summary>A move that is broken off, by a death of the command or on purpose.</summary>
public sealed class MoveShopDeathTests
{
    [Fact]
    public async Task A_command_that_dies_between_any_two_steps_is_finished_by_the_next_one()
    {
        await using var installation = await CreateAsync("sqlite");
        await using var server = await LinkShopServer.StartAsync(installation.Options);
        using var buyer = new Buyer(server);
        var orders = new List<BuyersOrder> { (await buyer.OrderAsync(Sku))! };
        Assert.Equal(HttpStatusCode.OK, await buyer.PayAsync(orders[0]));
        var chosen = await StepsAsync(installation);
        var place = DatabaseNames.Main;
        foreach (var step in chosen)
        {
            await DiesAsync(installation, place, step);
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

    /// <summary>On PostgreSQL a move takes seconds, so there one move dies at all of them, one after the other.</summary>
    [Fact]
    public async Task A_move_whose_command_dies_at_every_step_gets_there_and_back_in_the_end()
    {
        await using var installation = await CreateAsync("postgres");
        await using var server = await LinkShopServer.StartAsync(installation.Options);
        using var buyer = new Buyer(server);
        var orders = new List<BuyersOrder> { (await buyer.OrderAsync(Sku))! };
        Assert.Equal(HttpStatusCode.OK, await buyer.PayAsync(orders[0]));
        var chosen = await StepsAsync(installation);
        foreach (var place in new[] { DatabaseNames.Main, Second })
        {
            foreach (var step in chosen)
            {
                await DiesAsync(installation, place, step);
                foreach (var order in orders)
                    Assert.Single(await buyer.KeysAsync(order));
            }

            // nothing is left but to tidy up
            Assert.Equal(1, (await installation.MoveAsync(place)).ExitCode);
            orders.Add(await BuyUntilOpenAsync(buyer));
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

    /// <summary>Moves the shop to the second database, and tells at which steps it could have died, in order: of the tables the first, some, and the last.</summary>
    private static async Task<IReadOnlyList<string>> StepsAsync(Installation installation)
    {
        var steps = new List<string>();
        Assert.Equal(0, (await installation.MoveAsync(Second, steps.Add)).ExitCode);
        var chosen = steps.Where(s => !s.StartsWith("copied ", StringComparison.Ordinal) || s is "copied orders" or "copied ledger_transfer" or "copied Document").ToList();
        Assert.True(chosen.Count >= 15, string.Join(", ", chosen));
        return chosen;
    }

    private static Task DiesAsync(Installation installation, string place, string at) =>
        Assert.ThrowsAsync<Died>(() => installation.MoveAsync(place, step => { if (step == at) throw new Died(); }));
}
