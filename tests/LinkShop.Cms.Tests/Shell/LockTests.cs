using System.Diagnostics;
using Dapper;
using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Locking;
using LinkShop.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace LinkShop.Cms.Tests.Shell;

public sealed class LockTests
{
    public static TheoryData<string> Databases => PostgresCluster.WhyNot is null ? ["sqlite", "postgres"] : ["sqlite"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Only_one_of_many_holds_a_lock_and_each_has_a_higher_fence(string kind)
    {
        await using var database = await OpenAsync(kind);
        // two lock services, as two processes would have
        var locks = new[] { new DatabaseLock(database, NullLogger<DatabaseLock>.Instance), new DatabaseLock(database, NullLogger<DatabaseLock>.Instance) };
        int inside = 0, worst = 0;
        var fences = new List<long>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            await using var held = await locks[i % 2].TryAcquireAsync("x", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20));
            worst = Math.Max(worst, Interlocked.Increment(ref inside));
            fences.Add(held!.Fence);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        })));
        Assert.Equal(1, worst);
        Assert.Equal(fences.Order(), fences);
        Assert.Equal(16, fences.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_dead_holders_lock_is_taken_over_and_its_late_release_does_no_harm(string kind)
    {
        await using var database = await OpenAsync(kind);
        var locks = new DatabaseLock(database, NullLogger<DatabaseLock>.Instance);
        var dead = await locks.TryAcquireAsync("x", TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Null(await locks.TryAcquireAsync("x", TimeSpan.Zero, null));
        await using var alive = await locks.TryAcquireAsync("x", TimeSpan.FromSeconds(10), null);
        Assert.Equal(dead!.Fence + 1, alive!.Fence);
        await dead.DisposeAsync();
        Assert.True(await locks.IsHeldAsync("x"));
    }

    [Fact]
    public async Task A_killed_process_on_the_same_machine_is_not_waited_for()
    {
        await using var database = await OpenAsync("sqlite");
        var locks = new DatabaseLock(database, NullLogger<DatabaseLock>.Instance);
        using var process = Process.Start("true");
        await process.WaitForExitAsync();
        await HoldAsync(database, "dead", LockOwner.Of(process.Id));
        await HoldAsync(database, "alive", LockOwner.Of(Environment.ProcessId));
        await HoldAsync(database, "elsewhere", $"another-machine|{process.Id}|x");
        Assert.NotNull(await locks.TryAcquireAsync("dead", TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        Assert.Null(await locks.TryAcquireAsync("alive", TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        Assert.Null(await locks.TryAcquireAsync("elsewhere", TimeSpan.Zero, TimeSpan.FromMinutes(1)));
    }

    private static async Task HoldAsync(CmsDatabase database, string name, string owner)
    {
        await using var connection = await database.OpenAsync();
        await connection.ExecuteAsync(
            "insert into host_lock (name, owner, fence, expires) values (@name, @owner, 1, @expires)",
            new { name, owner, expires = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds() });
    }

    [Fact]
    public async Task A_local_lock_waits_expires_and_leaves_nothing_behind()
    {
        var locks = new TenantLocalLock();
        var (first, got) = await locks.TryAcquireLockAsync("x", TimeSpan.Zero);
        Assert.True(got);
        Assert.False((await locks.TryAcquireLockAsync("x", TimeSpan.Zero)).locked);
        Assert.True(await locks.IsLockAcquiredAsync("x"));
        await first.DisposeAsync();
        Assert.False(await locks.IsLockAcquiredAsync("x"));
        await locks.TryAcquireLockAsync("x", TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        Assert.True((await locks.TryAcquireLockAsync("x", TimeSpan.FromSeconds(10))).locked);
    }

    private static async Task<CmsDatabase> OpenAsync(string kind)
    {
        var settings = new Dictionary<string, string?> { ["LinkShop:DataPath"] = Directory.CreateTempSubdirectory("linkshop-lock-").FullName };
        if (kind == "postgres")
        {
            settings["LinkShop:Database:Provider"] = "Postgres";
            settings["LinkShop:Database:ConnectionString"] = await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync();
        }
        return new CmsDatabase(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new HostingEnvironment { ContentRootPath = Path.GetTempPath() });
    }
}
