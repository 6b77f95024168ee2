using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;

namespace LinkShop.Cms.Tests.Shell;

public sealed class ShellScopeTests : IAsyncLifetime
{
    private readonly List<string> _heard = [];
    private TestHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(configure: cms => cms.ConfigureServices(services => services.AddScoped<IModularTenantEvents>(_ => new Events(_heard))));
        await _host.AddTenantAsync("Default", null, "Tests.Echo");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Work_then_callbacks_then_deferred_tasks_in_a_scope_of_their_own()
    {
        ShellScope? first = null;
        await RunAsync(scope =>
        {
            first = scope;
            ShellScope.RegisterBeforeDispose(_ => Hear("end"));
            ShellScope.RegisterBeforeDispose(_ => Hear("last"), last: true);
            ShellScope.AddDeferredTask(later =>
            {
                Assert.NotSame(first, later);
                Assert.Same(later, ShellScope.Current);
                return Hear("deferred");
            });
            return Hear("work");
        });
        Assert.Equal(["activating", "activated", "work", "end", "last", "deferred"], _heard);
        Assert.Null(ShellScope.Current);
    }

    [Fact]
    public async Task An_exception_reaches_the_handlers_before_the_callbacks()
    {
        await Assert.ThrowsAsync<ArithmeticException>(() => RunAsync(_ =>
        {
            ShellScope.RegisterBeforeDispose(_ => Hear("end"));
            ShellScope.AddExceptionHandler((_, e) => Hear(e.GetType().Name));
            throw new ArithmeticException();
        }));
        Assert.Equal(["activating", "activated", "ArithmeticException", "end"], _heard);
    }

    [Fact]
    public async Task A_tenant_is_activated_once_however_many_come_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RunAsync(_ => Task.CompletedTask)));
        Assert.Equal(["activating", "activated"], _heard);
    }

    [Fact]
    public async Task A_tenants_service_outside_of_a_tenant_is_an_error_and_inside_of_a_singleton_too()
    {
        await RunAsync(scope =>
        {
            Assert.Equal("Default", scope.ServiceProvider.GetRequiredService<ShellSettings>().Name);
            using var inner = scope.ServiceProvider.CreateScope();
            Assert.Equal("Default", inner.ServiceProvider.GetRequiredService<ShellSettings>().Name);
            Assert.Throws<InvalidOperationException>(() => scope.ShellContext.ServiceProvider.GetRequiredService<ShellSettings>());
            return Task.CompletedTask;
        });
    }

    private async Task RunAsync(Func<ShellScope, Task> work) => await (await _host.Host.GetScopeAsync("Default")).UsingAsync(work);

    private Task Hear(string what)
    {
        _heard.Add(what);
        return Task.CompletedTask;
    }

    private sealed class Events(List<string> heard) : ModularTenantEvents
    {
        public override Task ActivatingAsync()
        {
            heard.Add("activating");
            return Task.CompletedTask;
        }

        public override Task ActivatedAsync()
        {
            heard.Add("activated");
            return Task.CompletedTask;
        }
    }
}
