using LinkShop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using OrchardCore.Environment.Cache;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Tests.Shell;

public sealed class SignalTests
{
    [Fact]
    public async Task A_signal_changes_the_tokens_of_its_key_and_tenant_and_no_others()
    {
        await using var host = await TestHost.StartAsync();
        await host.AddTenantAsync("Tea", "tea", "Tests.Echo");
        await host.AddTenantAsync("Toys", "toys", "Tests.Echo");
        var (tea, other, toys) = (await TokenAsync(host, "Tea", "goods"), await TokenAsync(host, "Tea", "pages"), await TokenAsync(host, "Toys", "goods"));
        await host.InTenantAsync("Tea", services => services.GetRequiredService<ISignal>().SignalTokenAsync("goods"));
        Assert.True(tea.HasChanged);
        Assert.False(other.HasChanged);
        Assert.False(toys.HasChanged);
        Assert.False((await TokenAsync(host, "Tea", "goods")).HasChanged);
    }

    [Fact]
    public async Task Who_registered_with_a_token_is_called_once_at_the_next_signal_and_a_listener_at_every_one()
    {
        await using var host = await TestHost.StartAsync();
        await host.AddTenantAsync("Tea", "tea", "Tests.Echo");
        var (once, gone, late, every) = (0, 0, 0, 0);
        await host.InTenantAsync("Tea", async services =>
        {
            var signal = services.GetRequiredService<ISignal>();
            var token = signal.GetToken("goods");
            token.RegisterChangeCallback(state => once += (int)state!, 1);
            token.RegisterChangeCallback(_ => gone++, null).Dispose();
            token.RegisterChangeCallback(_ => throw new InvalidOperationException("A module's own defect."), null);
            using var listening = ChangeToken.OnChange(() => signal.GetToken("goods"), () => every++);
            await signal.SignalTokenAsync("pages");
            Assert.Equal(0, every);
            for (var signalled = 1; signalled <= 3; signalled++)
            {
                await signal.SignalTokenAsync("goods");
                Assert.Equal(signalled, every);
            }

            token.RegisterChangeCallback(_ => late++, null);
        });
        Assert.Equal((1, 0, 1), (once, gone, late));
        await host.InTenantAsync("Tea", services => services.GetRequiredService<ISignal>().SignalTokenAsync("goods"));
        Assert.Equal(3, every);
    }

    [Fact]
    public async Task A_deferred_signal_waits_until_the_scope_has_stored_its_changes()
    {
        await using var host = await TestHost.StartAsync();
        await host.AddTenantAsync("Tea", "tea", "Tests.Echo");
        var token = await TokenAsync(host, "Tea", "goods");
        await host.InTenantAsync("Tea", services =>
        {
            services.GetRequiredService<ISignal>().DeferredSignalToken("goods");
            services.GetRequiredService<ISignal>().DeferredSignalToken("goods");
            // a session that is opened later still commits before
            ShellScope.RegisterBeforeDispose(_ =>
            {
                Assert.False(token.HasChanged);
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });
        Assert.True(token.HasChanged);
    }

    [Fact]
    public async Task Another_process_on_PostgreSQL_hears_a_signal_and_one_that_lost_its_connection_believes_nothing()
    {
        if (PostgresCluster.WhyNot is { } reason) Assert.Skip(reason);
        var database = await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync();
        await using var one = await TestHost.StartAsync(postgres: database);
        await using var two = await TestHost.StartAsync(postgres: database);
        await one.AddTenantAsync("Tea", "tea", "Tests.Echo");
        await UntilAsync(() => Task.FromResult(two.Host.TryGetSettings("Tea", out _)));
        var changes = two.Services.GetRequiredService<LinkShop.Cms.Shell.Database.ICmsDatabase>().Changes;
        await UntilAsync(() => Task.FromResult(changes.IsConnected));
        var token = await TokenAsync(two, "Tea", "goods");
        await one.InTenantAsync("Tea", services => services.GetRequiredService<ISignal>().SignalTokenAsync("goods"));
        await UntilAsync(() => Task.FromResult(token.HasChanged));

        var kept = await TokenAsync(two, "Tea", "goods");
        await using var connection = new Npgsql.NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var kill = new Npgsql.NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where query ilike '%listen linkshop_%' and pid <> pg_backend_pid()", connection);
        await kill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => Task.FromResult(kept.HasChanged && changes.IsConnected));
    }

    private static async Task<IChangeToken> TokenAsync(TestHost host, string tenant, string key)
    {
        IChangeToken token = null!;
        await host.InTenantAsync(tenant, services =>
        {
            token = services.GetRequiredService<ISignal>().GetToken(key);
            return Task.CompletedTask;
        });
        return token;
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await isTrue()) await timer.WaitForNextTickAsync(limit.Token);
    }
}
