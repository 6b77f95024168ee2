using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Splits;

/// <summary>The rules about money of each tenant.</summary>
public interface IFeePolicies
{
    /// <summary>The policy in force.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<FeePolicy> CurrentAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Puts a new policy in force for payments from now on.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="policy">The policy; its version is the one it was made from, and another one in force meanwhile is a <c>conflict</c>.</param>
    /// <param name="actor">User name of who does it.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The stored policy, or <c>invalid</c> errors with fields such as <c>rules[1].basisPoints</c>.</returns>
    Task<CommerceResult<FeePolicy>> SaveAsync(TenantScope scope, FeePolicy policy, string actor, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class FeePolicies(ICommerceDatabase database, FeeOptions options, TimeProvider time) : IFeePolicies
{
    private const string Latest = "select max(version) from fee_policy where tenant = @tenant";

    // only in place of the version it was made from; of two at once the second changes nothing
    private const string Insert = """
        insert into fee_policy (tenant, version, document, actor, at)
        select @tenant, @version, @document, @actor, @at where @before = (select coalesce(max(version), 0) from fee_policy where tenant = @tenant)
        on conflict do nothing
        """;

    private readonly ConcurrentDictionary<(string Tenant, int Version), FeePolicy> _cache = new();

    public Task<FeePolicy> CurrentAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync(
        scope, async c => await CurrentAsync(c).ConfigureAwait(false), cancellationToken);

    /// <summary>The policy in force, within a transaction.</summary>
    public async ValueTask<FeePolicy> CurrentAsync(ICommerceConnection connection) =>
        await GetAsync(connection, await connection.QuerySingleOrDefaultAsync<int?>(Latest).ConfigureAwait(false) ?? 0).ConfigureAwait(false);

    public async Task<CommerceResult<FeePolicy>> SaveAsync(TenantScope scope, FeePolicy policy, string actor, CancellationToken cancellationToken = default)
    {
        var errors = FeePolicyRules.Check(policy, options.CeilingBasisPoints);
        if (errors.Count > 0)
            return CommerceResult<FeePolicy>.Failure(errors);
        return await database.WriteAsync<CommerceResult<FeePolicy>>(scope, async c =>
        {
            var next = policy with { Version = policy.Version + 1 };
            var document = JsonSerializer.Serialize(next, SplitJson.Default.FeePolicy);
            var added = await c.ExecuteAsync(Insert, new { before = policy.Version, version = next.Version, document, actor, at = time.GetUtcNow() }).ConfigureAwait(false);
            if (added == 0)
                return Changed;
            c.WhenCertain(() => Keep((c.Tenant!, next.Version), next));
            return next;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A stored version; 0 is the built-in one. They never change, so each is read once.</summary>
    public async ValueTask<FeePolicy> GetAsync(ICommerceConnection connection, int version)
    {
        if (version == 0)
            return BuiltIn;
        var key = (connection.Tenant!, version);
        if (_cache.TryGetValue(key, out var known))
            return known;
        var document = await connection.QuerySingleOrDefaultAsync<string>("select document from fee_policy where tenant = @tenant and version = @version", new { version }).ConfigureAwait(false);
        var policy = JsonSerializer.Deserialize(document!, SplitJson.Default.FeePolicy)!;
        connection.WhenCertain(() => Keep(key, policy));
        return policy;
    }

    private void Keep((string, int) key, FeePolicy policy)
    {
        if (_cache.Count >= 20_000)
            _cache.Clear();
        _cache[key] = policy;
    }

    private static readonly FeePolicy BuiltIn = new();

    private static CommerceError Changed => new(CommerceErrors.Conflict, "Somebody else changed the rules meanwhile. Look at them again.", "version");
}

/// <summary>Fees as the operator of the whole installation configures them (section <c>LinkShop:Fees</c>).</summary>
public sealed class FeeOptions
{
    /// <summary>Most that all shares but tax may take of any line of any tenant, in basis points; no rule passes it.</summary>
    public int CeilingBasisPoints { get; set; } = FeePolicy.DefaultCeiling;
}

/// <summary>Serialisation of stored policies and shares without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FeePolicy))]
[JsonSerializable(typeof(IReadOnlyList<Share>))]
[JsonSerializable(typeof(Share[]))]
internal sealed partial class SplitJson : JsonSerializerContext;
