using System.Net;
using LinkShop.Commerce;
using LinkShop.Commerce.Data;
using LinkShop.Platform;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using Microsoft.Extensions.Logging.Abstractions;

namespace LinkShop.Web.Tests.Platform;

/// <summary>What monitors and search engines ask.</summary>
[Collection("mall")]
public sealed class HealthTests(MallFixture mall)
{
    [Fact]
    public async Task A_process_that_can_read_its_database_says_ok_on_any_host_and_nothing_else()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz") { Headers = { Host = "no.such.host" } };
        using var answer = await mall.Server.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, "ok"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_database_that_fails_or_hangs_is_no_health_and_is_asked_once_at_a_time()
    {
        Assert.False(await new Health(new Database(() => throw new IOException("gone")), NullLogger<Health>.Instance).IsGoodAsync());

        var (asked, hanging) = (0, new TaskCompletionSource());
        var health = new Health(new Database(() => { asked++; return hanging.Task; }), NullLogger<Health>.Instance);
        Assert.All(await Task.WhenAll(health.IsGoodAsync(), health.IsGoodAsync(), health.IsGoodAsync()), good => Assert.False(good));
        Assert.Equal(1, asked);
        hanging.SetResult();
        await Eventually.HoldsAsync(health.IsGoodAsync, () => "it answers again");
    }

    [Fact]
    public async Task Search_engines_are_kept_from_what_is_somebodys_own_at_the_platform_and_in_each_mall()
    {
        var platform = await mall.Server.Client.GetStringAsync(new Uri("/robots.txt", UriKind.Relative));
        var own = await mall.Server.Client.GetStringAsync(new Uri("/cards/robots.txt", UriKind.Relative));
        Assert.Contains("Disallow: /Admin\n", platform, StringComparison.Ordinal);
        Assert.Contains("Disallow: /*/checkout?\n", platform, StringComparison.Ordinal);
        foreach (var part in new[] { "Admin", "checkout", "orders", "account", "api" })
            Assert.Contains($"Disallow: /cards/{part}\n", own, StringComparison.Ordinal);
        Assert.DoesNotContain("/*/", own, StringComparison.Ordinal);
        Assert.Contains("Disallow: /api\n", RobotsFile.Text("", platform: false), StringComparison.Ordinal);
    }

    private sealed class Database(Func<Task> answer) : ICommerceDatabase
    {
        public CommerceDialect Dialect => CommerceDialect.Sqlite;

        public async Task<T> ReadSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        {
            await answer();
            return default!;
        }

        public Task<T> ReadAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<T> WriteAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<T> WriteSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task MigrateAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
