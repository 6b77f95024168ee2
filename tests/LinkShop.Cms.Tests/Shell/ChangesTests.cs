using System.Net;
using LinkShop.Testing;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Tests.Shell;

/// <summary>Two hosts on one database, as two processes would be.</summary>
public sealed class ChangesTests
{
    public static TheoryData<string> Databases => PostgresCluster.WhyNot is null ? ["sqlite", "postgres"] : ["sqlite"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task What_one_process_changes_the_other_serves_within_seconds(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("linkshop-two-").FullName;
        var postgres = kind == "postgres" ? await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync() : null;
        await using var one = await TestHost.StartAsync(folder, postgres: postgres);
        await using var two = await TestHost.StartAsync(folder, postgres: postgres);
        await one.AddTenantAsync("Default", null, "Tests.Echo");
        await UntilAsync(two, "/echo", HttpStatusCode.OK);
        var games = await one.AddTenantAsync("Games", "games", "Tests.Extra");
        await UntilAsync(two, "/games/extra", HttpStatusCode.OK);
        // signed by one, read by the other
        Assert.Equal("word", await two.GetAsync("/unprotect/" + await one.GetAsync("/protect/word")));
        await one.Host.UpdateFeaturesAsync(games, new(["Tests.Echo"], []));
        await UntilAsync(two, "/games/extra", HttpStatusCode.NotFound);
        await one.Host.UpdateShellSettingsAsync(games.AsDisabled());
        await UntilAsync(two, "/games/echo", HttpStatusCode.ServiceUnavailable);
        await one.Host.RemoveShellSettingsAsync(games);
        await UntilAsync(two, "/games/echo", HttpStatusCode.NotFound);
    }

    private static async Task UntilAsync(TestHost host, string path, HttpStatusCode status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await host.StatusAsync(path) != status) await timer.WaitForNextTickAsync(limit.Token);
    }
}
