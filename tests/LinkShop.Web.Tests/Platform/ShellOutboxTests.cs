using System.Diagnostics.CodeAnalysis;
using LinkShop.Commerce;
using LinkShop.Commerce.Outbox;
using LinkShop.Platform.Services;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Models;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Web.Tests.Platform;

/// <summary>How messages come to the handlers of a tenant.</summary>
public sealed class ShellOutboxTests
{
    [Fact]
    public async Task A_handler_that_fails_keeps_no_other_from_the_message_and_the_others_do_not_get_it_again()
    {
        var log = new List<(string Handler, int Scope)>();
        await using var services = new ServiceCollection().AddSingleton(log).AddScoped<Place>()
            .AddScoped<IOutboxHandler, ToBuyer>().AddScoped<IOutboxHandler, Uninterested>().AddScoped<IOutboxHandler, ToShop>().BuildServiceProvider();
        var dispatcher = new ShellOutboxDispatcher(new OneShell(services));
        var message = new OutboxMessage(1, "Mall", "OrderTaskOpened", "{}", 1, DateTimeOffset.UnixEpoch);

        var failure = await Assert.ThrowsAsync<OutboxHandlersException>(() => dispatcher.DispatchAsync(new("Mall"), message, default));
        Assert.IsType<TimeoutException>(failure.InnerException);
        Assert.Equal([nameof(ToBuyer), nameof(ToShop)], log.Select(l => l.Handler));
        // what one handler left half done in its scope isn't the other's
        Assert.Equal(2, log.Select(l => l.Scope).Distinct().Count());

        await Assert.ThrowsAsync<OutboxHandlersException>(() => dispatcher.DispatchAsync(new("Mall"), message with { Attempt = 2, Done = failure.Done }, default));
        Assert.Equal([nameof(ToBuyer), nameof(ToShop), nameof(ToBuyer)], log.Select(l => l.Handler));
    }

    private sealed class Place
    {
        private static int s_count;

        public int Number { get; } = Interlocked.Increment(ref s_count);
    }

    private sealed class ToBuyer(List<(string Handler, int Scope)> log, Place place) : IOutboxHandler
    {
        public bool Handles(string type) => type == "OrderTaskOpened";

        public Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            log.Add((nameof(ToBuyer), place.Number));
            throw new TimeoutException("550 no such address");
        }
    }

    private sealed class ToShop(List<(string Handler, int Scope)> log, Place place) : IOutboxHandler
    {
        public bool Handles(string type) => type == "OrderTaskOpened";

        public Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            log.Add((nameof(ToShop), place.Number));
            return Task.CompletedTask;
        }
    }

    private sealed class Uninterested(List<(string Handler, int Scope)> log) : IOutboxHandler
    {
        public bool Handles(string type) => false;

        public Task HandleAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            log.Add((nameof(Uninterested), 0));
            return Task.CompletedTask;
        }
    }

    /// <summary>A host with one running tenant.</summary>
    private sealed class OneShell : IShellHost
    {
        private readonly ShellContext _context = new();

        public OneShell(IServiceProvider services)
        {
            var settings = new ShellSettings { Name = "Mall", State = TenantState.Running };
            // only the real host sets these
            foreach (var (name, value) in new (string, object)[] { ("Settings", settings), ("ServiceProvider", services), ("IsActivated", true) })
                typeof(ShellContext).GetProperty(name)!.SetValue(_context, value);
        }

        public Task<ShellScope> GetScopeAsync(ShellSettings settings) => Task.FromResult(new ShellScope(_context));

        public bool TryGetSettings(string name, [MaybeNullWhen(false)] out ShellSettings settings)
        {
            settings = _context.Settings;
            return true;
        }

        public Task InitializeAsync() => Task.CompletedTask;

        public Task<ShellContext> GetOrCreateShellContextAsync(ShellSettings settings) => Task.FromResult(_context);

        public Task UpdateShellSettingsAsync(ShellSettings settings) => throw new NotSupportedException();

        public Task RemoveShellSettingsAsync(ShellSettings settings) => throw new NotSupportedException();

        public Task ReloadShellContextAsync(ShellSettings settings, bool eventSource = true) => throw new NotSupportedException();

        public Task ReleaseShellContextAsync(ShellSettings settings, bool eventSource = true) => throw new NotSupportedException();

        public IEnumerable<ShellContext> ListShellContexts() => [_context];

        public IEnumerable<ShellSettings> GetAllSettings() => [_context.Settings];
    }
}
