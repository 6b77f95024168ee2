namespace LinkShop.Commerce.Verify;

/// <summary>Checks every stored invariant of all tenants.</summary>
public interface ICommerceVerifier
{
    /// <summary>Reads everything in one consistent snapshot and reports. Changes nothing.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    Task<VerifyReport> RunAsync(CancellationToken cancellationToken = default);
}

/// <summary>What verification found. Serialise with <see cref="ToJson"/>.</summary>
/// <param name="Ok">Whether there is no breach.</param>
/// <param name="Counts">What was looked at, by snake_case name (<c>orders</c>, <c>keys</c>, <c>payments</c>, …).</param>
/// <param name="Breaches">Broken invariants, at most 1,000.</param>
public sealed record VerifyReport(bool Ok, IReadOnlyDictionary<string, long> Counts, IReadOnlyList<VerifyBreach> Breaches)
{
    /// <summary>One JSON object on one line, snake_case keys.</summary>
    public string ToJson() => System.Text.Json.JsonSerializer.Serialize(this, VerifyJson.Default.VerifyReport);
}

/// <summary>One broken invariant.</summary>
/// <param name="Code">Stable snake_case name of the invariant, for example <c>key_delivered_twice</c>.</param>
/// <param name="Tenant">The tenant whose row breaks it.</param>
/// <param name="Id">Id of the order, key, coupon or message.</param>
public sealed record VerifyBreach(string Code, string Tenant, string Id);
