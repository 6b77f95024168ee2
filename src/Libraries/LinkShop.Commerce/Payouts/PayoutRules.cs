using Microsoft.Extensions.Options;

namespace LinkShop.Commerce.Payouts;

/// <summary>What payouts of one currency cost and take.</summary>
public sealed record PayoutLimits
{
    /// <summary>Least amount.</summary>
    public long MinimumMinor { get; set; } = 1;

    /// <summary>Fixed part of the fee.</summary>
    public long FeeMinor { get; set; }

    /// <summary>Part of the fee by the amount, 0 to 10,000 (100 %); rounded down: the owner keeps the remainder.</summary>
    public int FeeBasisPoints { get; set; }

    /// <summary>Amounts above it take two people to approve.</summary>
    public long FourEyesAboveMinor { get; set; }
}

/// <summary>A tenant's rules for payouts.</summary>
/// <param name="Currencies">By ISO 4217 code; a currency that isn't in it can't be paid out.</param>
public sealed record PayoutRules(IReadOnlyDictionary<string, PayoutLimits> Currencies)
{
    /// <summary>A currency's limits; null when it can't be paid out.</summary>
    /// <param name="currency">ISO 4217 code.</param>
    public PayoutLimits? For(string currency) => Currencies.GetValueOrDefault(currency);
}

/// <summary>Settings of the process, <c>LinkShop:Payouts</c>.</summary>
public sealed class PayoutOptions
{
    /// <summary>Whether the sandbox may be used. Never where real money is.</summary>
    public bool Sandbox { get; set; }

    /// <summary>Rules by currency.</summary>
    public Dictionary<string, PayoutLimits> Currencies { get; } = new(StringComparer.Ordinal)
    {
        ["CNY"] = new() { MinimumMinor = 100, FourEyesAboveMinor = 100_000 },
    };
}

/// <summary>Gives a tenant's rules. A host that keeps them elsewhere registers its own.</summary>
public interface IPayoutPolicy
{
    /// <summary>The rules that hold now.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<PayoutRules> RulesAsync(TenantScope scope, CancellationToken cancellationToken = default);
}

/// <summary>The same rules for everybody, from the configuration.</summary>
internal sealed class ConfiguredPayoutPolicy(IOptionsMonitor<PayoutOptions> options) : IPayoutPolicy
{
    public ValueTask<PayoutRules> RulesAsync(TenantScope scope, CancellationToken cancellationToken = default) => ValueTask.FromResult(new PayoutRules(options.CurrentValue.Currencies));
}
