using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Splits;

/// <summary>The transfers of one line.</summary>
internal sealed class LineBooks(ICommerceConnection connection, ILedger ledger, SplitRow row, OrderEntries entries)
{
    private static readonly LedgerAccount Buyers = new("", LedgerPurpose.BuyerClearing);
    private static readonly LedgerAccount Revenue = new("", LedgerPurpose.PlatformRevenue);

    private readonly LedgerAccount _pending = new(row.Merchant, LedgerPurpose.MerchantPending);

    /// <summary>Writes the difference between what everybody should have and what is written. All of it passes through the merchant's pending account.</summary>
    public async Task FollowAsync(long kept, long byPlatform)
    {
        var (shares, borne) = LinePosition.Of(row.Shares, row.Total, kept, byPlatform);
        var sold = entries.Sum(MoneyReasons.Sale, row.Line);
        var covered = entries.Sum(MoneyReasons.RefundCover, row.Line);
        var merchant = kept - sold + (borne - covered);
        if (kept > sold)
            entries.Move(Buyers, _pending, kept - sold, MoneyReasons.Sale, row.Line);
        Between(Revenue, borne - covered, MoneyReasons.RefundCover);
        for (var i = 1; i < shares.Length; i++)
        {
            var share = row.Shares[i];
            var reason = MoneyReasons.Of(share.Kind);
            var more = shares[i] - entries.Sum(reason, row.Line);
            merchant -= more;
            await ShareAsync(share, more, reason).ConfigureAwait(false);
        }

        if (row.Released && merchant < 0)
            await TakeBackAsync(row.Merchant, LedgerPurpose.MerchantAvailable, -merchant, _pending, fromReserve: true).ConfigureAwait(false);
        else if (row.Released)
            entries.Move(_pending, new LedgerAccount(row.Merchant, LedgerPurpose.MerchantAvailable), merchant, MoneyReasons.Release, row.Line);
        if (kept < sold)
            entries.Move(_pending, Buyers, sold - kept, MoneyReasons.Sale + MoneyReasons.Reversed, row.Line);
    }

    private async Task ShareAsync(Share share, long more, string reason)
    {
        var (pending, released) = MoneyReasons.AccountsOf(share);
        if (more > 0 || !row.Released || pending == released)
        {
            Between(row.Released ? released : pending, -more, reason);
            return;
        }

        // brought back to where it waited, then as for a share that never left
        await TakeBackAsync(share.Owner, released.Purpose, -more, pending, fromReserve: false).ConfigureAwait(false);
        Between(pending, -more, reason);
    }

    /// <summary>Above zero: the account gives to the merchant, else it gets. A cover is given by the platform, a share is got by its owner.</summary>
    private void Between(LedgerAccount account, long gives, string reason)
    {
        var cover = reason == MoneyReasons.RefundCover;
        if (gives > 0)
            entries.Move(account, _pending, gives, cover ? reason : reason + MoneyReasons.Reversed, row.Line);
        else
            entries.Move(_pending, account, -gives, cover ? reason + MoneyReasons.Reversed : reason, row.Line);
    }

    /// <summary>Takes from released earnings what there is of them; what is missing is a debt.</summary>
    private async Task TakeBackAsync(string owner, LedgerPurpose purpose, long minor, LedgerAccount to, bool fromReserve)
    {
        var left = minor;
        if (fromReserve && row.Reserved > 0)
        {
            var reserve = Math.Min(left, row.Reserved);
            left -= reserve;
            entries.Move(new LedgerAccount(owner, LedgerPurpose.MerchantReserved), to, reserve, MoneyReasons.TakenBack, row.Line);
            connection.Defer("update order_split set reserved = reserved - @reserve where tenant = @tenant and order_id = @orderId and line = @line", new { reserve, orderId = entries.OrderId, line = row.Line });
        }

        var account = new LedgerAccount(owner, purpose);
        var available = Math.Min(left, Math.Max(0, await ledger.AvailableAsync(connection, account, entries.Currency).ConfigureAwait(false) - entries.Taken(account)));
        entries.Move(account, to, available, MoneyReasons.TakenBack, row.Line);
        entries.Move(new LedgerAccount(owner, LedgerPurpose.Debt), to, left - available, MoneyReasons.TakenBack, row.Line);
    }
}
