using System.Net;
using LinkShop.Cms.Shell.Blueprints;
using LinkShop.Cms.Shell.Database;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Tests.Shell;

public sealed class FeatureTests : IAsyncLifetime
{
    private readonly RecordingHandler _events = new();
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(configure: cms => cms.ConfigureServices(services => services.AddScoped<IFeatureEventHandler>(_ => _events)));
        await _host.AddTenantAsync("Default", null, "Tests.Echo");
        await _host.AddTenantAsync("Games", "games", "Tests.Echo");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_feature_comes_and_goes_at_run_time_for_one_tenant_only()
    {
        Assert.Equal(HttpStatusCode.NotFound, await _host.StatusAsync("/games/extra"));
        await ChangeAsync("Games", f => f.EnableFeaturesAsync("Tests.Extra"));
        Assert.Equal("extra", await _host.GetAsync("/games/extra"));
        Assert.Equal("both", await _host.GetAsync("/games/echo-with-extra"));
        Assert.Equal(HttpStatusCode.NotFound, await _host.StatusAsync("/extra"));
        Assert.Equal("Games /games/echo", await _host.GetAsync("/games/echo"));
        await ChangeAsync("Games", f => f.DisableFeaturesAsync("Tests.Extra"));
        Assert.Equal(HttpStatusCode.NotFound, await _host.StatusAsync("/games/extra"));
        Assert.Equal(
            ["installing Tests.Extra", "enabling Tests.Extra", "installed Tests.Extra", "enabled Tests.Extra", "disabling Tests.Extra", "disabled Tests.Extra"],
            _events.Heard);
    }

    [Fact]
    public async Task A_request_that_is_running_ends_undisturbed_on_the_old_features()
    {
        (SlowGate.Entered, SlowGate.Leave) = (new(), new());
        var slow = _host.GetAsync("/games/slow");
        await SlowGate.Entered.Task;
        await ChangeAsync("Games", f => f.DisableFeaturesAsync("Tests.Echo"));
        Assert.Equal(HttpStatusCode.NotFound, await _host.StatusAsync("/games/echo"));
        SlowGate.Leave.SetResult();
        Assert.Equal("done", await slow);
    }

    [Fact]
    public async Task What_only_dependencies_need_goes_with_them()
    {
        await ChangeAsync("Games", async features =>
        {
            Assert.True(await features.IsFeatureEnabledAsync("Tests.Base"));
            await features.DisableFeaturesAsync("Tests.Echo");
            Assert.False(await features.IsFeatureEnabledAsync("Tests.Base"));
        });
    }

    [Fact]
    public async Task A_reserved_feature_or_one_with_a_missing_dependency_is_refused_by_name()
    {
        var extensions = _host.Services.GetRequiredService<IExtensionManager>();
        await ChangeAsync("Games", async features =>
        {
            IFeatureInfo[] Pick(string id) => [extensions.GetFeatures().Single(f => f.Id == id)];
            var reserved = await Assert.ThrowsAsync<InvalidOperationException>(() => features.EnableFeaturesAsync(Pick("Tests.Reserved"), true));
            Assert.Contains("Tests.Reserved", reserved.Message, StringComparison.Ordinal);
            var orphan = await Assert.ThrowsAsync<InvalidOperationException>(() => features.EnableFeaturesAsync(Pick("Tests.Orphan"), true));
            Assert.Contains("Tests.NotThere", orphan.Message, StringComparison.Ordinal);
        });
        await ChangeAsync("Default", f => f.EnableFeaturesAsync("Tests.Reserved"));
    }

    [Fact]
    public async Task Startups_run_in_order_of_features_and_blueprints_that_nobody_uses_end()
    {
        await _host.GetAsync("/echo");
        var blueprint = (Blueprint)_host.Host.ListShellContexts().First().SharedContainer!;
        Assert.Equal(["base", "echo"], blueprint.Services.GetRequiredService<List<string>>());
        var settings = _host.Host.GetSettings("Games");
        string[][] sets = [["Tests.Base"], ["Tests.Echo"], ["Tests.Extra"], [], ["Tests.Echo"], ["Tests.Base"], [], ["Tests.Extra"]];
        foreach (var set in sets)
        {
            await _host.Host.UpdateFeaturesAsync(settings, new ShellFeatureState(set, set));
            await _host.StatusAsync("/games/echo");
        }
        // at most the two in use and three kept for a while
        Assert.InRange(_host.Services.GetRequiredService<BlueprintCache>().Count, 2, 5);
    }

    private Task ChangeAsync(string tenant, Func<IShellFeaturesManager, Task> change)
        => _host.InTenantAsync(tenant, services => change(services.GetRequiredService<IShellFeaturesManager>()));

    private sealed class RecordingHandler : IFeatureEventHandler
    {
        internal List<string> Heard { get; } = [];

        public Task InstallingAsync(IFeatureInfo feature) => Hear("installing", feature);

        public Task InstalledAsync(IFeatureInfo feature) => Hear("installed", feature);

        public Task EnablingAsync(IFeatureInfo feature) => Hear("enabling", feature);

        public Task EnabledAsync(IFeatureInfo feature) => Hear("enabled", feature);

        public Task DisablingAsync(IFeatureInfo feature) => Hear("disabling", feature);

        public Task DisabledAsync(IFeatureInfo feature) => Hear("disabled", feature);

        private Task Hear(string what, IFeatureInfo feature)
        {
            Heard.Add($"{what} {feature.Id}");
            return Task.CompletedTask;
        }
    }
}
