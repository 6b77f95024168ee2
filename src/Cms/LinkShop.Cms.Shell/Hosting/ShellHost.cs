using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using LinkShop.Cms.Shell.Blueprints;
using LinkShop.Cms.Shell.Catalog;
using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Builders;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Modules;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>The tenants of this process: their settings, all of them, and their live state, made on first use.</summary>
internal sealed partial class ShellHost(ShellStore store, ICmsDatabase database, ModuleCatalog catalog, BlueprintCache blueprints, RunningShellTable table, ILogger<ShellHost> logger) : IShellHost
{
    private readonly ConcurrentDictionary<string, ShellSettings> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, long> _versions = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ShellContext> _contexts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _learning = new();
    private readonly ConcurrentQueue<(string Name, long Version)> _moving = [];
    private readonly SemaphoreSlim[] _making = [.. Enumerable.Range(0, 32).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly long[] _releases = new long[32];
    private readonly SemaphoreSlim _initializing = new(1, 1);
    private volatile bool _initialized;

    public async Task InitializeAsync()
    {
        if (_initialized) return;
        await _initializing.WaitAsync();
        try
        {
            if (_initialized) return;
            foreach (var (settings, version) in await store.LoadAllAsync())
            {
                // looked for once: of ten thousand tenants at a start
                var (place, isMoving) = ShopPlace.Of(settings);
                CheckPlace(settings, place);
                Learn(settings, version, isMoving);
            }
            _initialized = true;
        }
        finally
        {
            _initializing.Release();
        }
    }

    public async Task<ShellContext> GetOrCreateShellContextAsync(ShellSettings settings)
    {
        if (_contexts.TryGetValue(settings.Name, out var live)) return live;
        await InitializeAsync();
        var place = PlaceOf(settings.Name);
        await _making[place].WaitAsync();
        try
        {
            while (!_contexts.TryGetValue(settings.Name, out live))
            {
                var released = Interlocked.Read(ref _releases[place]);
                var made = await MakeAsync(settings);
                _contexts[settings.Name] = made;
                // its features may have been read before the change that it was released for, while there was nothing to remove yet
                if (Interlocked.Read(ref _releases[place]) == released) return made;
                if (_contexts.TryRemove(KeyValuePair.Create(settings.Name, made))) Release(made);
            }
            return live;
        }
        finally
        {
            _making[place].Release();
        }
    }

    private async Task<ShellContext> MakeAsync(ShellSettings settings)
    {
        var features = await store.LoadFeaturesAsync(settings.Name);
        var blueprint = blueprints.Acquire(catalog.Resolve(features.Enabled, settings.IsDefaultShell()));
        return new ShellContext
        {
            Settings = _settings.GetValueOrDefault(settings.Name) ?? settings,
            ServiceProvider = blueprint.Services,
            SharedContainer = blueprint,
        };
    }

    private void Release(ShellContext context)
    {
        var blueprint = (Blueprint)context.SharedContainer!;
        context.Release(() => blueprints.Release(blueprint));
    }

    private int PlaceOf(string name) => (StringComparer.OrdinalIgnoreCase.GetHashCode(name) & int.MaxValue) % _making.Length;

    public Task<ShellScope> GetScopeAsync(ShellSettings settings) => GetScopeAsync(settings, isBackground: false);

    /// <param name="settings">The tenant.</param>
    /// <param name="isBackground">True for a scope that doesn't count as use of the tenant.</param>
    internal async Task<ShellScope> GetScopeAsync(ShellSettings settings, bool isBackground)
    {
        while (true)
        {
            var context = await GetOrCreateShellContextAsync(settings);
            if (ShellScope.TryOpen(context, isBackground) is { } scope) return scope;
            // it ended between being found and being opened
            _contexts.TryRemove(KeyValuePair.Create(settings.Name, context));
        }
    }

    /// <summary>A scope on a tenant that is live already, without waiting.</summary>
    internal ShellScope? TryGetScope(ShellSettings settings)
        => _contexts.TryGetValue(settings.Name, out var context) ? ShellScope.TryOpen(context) : null;

    public Task UpdateShellSettingsAsync(ShellSettings settings) => UpdateShellSettingsAsync(settings, null);

    /// <summary>Stores a tenant's settings and, when given, its features.</summary>
    internal async Task UpdateShellSettingsAsync(ShellSettings settings, ShellFeatureState? features)
    {
        await InitializeAsync();
        TenantNames.Check(settings);
        CheckAddress(settings);
        CheckPlace(settings, ShopPlace.Of(settings).Database);
        Learn(settings, await store.SaveAsync(settings, features));
        await ReleaseLocalAsync(settings.Name);
    }

    /// <summary>Begins the set-up of a tenant; as one unit of work if it is new.</summary>
    internal SetupUnit? BeginSetUp(ShellSettings settings)
    {
        if (TryGetSettings(settings.Name, out _) || ShopPlace.Of(settings).Database is { Length: > 0 }) return null;
        SetupUnit unit = null!;
        return unit = SetupUnit.Begin(settings.Name, async kept => Learn(kept, await store.CloseAsync(unit, kept)));
    }

    /// <summary>Ends it, however it went.</summary>
    internal void EndSetUp(SetupUnit unit) => store.End(unit);

    public async Task RemoveShellSettingsAsync(ShellSettings settings)
    {
        await store.RemoveAsync(settings.Name);
        await ForgetAsync(settings.Name);
    }

    public async Task ReloadShellContextAsync(ShellSettings settings, bool eventSource = true)
    {
        if (eventSource) await store.TouchAsync(settings.Name);
        await RefreshAsync(settings.Name, force: true);
    }

    public async Task ReleaseShellContextAsync(ShellSettings settings, bool eventSource = true)
    {
        if (eventSource) await FollowAsync(settings.Name, await store.TouchAsync(settings.Name));
        await ReleaseLocalAsync(settings.Name);
    }

    /// <summary>Stores a tenant's features and moves it to their blueprint; scopes that are open end on the old one.</summary>
    internal async Task UpdateFeaturesAsync(ShellSettings settings, ShellFeatureState features)
    {
        await FollowAsync(settings.Name, await store.SaveFeaturesAsync(settings, features));
        await ReleaseLocalAsync(settings.Name);
    }

    /// <summary>A tenant's live state; null while nobody has used it.</summary>
    internal ShellContext? FindContext(string name) => _contexts.GetValueOrDefault(name);

    public IEnumerable<ShellContext> ListShellContexts() => _contexts.Values.ToArray();

    public bool TryGetSettings(string name, [MaybeNullWhen(false)] out ShellSettings settings) => _settings.TryGetValue(name, out settings);

    public IEnumerable<ShellSettings> GetAllSettings() => _settings.Values.ToArray();

    private void Learn(ShellSettings settings, long version) => Learn(settings, version, ShopPlace.Of(settings).IsMoving);

    // of two that are stored at once the older may be learned last
    private void Learn(ShellSettings settings, long version, bool isMoving)
    {
        lock (_learning)
        {
            if (_versions.TryGetValue(settings.Name, out var known) && known > version) return;
            _settings[settings.Name] = settings;
            _versions[settings.Name] = version;
            table.Add(settings);
        }
        if (isMoving) _moving.Enqueue((settings.Name, version));
    }

    // what this process changed itself it knows, unless it missed what another one changed before
    private async Task FollowAsync(string name, (long Before, long Version) change)
    {
        bool knew;
        lock (_learning) knew = _versions.TryUpdate(name, change.Version, change.Before);
        if (!knew) await RefreshAsync(name);
    }

    // a tenant whose database this process doesn't know must not be looked for in the main one
    private void CheckPlace(ShellSettings settings, string? place)
    {
        if (place is { Length: > 0 } name && !database.Places.ContainsKey(name))
            throw new InvalidOperationException($"The tenant '{settings.Name}' is placed on the database '{name}', which is not configured (LinkShop:Databases:{name}).");
    }

    private void CheckAddress(ShellSettings settings)
    {
        if (table.FindClash(settings) is not { } clash) return;
        throw new InvalidOperationException($"The address '{(clash.Host.Length == 0 ? "(any host)" : clash.Host)}/{clash.Prefix}' of tenant '{settings.Name}' is already that of tenant '{clash.Holder.Name}'.");
    }

    private async Task ReleaseLocalAsync(string name)
    {
        Interlocked.Increment(ref _releases[PlaceOf(name)]);
        if (!_contexts.TryRemove(name, out var context)) return;
        if (context.IsActivated && ShellScope.TryOpen(context) is { } scope)
        {
            try
            {
                await scope.UsingAsync(TerminateAsync, activateShell: false);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                logger.LogError(e, "Tenant '{Tenant}' did not end cleanly.", name);
            }
        }
        Release(context);
    }

    private static async Task TerminateAsync(ShellScope scope)
    {
        var handlers = scope.ServiceProvider.GetServices<IModularTenantEvents>().ToArray();
        foreach (var handler in handlers) await handler.TerminatingAsync();
        for (var i = handlers.Length - 1; i >= 0; i--) await handlers[i].TerminatedAsync();
    }
}
