using Microsoft.Extensions.Configuration;
using System.Diagnostics;
using LinkShop.Cms.Shell.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;

namespace LinkShop.Cms.Tests.Shell;

/// <summary>Alone, because what other tests allocate would be counted too.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

[Collection("alone")]
public sealed class ManyTenantsTests
{
    [Fact]
    public void Ten_thousand_tenants_are_told_apart_in_under_two_microseconds_without_allocating()
    {
        var table = new RunningShellTable(new ConfigurationBuilder().Build());
        table.Add(new ShellSettings { Name = "Default" });
        for (var i = 0; i < 10_000; i++) table.Add(new ShellSettings { Name = "Shop" + i, RequestUrlPrefix = "shop" + i, RequestUrlHost = i % 2 == 0 ? null : "mall.example" });
        var host = new HostString("mall.example:5000");
        PathString[] paths = ["/shop77/goods/1", "/shop78", "/goods/other", "/"];
        var best = TimeSpan.MaxValue;
        var allocated = long.MaxValue;
        // the best of several rounds: the machine has other things to do as well
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < 4000; i++) table.Match(host, paths[i & 3]);
            var taken = Stopwatch.GetElapsedTime(started) / 4000;
            best = taken < best ? taken : best;
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal("Shop77", table.Match(host, paths[0])?.Name);
        Assert.Equal("Shop78", table.Match(host, paths[1])?.Name);
        Assert.True(best < TimeSpan.FromMicroseconds(2), $"{best.TotalNanoseconds} ns");
        Assert.InRange(allocated, 0, 100);
    }

    [Fact]
    public async Task One_more_live_tenant_costs_a_few_kilobytes_and_no_container()
    {
        await using var host = await TestHost.StartAsync();
        await host.AddTenantAsync("Default", null, "Tests.Echo");
        for (var i = 0; i < 200; i++) await host.AddTenantAsync("Shop" + i, "shop" + i, "Tests.Echo");
        await host.GetAsync("/option");
        var before = GC.GetTotalMemory(true);
        for (var i = 0; i < 200; i++) Assert.Equal("Shop" + i, await host.GetAsync($"/shop{i}/option"));
        var perTenant = (GC.GetTotalMemory(true) - before) / 200;
        // no lower bound: other tests run meanwhile and give memory back
        Assert.True(perTenant <= 16 * 1024, $"{perTenant} bytes");
        Assert.Equal(1, host.Services.GetRequiredService<LinkShop.Cms.Shell.Blueprints.BlueprintCache>().Count);
    }
}
