namespace LinkShop.Commerce.Payouts;

/// <summary>The port to whoever moves the money. Registered as a singleton of the process; what depends on the tenant it finds by the scope.</summary>
public interface IPayoutProvider
{
    /// <summary>Stable lower-case name: <c>manual</c>. Never changes: it is stored with payouts and owns an account of the books.</summary>
    string Name { get; }

    /// <summary>What people see, in English; screens translate it.</summary>
    string DisplayName { get; }

    /// <summary>Where it can pay to.</summary>
    IReadOnlyList<PayoutDestinationKind> DestinationKinds { get; }

    /// <summary>Whether a person pays and then tells what came of it by <see cref="IPayouts.ConfirmPaidAsync"/> or <see cref="IPayouts.ConfirmFailedAsync"/>.</summary>
    bool IsByHand { get; }

    /// <summary>Whether its secrets are set and it may be used now.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<bool> IsUsableAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>
    /// Pays, once for each <see cref="PayoutOrder.PayoutId"/>: asked again, also by another process at the same moment, it tells what came of the first time. An exception
    /// means that nobody knows, and it is asked again; a definite no is <see cref="PayoutSendResult.Failed"/>, and after that it must never pay.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="order">What to pay.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<PayoutSendResult> SendAsync(TenantScope scope, PayoutOrder order, CancellationToken cancellationToken = default);
}

/// <summary>What a provider is to pay.</summary>
/// <param name="PayoutId">The payout; the key that makes it idempotent.</param>
/// <param name="Money">What is to arrive.</param>
/// <param name="Destination">Where.</param>
public sealed record PayoutOrder(string PayoutId, Money Money, PayoutDestination Destination);

/// <summary>What a provider can say.</summary>
public enum PayoutOutcome
{
    /// <summary>Not known yet: ask again.</summary>
    Pending,
    /// <summary>The money has left.</summary>
    Paid,
    /// <summary>It has not and never will.</summary>
    Failed,
}

/// <summary>A provider's answer: made by the functions below.</summary>
public sealed record PayoutSendResult
{
    private PayoutSendResult(PayoutOutcome outcome, string? text) => (Outcome, Text) = (outcome, text);

    /// <summary>What came of it.</summary>
    public PayoutOutcome Outcome { get; }

    /// <summary>The provider's own id of what it paid, or why it could not.</summary>
    public string? Text { get; }

    /// <summary>Not known yet.</summary>
    public static PayoutSendResult Pending { get; } = new(PayoutOutcome.Pending, null);

    /// <summary>The money has left.</summary>
    /// <param name="reference">The provider's own id of it.</param>
    public static PayoutSendResult Paid(string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        return new(PayoutOutcome.Paid, reference);
    }

    /// <summary>It has not and never will.</summary>
    /// <param name="reason">Why, without secrets; the owner reads it.</param>
    public static PayoutSendResult Failed(string reason) => new(PayoutOutcome.Failed, reason);
}

/// <summary>The registered providers by name.</summary>
internal sealed class PayoutProviders(IEnumerable<IPayoutProvider> providers)
{
    private readonly Dictionary<string, IPayoutProvider> _byName = providers.ToDictionary(p => p.Name, StringComparer.Ordinal);

    public IPayoutProvider? Find(string name) => _byName.GetValueOrDefault(name);

    public async ValueTask<IPayoutProvider?> FindUsableAsync(TenantScope scope, string name, CancellationToken cancellationToken) =>
        Find(name) is { } provider && await provider.IsUsableAsync(scope, cancellationToken).ConfigureAwait(false) ? provider : null;

    /// <summary>Whether a person says what came of a payout: it is paid by hand, or its provider is switched off or not set up, so nobody can ask it.</summary>
    public async ValueTask<bool> IsToldByPeopleAsync(TenantScope scope, string name, CancellationToken cancellationToken) =>
        await FindUsableAsync(scope, name, cancellationToken).ConfigureAwait(false) is null or { IsByHand: true };
}
