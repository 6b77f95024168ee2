using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Splits;

/// <summary>Freezes what was released of a disputed order: it can't be paid out until the dispute ends. What is still pending is frozen by not being released.</summary>
internal static class DisputeHolds
{
    /// <summary>Freezes what is still at stake: what the shares have after refunds, less what of it is kept back anyway.</summary>
    public static async Task BeginAsync(ICommerceConnection connection, ILedger ledger, IReadOnlyList<SplitRow> lines, IReadOnlyList<long[]> have, OrderEntries entries)
    {
        for (var i = 0; i < have.Count; i++)
        {
            var line = lines[i];
            for (var k = 0; k < have[i].Length; k++)
            {
                var share = line.Shares[k];
                var (pending, released) = MoneyReasons.AccountsOf(share);
                var stake = have[i][k] - (share.Kind == ShareKind.Merchant ? line.Reserved : 0);
                if (pending == released || stake <= 0 || !line.IsReleased(share))
                    continue;
                var there = await ledger.AvailableAsync(connection, released, entries.Currency).ConfigureAwait(false) - entries.Taken(released);
                entries.Hold(released, pending, Math.Min(stake, Math.Max(0, there)), MoneyReasons.DisputeHold, line.Line);
            }
        }
    }

    /// <summary>Ends what is frozen; if the dispute goes on, it is frozen anew with the amounts of then.</summary>
    public static void End(OrderEntries entries)
    {
        foreach (var hold in entries.OpenHolds(MoneyReasons.DisputeHold).ToList())
            entries.Void(hold, MoneyReasons.DisputeEnded);
    }
}
