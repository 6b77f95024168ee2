using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

[assembly: OrchardCore.Modules.Manifest.Feature(Id = "Tests.Gated", Name = "Gated", Dependencies = ["Tests.Echo"])]

namespace LinkShop.Cms.Tests.Shell;

/// <summary>Makes the building of a feature set last until the test lets it go on.</summary>
internal static class BuildGate
{
    internal static TaskCompletionSource? Entered { get; set; }

    internal static TaskCompletionSource Leave { get; } = new();
}

[Feature("Tests.Gated")]
internal sealed class GatedStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        if (BuildGate.Entered is not { } entered) return;
        entered.TrySetResult();
        Assert.True(BuildGate.Leave.Task.Wait(TimeSpan.FromSeconds(30)));
    }
}

public sealed class MissedChangeTests
{
    [Fact]
    public async Task A_change_of_features_while_the_tenant_is_being_made_is_not_missed()
    {
        await using var host = await TestHost.StartAsync();
        var games = await host.AddTenantAsync("Games", "games", "Tests.Gated");
        BuildGate.Entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Task.Run(() => host.StatusAsync("/games/echo"));
        await BuildGate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await host.Host.UpdateFeaturesAsync(games, new(["Tests.Extra"], ["Tests.Extra", "Tests.Gated"]));
        BuildGate.Leave.SetResult();
        Assert.Equal(HttpStatusCode.OK, await first);
        Assert.Equal(HttpStatusCode.OK, await host.StatusAsync("/games/extra"));
    }
}
