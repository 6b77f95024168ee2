namespace LinkShop.Commerce.Data;

/// <summary>A statement in a tenant's scope would have left it: it doesn't use <c>@tenant</c>, supplies its own, or is more than one statement.</summary>
/// <param name="reason">What is wrong with it.</param>
/// <param name="sql">The statement.</param>
public sealed class TenantScopeViolationException(string reason, string sql)
    : InvalidOperationException($"{reason} Statement: {sql}");
