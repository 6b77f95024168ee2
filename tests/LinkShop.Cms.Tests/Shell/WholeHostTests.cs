using LinkShop.Cms.Shell.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Cms.Tests.Shell;

public sealed class WholeHostTests
{
    [Fact]
    public async Task A_tenant_with_every_feature_of_the_host_starts_and_serves_the_sign_in_page()
    {
        await using var host = await TestHost.StartAsync(whole: true);
        var catalog = host.Services.GetRequiredService<ModuleCatalog>();
        await host.AddTenantAsync("Default", null, [.. catalog.Features.Select(f => f.Id)]);
        Assert.Empty(catalog.Features.SelectMany(f => f.MissingDependencies));
        Assert.Contains("password", await host.GetAsync("/Login"), StringComparison.OrdinalIgnoreCase);
    }
}
