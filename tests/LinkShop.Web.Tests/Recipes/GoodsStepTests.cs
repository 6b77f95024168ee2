using System.Text.Json.Nodes;
using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;
using LinkShop.VirtualGoods.Recipes;
using Microsoft.Extensions.Localization;
using OrchardCore.Environment.Shell;
using OrchardCore.Recipes.Models;

namespace LinkShop.Web.Tests.Recipes;

public sealed class GoodsStepTests
{
    private readonly Pools _pools = new();

    [Theory]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a"},{"Name":"a"}]}""", "Pools[1].Name")]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a"},{"Name":""}]}""", "Pools[1].Name")]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a","Generate":500,"Pattern":"A##"}]}""", "Pools[0].Pattern")]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a","Keys":["k",""]}]}""", "Pools[0]")]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a","ReusableSecret":"s","Generate":3,"Pattern":"####"}]}""", "Pools[0].ReusableSecret")]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a","PickOrder":"Sideways"}]}""", "pools[0]")]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a","PickOrder":"Newest"}]}""", "PickOrder")]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a","Keys":["k","l"," k "]}]}""", "Pools[0].Keys[2]")]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a","Keys":["k"],"Labelled":[{"Key":"k","Label":"K"}]}]}""", "Pools[0].Labelled[0]")]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a"},{"Name":"b","Keys":["l","k\nm"]}]}""", "Pools[1].Keys[1]")]
    [InlineData("""{"name":"KeyPools","Pools":[{"Name":"a","LowStock":5}]}""", "LowStock")]
    [InlineData("""{"name":"KeyPools","Pools":"none"}""", "pools")]
    [InlineData("""{"name":"KeyPools"}""", "pools")]
    public async Task A_mistake_is_named_with_its_place_and_no_pool_is_made(string step, string place)
    {
        var context = await RunAsync(step);
        var error = Assert.Single(context.Errors);
        Assert.Contains("KeyPools", error, StringComparison.Ordinal);
        Assert.Contains(place, error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_pools.Made);
    }

    [Fact]
    public async Task A_key_or_label_that_is_too_long_is_named_without_being_shown_and_no_pool_is_made()
    {
        var (key, label) = (new string('k', KeyRules.MaxKeyBytes + 1), new string('l', KeyRules.MaxLabel + 1));
        var context = await RunAsync($$"""{"name":"KeyPools","Pools":[{"Name":"a","Keys":["{{key}}"],"Labelled":[{"Key":"x","Label":"{{label}}"}]}]}""");
        Assert.Equal(2, context.Errors.Count);
        Assert.Contains("Pools[0].Keys[0]", context.Errors[0], StringComparison.Ordinal);
        Assert.Contains("Pools[0].Labelled[0]", context.Errors[1], StringComparison.Ordinal);
        Assert.All(context.Errors, error => Assert.InRange(error.Length, 10, 200));
        Assert.Empty(_pools.Made);
    }

    [Fact]
    public async Task Keys_that_the_import_left_out_are_said()
    {
        _pools.Duplicates = 2;
        Assert.Contains("Pools[1]: 2 of its keys were left out.", Assert.Single((await RunAsync("""{"name":"KeyPools","Pools":[{"Name":"r","ReusableSecret":"s"},{"Name":"a","Generate":20,"Pattern":"A-####"}]}""")).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_a_step_again_leaves_what_is_there()
    {
        const string Step = """{"name":"KeyPools","Pools":[{"Name":"a","Generate":20,"Pattern":"A-####"},{"Name":"r","ReusableSecret":"s"}]}""";
        Assert.Empty((await RunAsync(Step)).Errors);
        Assert.Empty((await RunAsync(Step)).Errors);
        Assert.Equal(["a", "r"], _pools.Made.Select(pool => pool.Name));
        Assert.Equal(1, _pools.Imports);
    }

    [Fact]
    public void Sample_keys_are_different_and_follow_the_pattern()
    {
        var keys = SampleKeys.Make("X-@#", 40).ToList();
        Assert.Equal(40, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^X-[A-Z][0-9]$", key));
    }

    private async Task<RecipeExecutionContext> RunAsync(string step)
    {
        var context = new RecipeExecutionContext { Name = "KeyPools", Step = JsonNode.Parse(step)!.AsObject() };
        await new KeyPoolsStep(_pools, _pools, new ShellSettings { Name = "Test" }, new Texts()).ExecuteAsync(context);
        return context;
    }

    private sealed class Texts : IStringLocalizer<KeyPoolsStep>
    {
        public LocalizedString this[string name] => new(name, name);

        public LocalizedString this[string name, params object[] arguments] =>
            new(name, string.Format(System.Globalization.CultureInfo.InvariantCulture, name, arguments));

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
    }

    private sealed class Pools : IKeyPools, IKeyImporter
    {
        public List<KeyPool> Made { get; } = [];

        public int Imports { get; private set; }

        public int Duplicates { get; set; }

        public Task<KeyPool> CreateAsync(TenantScope scope, KeyPoolSettings settings, CancellationToken cancellationToken = default)
        {
            Made.Add(new(Made.Count + 1, settings.Name, settings.PickOrder, settings.LowStockThreshold, settings.ReusableSecret is not null, DateTimeOffset.UnixEpoch));
            return Task.FromResult(Made[^1]);
        }

        public Task<IReadOnlyList<KeyPool>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<KeyPool>>([.. Made]);

        public Task<KeyImportReport> ImportAsync(
            TenantScope scope, long poolId, Stream content, KeyFileFormat format, string source, IProgress<KeyImportProgress>? progress = null, CancellationToken cancellationToken = default)
        {
            Imports++;
            return Task.FromResult(new KeyImportReport(1, 0, 0, Duplicates, 0, []));
        }

        public Task<int> RecoverAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<KeyPool?> UpdateAsync(TenantScope scope, long poolId, KeyPoolSettings settings, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<KeyPool?> FindAsync(TenantScope scope, long poolId, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<KeyPoolStats> GetStatsAsync(TenantScope scope, long poolId, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<IReadOnlyDictionary<long, KeyPoolStats>> GetStatsAsync(TenantScope scope, IReadOnlyList<long> poolIds, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<IReadOnlyList<CardKey>> ListKeysAsync(TenantScope scope, long poolId, KeyState? state, long afterId, int take, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<PickableKey?> FindPickableAsync(TenantScope scope, long poolId, long keyId, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<IReadOnlyList<PickableKey>> ListPickableAsync(TenantScope scope, long poolId, string? contains, int skip, int take, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<IReadOnlyList<KeyBatch>> ListBatchesAsync(TenantScope scope, long poolId, long beforeId = long.MaxValue, int take = 100, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<string?> RevealAsync(TenantScope scope, long keyId, string actor, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<long> VoidAsync(TenantScope scope, long poolId, IReadOnlyList<long>? keyIds, string actor, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<IReadOnlyList<CardKey>> ListSoldAsync(TenantScope scope, long batchId, int take, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<RecallReport?> RecallBatchAsync(TenantScope scope, long batchId, string actor, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<long> ExportAsync(TenantScope scope, long poolId, KeyState? state, Stream output, string actor, CancellationToken cancellationToken = default) => throw new InvalidOperationException();
    }
}
