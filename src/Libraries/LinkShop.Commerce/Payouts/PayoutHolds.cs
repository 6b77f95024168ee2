using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Settlement;

namespace LinkShop.Commerce.Payouts;

/// <summary>A payout in the books: one hold for what arrives and, if there is a fee, one for it.</summary>
internal sealed class PayoutHolds(ILedger ledger, Debts debts)
{
    private const string PaidOut = "payout";
    private const string Fee = "payout_fee";

    private static readonly LedgerAccount Revenue = new("", LedgerPurpose.PlatformRevenue);

    /// <summary>Holds both amounts.</summary>
    public Task<CommerceResult<int>> BeginAsync(ICommerceConnection connection, PayoutRow payout)
    {
        var from = new LedgerAccount(payout.Owner, payout.Purpose);
        var to = new LedgerAccount(payout.Provider, LedgerPurpose.ProviderClearing);
        List<LedgerTransfer> holds = [LedgerTransfer.Hold(HoldOf(payout), from, to, new Money(payout.Amount - payout.Fee, payout.Currency), PaidOut, payout.Id)];
        if (payout.Fee > 0)
            holds.Add(LedgerTransfer.Hold(FeeHoldOf(payout), from, Revenue, new Money(payout.Fee, payout.Currency), Fee, payout.Id));
        return ledger.PostAsync(connection, holds);
    }

    /// <summary>Moves both amounts.</summary>
    public Task PostAsync(ICommerceConnection connection, PayoutRow payout)
    {
        List<LedgerTransfer> ends = [LedgerTransfer.Post(HoldOf(payout) + ":paid", HoldOf(payout), PaidOut, reference: payout.Id)];
        if (payout.Fee > 0)
            ends.Add(LedgerTransfer.Post(FeeHoldOf(payout) + ":paid", FeeHoldOf(payout), Fee, reference: payout.Id));
        return EndAsync(connection, ends);
    }

    /// <summary>Gives both amounts back, and pays of them what the owner has come to owe meanwhile.</summary>
    public async Task VoidAsync(ICommerceConnection connection, PayoutRow payout, string reason)
    {
        List<LedgerTransfer> ends = [LedgerTransfer.Void(HoldOf(payout) + ":returned", HoldOf(payout), reason, payout.Id)];
        if (payout.Fee > 0)
            ends.Add(LedgerTransfer.Void(FeeHoldOf(payout) + ":returned", FeeHoldOf(payout), reason, payout.Id));
        await EndAsync(connection, ends).ConfigureAwait(false);
        await debts.PayAsync(connection, new LedgerAccount(payout.Owner, payout.Purpose), payout.Currency, HoldOf(payout) + ":debt", payout.Id).ConfigureAwait(false);
    }

    private async Task EndAsync(ICommerceConnection connection, List<LedgerTransfer> ends)
    {
        var done = await ledger.PostAsync(connection, ends).ConfigureAwait(false);
        // the holds are ours and never time out, so this is a defect; the payout stays as it was
        if (!done.Succeeded)
            throw new InvalidOperationException($"The holds of payout '{ends[0].Reference}' can't be ended: {done.Error!.Code}: {done.Error.Message}");
    }

    private static string HoldOf(PayoutRow payout) => "payout:" + payout.Id;

    private static string FeeHoldOf(PayoutRow payout) => HoldOf(payout) + ":fee";
}
