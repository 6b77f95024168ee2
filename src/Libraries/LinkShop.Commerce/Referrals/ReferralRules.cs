using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Referrals;

/// <summary>A tenant's program with its active plans, as of a stamp.</summary>
internal sealed record ReferralRules(ReferralProgram Program, IReadOnlyList<ReferralPlan> Plans);

/// <summary>Keeps rules and versions of plans in memory. A version never changes; the rules are asked for by the stamp that the caller read with its own rows.</summary>
internal sealed class ReferralRuleBook
{
    private const int MaxKept = 20_000;
    private const string Program = "select stamp, enabled, document from referral_program where tenant = @tenant";

    internal const string Active = """
        select v.plan_id as id, v.version, v.document from referral_plan p join referral_plan_version v on v.tenant = p.tenant and v.plan_id = p.id and v.version = p.version
        where p.tenant = @tenant and p.state = 'Active' order by p.changed_at desc, p.id
        """;

    private const string Version = "select plan_id as id, version, document from referral_plan_version where tenant = @tenant and plan_id = @id and version = @version";

    private readonly ConcurrentDictionary<(string Tenant, long Stamp), ReferralRules> _rules = new();
    private readonly ConcurrentDictionary<(string Tenant, string Plan, long Version), ReferralPlan> _versions = new();

    public static async Task<ReferralProgram?> ProgramAsync(ICommerceConnection connection, bool lockIt = false) =>
        await connection.QuerySingleOrDefaultAsync<ProgramRow>(lockIt ? Program + connection.ForUpdate() : Program).ConfigureAwait(false) is { } row ? row.Read() : null;

    public async ValueTask<ReferralRules?> GetAsync(ICommerceConnection connection, long stamp)
    {
        if (_rules.TryGetValue((connection.Tenant!, stamp), out var known))
            return known;
        if (await ProgramAsync(connection).ConfigureAwait(false) is not { } program)
            return null;
        var plans = await connection.QueryAsync<PlanDocument>(Active).ConfigureAwait(false);
        var rules = new ReferralRules(program, [.. plans.Select(p => p.Read())]);
        var key = (connection.Tenant!, program.Stamp);
        connection.WhenCertain(() => Keep(_rules, key, rules));
        return rules;
    }

    public async ValueTask<ReferralPlan?> VersionAsync(ICommerceConnection connection, string id, long version)
    {
        var key = (connection.Tenant!, id, version);
        if (_versions.TryGetValue(key, out var known))
            return known;
        if ((await connection.QuerySingleOrDefaultAsync<PlanDocument>(Version, new { id, version }).ConfigureAwait(false))?.Read() is not { } plan)
            return null;
        connection.WhenCertain(() => Keep(_versions, key, plan));
        return plan;
    }

    private static void Keep<TKey, TValue>(ConcurrentDictionary<TKey, TValue> cache, TKey key, TValue value)
        where TKey : notnull
    {
        if (cache.Count >= MaxKept)
            cache.Clear();
        cache[key] = value;
    }

    private sealed record ProgramRow(long Stamp, bool Enabled, string Document)
    {
        public ReferralProgram Read() => JsonSerializer.Deserialize(Document, ReferralDocuments.Program)! with { Stamp = Stamp, Enabled = Enabled };
    }
}

/// <summary>A stored version of a plan.</summary>
internal sealed record PlanDocument(string Id, long Version, string Document)
{
    public ReferralPlan Read() => JsonSerializer.Deserialize(Document, ReferralDocuments.Plan)! with { Id = Id, Version = Version };
}

/// <summary>
/// How programs and plans are stored and imported. A field that isn't known is refused: nobody could say that it is lawful. By reflection, because a field that isn't given must have its initial value,
/// which generated code for <c>init</c> properties doesn't keep; each document is read once.
/// </summary>
internal static class ReferralDocuments
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static JsonTypeInfo<ReferralProgram> Program { get; } = (JsonTypeInfo<ReferralProgram>)s_options.GetTypeInfo(typeof(ReferralProgram));

    public static JsonTypeInfo<ReferralPlan> Plan { get; } = (JsonTypeInfo<ReferralPlan>)s_options.GetTypeInfo(typeof(ReferralPlan));
}

/// <summary>Serialisation of what is written for each order, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommissionTrace))]
[JsonSerializable(typeof(IReadOnlyList<TouchEvidence>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class ReferralJson : JsonSerializerContext;
