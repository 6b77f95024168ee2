using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Splits;

/// <summary>Freezes what was released of a disputed order: it can't be paid out until the dispute ends. What is still pending is frozen by not being released.</summary>
internal static class DisputeHolds
{
    public static async Task BeginAsync(ICommerceConnection connection, ILedger ledger, IReadOnlyList<SplitRow> lines, OrderEntries entries)
    {
        foreach (var line in lines)
        {
            foreach (var share in line.Shares.Where(line.IsReleased))
            {
                var (pending, released) = MoneyReasons.AccountsOf(share);
                if (pending == released || share.Minor == 0)
                    continue;
                var there = await ledger.AvailableAsync(connection, released, entries.Currency).ConfigureAwait(false) - entries.Taken(released);
                entries.Hold(released, pending, Math.Min(share.Minor, Math.Max(0, there)), MoneyReasons.DisputeHold, line.Line);
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
