using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Hosting;
using Microsoft.Extensions.DependencyInjection;
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
}
