using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Hosting;
using LinkShop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Tests.Shell;

/// <summary>Which database a tenant is on.</summary>
public sealed class PlaceTests
{
    [Fact]
    public async Task Only_a_move_takes_a_running_tenant_to_another_database_and_nobody_with_old_settings_takes_it_back()
    {
        var second = Directory.CreateTempSubdirectory("linkshop-place-").FullName;
        await using var host = await TestHost.StartAsync(settings: new() { ["LinkShop:Databases:second:Folder"] = second });
        var shop = await host.AddTenantAsync("Shop", "shop");
        var moved = new ShellSettings(shop) { ["Database"] = "second" };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Host.UpdateShellSettingsAsync(moved));
        Assert.Contains("move-shop", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Host.UpdateShellSettingsAsync(new ShellSettings(shop) { ["Database"] = "third" }));
        Assert.Contains("LinkShop:Databases:third", error.Message, StringComparison.Ordinal);

        var moves = host.Services.GetRequiredService<ShopMoves>();
        var began = await moves.BeginAsync("Shop", "", "second");
        Assert.NotNull(began);
        Assert.Null(await moves.BeginAsync("Shop", "", "second"));
        // the process says what it has seen
        while ((await moves.NotSeenAsync("Shop", began.Value)).Count > 0)
            await Task.Delay(10);
        Assert.True(host.Host.TryGetSettings("Shop", out var seen));
        Assert.Equal((null, "true"), (seen["Database"], seen["DatabaseMoving"]));

        var move = (await moves.FindAsync("Shop"))!;
        await moves.AdvanceAsync(move, ShopMoves.Copying, ShopMoves.Verifying);
        var switched = await moves.AdvanceAsync(move, ShopMoves.Verifying, ShopMoves.Switched);
        await Assert.ThrowsAsync<InvalidOperationException>(() => moves.AdvanceAsync(move, ShopMoves.Verifying, ShopMoves.Switched));
        await Assert.ThrowsAsync<InvalidOperationException>(() => moves.AbandonAsync(move));
        while ((await moves.NotSeenAsync("Shop", switched)).Count > 0)
            await Task.Delay(10);

        await host.Services.GetRequiredService<ShellStore>().SaveAsync(shop);
        Assert.Equal("second", (await host.Services.GetRequiredService<IShellSettingsManager>().LoadSettingsAsync("Shop"))["Database"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_process_that_missed_the_switch_learns_of_it_by_whatever_it_changes_itself(bool postgres)
    {
        Assert.SkipWhen(postgres && PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var database = postgres ? await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync() : null;
        var second = Directory.CreateTempSubdirectory("linkshop-place-").FullName;
        await using var host = await TestHost.StartAsync(postgres: database, settings: new() { ["LinkShop:Databases:second:" + (postgres ? "ConnectionString" : "Folder")] = postgres ? database : second });
        var changes = new Func<ShellSettings, Task>[]
        {
            s => host.Host.ReleaseShellContextAsync(s),
            s => host.Host.UpdateShellSettingsAsync(new ShellSettings(s) { ["Note"] = "x" }),
            async s => await host.Host.UpdateFeaturesAsync(s, await host.Services.GetRequiredService<ShellStore>().LoadFeaturesAsync(s.Name)),
        };
        var watcher = host.Services.GetServices<IHostedService>().OfType<ShellChangeWatcher>().Single();
        await watcher.StopAsync(default); // it hears nothing any more
        var moves = host.Services.GetRequiredService<ShopMoves>();
        for (var i = 0; i < changes.Length; i++)
        {
            var shop = await host.AddTenantAsync("Shop" + i, "shop" + i);
            await moves.BeginAsync(shop.Name, "", "second");
            var move = (await moves.FindAsync(shop.Name))!;
            await moves.AdvanceAsync(move, ShopMoves.Copying, ShopMoves.Verifying);
            await moves.AdvanceAsync(move, ShopMoves.Verifying, ShopMoves.Switched);
            Assert.True(host.Host.TryGetSettings(shop.Name, out var known));
            Assert.Null(known["Database"]);

            await changes[i](known);
            Assert.True(host.Host.TryGetSettings(shop.Name, out known));
            Assert.Equal(("second", "true"), (known["Database"], known["DatabaseMoving"]));

            // nor is one removed on its way
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Host.RemoveShellSettingsAsync(known));
            Assert.True(ShopPlace.IsRefusal(error));
            await moves.AdvanceAsync(move, ShopMoves.Switched, ShopMoves.Done);
            await host.Host.RemoveShellSettingsAsync(known);
            Assert.Null(await moves.FindAsync(shop.Name));
        }
    }
}
