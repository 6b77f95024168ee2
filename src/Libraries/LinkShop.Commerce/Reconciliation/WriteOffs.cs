using System.Globalization;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Differences that are accepted: the books then say of the provider what it holds, and the platform has gained or lost that.</summary>
internal sealed class WriteOffs(ILedger ledger)
{
    private static readonly LedgerAccount Revenue = new("", LedgerPurpose.PlatformRevenue);

    /// <summary>Id of what an item moves, once; the reference of all its transfers too.</summary>
    public static string IdOf(string reconciliationId, long item) => string.Create(CultureInfo.InvariantCulture, $"{PaymentEventStore.TakenOver}{reconciliationId}:{item}");

    /// <summary>Moves what the provider holds more or less.</summary>
    public Task PostAsync(ICommerceConnection connection, ReconciliationItem item) =>
        MoveAsync(connection, IdOf(item.ReconciliationId, item.Id), IdOf(item.ReconciliationId, item.Id), item.Provider, item.Excess!.Value, MoneyReasons.WrittenOff);

    /// <summary>A later file had it after all.</summary>
    /// <param name="connection">The write.</param>
    /// <param name="id">Of what was moved.</param>
    /// <param name="provider">The provider.</param>
    /// <param name="excess">What had been written off.</param>
    public Task TakeBackAsync(ICommerceConnection connection, string id, string provider, Money excess) =>
        MoveAsync(connection, id + ":reversed", id, provider, Money.Zero(excess.Currency) - excess, MoneyReasons.WrittenOff + MoneyReasons.Reversed);

    private async Task MoveAsync(ICommerceConnection connection, string id, string reference, string provider, Money excess, string reason)
    {
        var account = new LedgerAccount(provider, LedgerPurpose.ProviderClearing);
        // what a provider holds stands below zero
        var transfer = excess.Minor > 0
            ? LedgerTransfer.Move(id, account, Revenue, excess, reason, reference)
            : LedgerTransfer.Move(id, Revenue, account, Money.Zero(excess.Currency) - excess, reason, reference);
        if ((await ledger.PostAsync(connection, [transfer]).ConfigureAwait(false)).Error is { } error)
            throw new RefusedException([error]);
    }
}
