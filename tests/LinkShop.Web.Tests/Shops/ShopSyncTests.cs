using System.Reflection;
using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrchardCore.Environment.Shell;
using OrchardCore.Locking.Distributed;

namespace LinkShop.Web.Tests.Shops;

/// <summary>What carries a shop's domains to its tenant, more than once at the same moment.</summary>
public abstract class ShopSyncTests(ShopRoutes shops)
{
    private static readonly TenantScope s_platform = new("Default");

    [Fact]
    public async Task Who_has_read_fewer_domains_and_is_slow_does_not_take_away_one_that_was_granted_meanwhile()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var shop = shops.Shops["bob"];
        string[] names = [ShopPlatforms.Word() + ".example.org", ShopPlatforms.Word() + ".example.org"];
        List<int> stored = [];
        await shops.InAsync(ShellSettings.DefaultShellName, async services =>
        {
            var register = services.GetRequiredService<IShopDomains>();
            var host = Watched<IShellHost>.Of(services.GetRequiredService<IShellHost>());
            host.Before = call =>
            {
                if (call.Args is [ShellSettings settings] && call.Name == nameof(IShellHost.UpdateShellSettingsAsync))
                    stored.Add(names.Count(name => ShopDomains.Split(settings).Contains(name)));
            };
            TaskCompletionSource hasRead = new(TaskCreationOptions.RunContinuationsAsynchronously), goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously), waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
            // it reads twice, before the lock and under it
            var reads = 0;
            var slow = Watched<IShopDomains>.Of(register);
            slow.After = async call =>
            {
                if (call.Name != nameof(IShopDomains.OfAsync) || ++reads != 2)
                    return;
                hasRead.SetResult();
                await goesOn.Task;
            };
            var locks = Watched<IDistributedLock>.Of(services.GetRequiredService<IDistributedLock>());
            locks.Before = _ => waits.TrySetResult();
            ShopSync Sync(IShopDomains domains, IDistributedLock held) => new(services.GetRequiredService<IShops>(), domains, host.Self, held, NullLogger<ShopSync>.Instance);

            await GrantAsync(register, shop, names[0]);
            var older = Sync(slow.Self, services.GetRequiredService<IDistributedLock>()).TryAsync(new ShopChanged(shop));
            // it is done where the application's own outbox was faster
            await Task.WhenAny(hasRead.Task, older);
            await GrantAsync(register, shop, names[1]);
            var newer = Sync(register, locks.Self).TryAsync(new ShopChanged(shop));
            await Task.WhenAny(newer, waits.Task);
            goesOn.SetResult();
            Assert.All(await Task.WhenAll(older, newer), Assert.True);
        });
        Assert.Equal(stored.Order(), stored);
        // whoever stored them: the application's own outbox follows the register, too
        await shops.InAsync(ShellSettings.DefaultShellName, services =>
        {
            Assert.Subset(ShopDomains.Split(services.GetRequiredService<IShellHost>().GetSettings(shop)).ToHashSet(), names.ToHashSet());
            return Task.CompletedTask;
        });
    }

    private static async Task GrantAsync(IShopDomains register, string shop, string name)
    {
        var added = await register.AddAsync(s_platform, shop, name, "boss");
        Assert.True((await register.RecordAsync(s_platform, added.Value, new DomainProof(DomainProofMethod.Platform), "boss")).Succeeded);
    }
}

/// <summary>On SQLite.</summary>
[Collection("shops in this process")]
public sealed class SqliteShopSyncTests(ShopRoutes shops) : ShopSyncTests(shops);

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresShopSyncTests(PostgresShopRoutes shops) : ShopSyncTests(shops);

/// <summary>A service of which each call can be seen and held up.</summary>
public class Watched<T> : DispatchProxy
    where T : class
{
    private T _inner = null!;

    internal T Self => (T)(object)this;

    /// <summary>Told before a call.</summary>
    internal Action<(string Name, object?[] Args)> Before { get; set; } = _ => { };

    /// <summary>Waited for after one that has a result to wait for; its answer isn't given before.</summary>
    internal Func<(string Name, object?[] Args), Task> After { get; set; } = _ => Task.CompletedTask;

    internal static Watched<T> Of(T inner)
    {
        var made = (Watched<T>)(object)Create<T, Watched<T>>();
        made._inner = inner;
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var call = (targetMethod!.Name, args!);
        Before(call);
        var answer = targetMethod.Invoke(_inner, args);
        return answer is Task task && task.GetType() is { IsGenericType: true } && targetMethod.ReturnType.IsGenericType
            ? typeof(Watched<T>).GetMethod(nameof(LaterAsync), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments()).Invoke(this, [task, call])
            : answer;
    }

    private async Task<TAnswer> LaterAsync<TAnswer>(Task<TAnswer> answer, (string Name, object?[] Args) call)
    {
        var given = await answer;
        await After(call);
        return given;
    }
}
