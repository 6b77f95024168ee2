using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Tests.Shell;

public sealed class TenantTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        await _host.AddTenantAsync("Default", null, "Tests.Echo");
        await _host.AddTenantAsync("Games", "games", "Tests.Echo");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_modules_endpoint_answers_under_two_tenants()
    {
        Assert.Equal("Default /echo", await _host.GetAsync("/echo"));
        Assert.Equal("Games /games/echo", await _host.GetAsync("/games/echo"));
    }

    [Fact]
    public async Task Tenants_with_the_same_features_share_one_container_and_no_state()
    {
        Assert.Equal("Default", await _host.GetAsync("/option"));
        Assert.Equal("Games", await _host.GetAsync("/games/option"));
        Assert.Equal(await _host.GetAsync("/shared"), await _host.GetAsync("/games/shared"));
        Assert.Equal("mine", await _host.GetAsync("/remember/mine"));
        Assert.Equal("yours", await _host.GetAsync("/games/remember/yours"));
        Assert.Equal("mine", await _host.GetAsync("/remember/other"));
        var contexts = _host.Host.ListShellContexts().ToArray();
        Assert.Equal(2, contexts.Length);
        Assert.Same(contexts[0].ServiceProvider, contexts[1].ServiceProvider);
    }

    [Fact]
    public async Task What_one_tenant_protects_another_cannot_read()
    {
        var secret = await _host.GetAsync("/protect/word");
        Assert.Equal("word", await _host.GetAsync("/unprotect/" + secret));
        Assert.Equal(HttpStatusCode.InternalServerError, await _host.StatusAsync("/games/unprotect/" + secret));
    }

    [Fact]
    public async Task Each_tenant_has_its_own_cookie_on_its_own_path()
    {
        using var mine = await _host.Client.GetAsync("/token");
        using var yours = await _host.Client.GetAsync("/games/token");
        var first = Assert.Single(mine.Headers.GetValues("Set-Cookie"));
        var second = Assert.Single(yours.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("orchantiforgery_Default=", first, StringComparison.Ordinal);
        Assert.StartsWith("orchantiforgery_Games=", second, StringComparison.Ordinal);
        Assert.Contains("path=/games", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(404)]
    public async Task What_is_written_when_an_answer_without_a_body_begins_is_still_the_tenants(int status)
    {
        using var answer = await _host.Client.GetAsync($"/games/late/{status}");
        Assert.Equal(status, (int)answer.StatusCode);
        var late = Assert.Single(answer.Headers.GetValues("X-Late")).Split(' ');
        Assert.Equal(("Games", "/games"), (late[0], late[1]));
        Assert.Equal("word", await _host.GetAsync("/games/unprotect/" + late[2]));
    }
}
