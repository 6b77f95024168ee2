using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using LinkShop.Web.Tests.Placement;
using LinkShop.Web.Tests.Processes;

namespace LinkShop.Web.Tests.Backups;

/// <summary>The command that copies an installation.</summary>
public sealed class BackupTests
{
    private const string Sku = "XY-100";

    [Fact]
    public async Task A_backup_under_load_is_sound_and_a_server_on_it_has_every_order_that_was_confirmed_before()
    {
        await using var installation = await Installation.CreateAsync("sqlite");
        var copy = installation.Options.DataPath + "-copy";
        await using var server = await LinkShopServer.StartAsync(installation.Options);
        await AddKeysAsync(server, 20_000);
        var confirmed = new ConcurrentBag<(BuyersOrder Order, string Key)>();
        using var stop = new CancellationTokenSource();
        var buyers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => BuyAsync(server, confirmed, stop.Token))).ToArray();
        await Eventually.HoldsAsync(() => confirmed.Count >= 20, () => $"{confirmed.Count} of 20 orders");
        var before = confirmed.ToArray();

        var (code, output) = await installation.RunAsync("backup --to " + copy);

        await stop.CancelAsync();
        await Task.WhenAll(buyers);
        Assert.True(code == 0, output);
        Assert.True(confirmed.Count > before.Length, "Nobody bought while it was made.");
        Assert.False(Directory.Exists(copy + ".partial"));
        AssertPrivate(copy);
        var media = Path.Combine("Sites", Installation.Shop, "Media");
        Assert.Equal(Files(Path.Combine(installation.Options.DataPath!, media)), Files(Path.Combine(copy, media)));

        var restored = new ServerOptions(copy, null, Buyer.NoLimits);
        var (verified, report) = await LinkShopServer.RunCommandAsync("verify", restored);
        Assert.True(verified == 0, report);
        await using var second = await LinkShopServer.StartAsync(restored);
        using var buyer = new Buyer(second);
        foreach (var (order, key) in before)
            Assert.Equal([key], await buyer.KeysAsync(order));
        Assert.NotNull(await buyer.OrderAsync(Sku));
    }

    [Fact]
    public async Task A_copy_that_breaks_a_rule_is_no_backup_and_a_folder_that_is_there_is_left_alone()
    {
        await using var installation = await Installation.CreateAsync("sqlite");
        await using (await LinkShopServer.StartAsync(installation.Options)) { }
        var copy = installation.Options.DataPath + "-copy";

        // a key counts as sold, and no order has it
        Assert.Equal(1, await installation.CorruptAsync("main", "update card_key set state = 'Delivered', order_id = 'nobody', order_line = 1, delivered_at = 1 where id = (select min(id) from card_key where state = 'Available')"));
        var (code, output) = await installation.RunAsync("backup --to " + copy);
        Assert.Equal(1, code);
        Assert.Contains("verify", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(copy));

        Directory.CreateDirectory(copy);
        (code, output) = await installation.RunAsync("backup --to " + copy);
        Assert.Equal(1, code);
        Assert.Contains("is there already", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(copy));
    }

    [Fact]
    public async Task A_backup_has_the_shops_of_other_databases_and_waits_for_none_that_moves()
    {
        await using var installation = await Installation.CreateAsync("sqlite");
        await using var server = await LinkShopServer.StartAsync(installation.Options);
        var copy = installation.Options.DataPath + "-copy";

        await Assert.ThrowsAsync<Died>(() => installation.MoveAsync(Installation.Second, beforeStep: step => { if (step == "wait") throw new Died(); }));
        var (code, output) = await installation.RunAsync("backup --to " + copy);
        Assert.Equal(1, code);
        Assert.Contains("being moved", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(copy));

        Assert.Equal(0, (await installation.MoveAsync(Installation.Second)).ExitCode);
        (code, output) = await installation.RunAsync("backup --to " + copy);
        Assert.True(code == 0, output);
        await using var restored = await LinkShopServer.StartAsync(new ServerOptions(copy, null, new Dictionary<string, string>(Buyer.NoLimits)
        {
            [$"LinkShop:Databases:{Installation.Second}:Folder"] = Path.Combine(copy, "databases", Installation.Second),
        }));
        using var buyer = new Buyer(restored);
        var order = (await buyer.OrderAsync(Sku))!;
        await buyer.PayAsync(order);
        Assert.Single(await buyer.KeysAsync(order));
    }

    [Theory]
    [InlineData("sqlite", "There is no installation")]
    [InlineData("postgres", "pg_dump")]
    public async Task Where_no_installation_is_or_PostgreSQL_has_it_the_command_says_so_and_makes_nothing(string database, string says)
    {
        await using var installation = await Installation.CreateAsync(database);
        var copy = installation.Options.DataPath + "-copy";

        var (code, output) = await installation.RunAsync("backup --to " + copy);

        Assert.Equal(1, code);
        Assert.Contains(says, output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(installation.Options.DataPath!));
        Assert.False(Directory.Exists(copy) || Directory.Exists(copy + ".partial"));
    }

    // enough that the goods aren't sold out before the copy is made
    private static async Task AddKeysAsync(LinkShopServer server, int count)
    {
        using var admin = await ShopAdmin.SignInAsync(server);
        var pools = WebUtility.HtmlDecode(await admin.GetAsync("/Admin/KeyPools/Index"));
        var pool = long.Parse(Regex.Match(pools, @"KeyPools/Details/(\d+)""[^>]*>\s*玄野点卡 100\s*<").Groups[1].Value, CultureInfo.InvariantCulture);
        var (status, text) = await admin.ImportAsync(pool, string.Join('\n', Enumerable.Range(0, count).Select(i => $"MORE-{i:D6}")));
        Assert.True(status == HttpStatusCode.OK, text);
    }

    private static void AssertPrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder))
            Assert.True((File.GetUnixFileMode(entry) & others) == 0, entry);
    }

    private static string[] Files(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];

    private static async Task BuyAsync(LinkShopServer server, ConcurrentBag<(BuyersOrder, string)> confirmed, CancellationToken stop)
    {
        using var buyer = new Buyer(server);
        while (!stop.IsCancellationRequested && await buyer.OrderAsync(Sku) is { } order)
        {
            await buyer.PayAsync(order);
            confirmed.Add((order, Assert.Single(await buyer.KeysAsync(order))));
        }
    }
}
