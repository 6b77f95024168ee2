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
    /// <returns>What each share is to have now.</returns>
    public async Task<long[]> FollowAsync(long kept, long byPlatform, bool delivered)
    {
        var (shares, borne) = LinePosition.Of(row.Shares, row.Total, kept, byPlatform, delivered);
        var sold = entries.Sum(MoneyReasons.Sale, row.Line);
        var covered = entries.Sum(MoneyReasons.RefundCover, row.Line);
        var merchant = kept - sold + (borne - covered);
        if (kept > sold)
            entries.Move(Buyers, _pending, kept - sold, MoneyReasons.Sale, row.Line);
        if (borne > covered)
            Between(Revenue, borne - covered, MoneyReasons.RefundCover);
        for (var i = 1; i < shares.Length; i++)
        {
            var share = row.Shares[i];
            var reason = MoneyReasons.Of(share.Kind);
            var more = shares[i] - entries.Sum(reason, row.Line);
            merchant -= more;
            await ShareAsync(share, more, reason).ConfigureAwait(false);
        }

        // what covered a reward that went back since is only there once it has
        if (borne < covered)
            Between(Revenue, borne - covered, MoneyReasons.RefundCover);
        if (!row.Released)
            await OwnCoverAsync(Math.Max(0, -shares[0])).ConfigureAwait(false);
        if (row.Released && merchant < 0)
            await TakeBackAsync(row.Merchant, LedgerPurpose.MerchantAvailable, -merchant, _pending, MoneyReasons.TakenBack, fromReserve: true).ConfigureAwait(false);
        else if (row.Released)
            entries.Move(_pending, new LedgerAccount(row.Merchant, LedgerPurpose.MerchantAvailable), merchant, MoneyReasons.Release, row.Line);
        if (kept < sold)
            entries.Move(_pending, Buyers, sold - kept, MoneyReasons.Sale + MoneyReasons.Reversed, row.Line);
        return shares;
    }

    private async Task ShareAsync(Share share, long more, string reason)
    {
        var (pending, released) = MoneyReasons.AccountsOf(share);
        if (more > 0 || !row.IsReleased(share) || pending == released)
        {
            Between(row.IsReleased(share) ? released : pending, -more, reason);
            return;
        }

        // brought back to where it waited, then as for a share that never left
        await TakeBackAsync(share.Owner, released.Purpose, -more, pending, MoneyReasons.TakenBack, fromReserve: false).ConfigureAwait(false);
        Between(pending, -more, reason);
    }

    /// <summary>A supplier that keeps its part leaves less than nothing of the line: the merchant brings it from elsewhere, until the line stands otherwise.</summary>
    private async Task OwnCoverAsync(long wanted)
    {
        var more = wanted - entries.Sum(MoneyReasons.OwnCover, row.Line);
        if (more > 0)
            await TakeBackAsync(row.Merchant, LedgerPurpose.MerchantAvailable, more, _pending, MoneyReasons.OwnCover, fromReserve: false).ConfigureAwait(false);
        else
            entries.Move(_pending, new LedgerAccount(row.Merchant, LedgerPurpose.MerchantAvailable), -more, MoneyReasons.OwnCover + MoneyReasons.Reversed, row.Line);
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
    private async Task TakeBackAsync(string owner, LedgerPurpose purpose, long minor, LedgerAccount to, string reason, bool fromReserve)
    {
        var left = minor;
        if (fromReserve && row.Reserved > 0)
        {
            var reserve = Math.Min(left, row.Reserved);
            left -= reserve;
            row.Reserved -= reserve;
            entries.Move(new LedgerAccount(owner, LedgerPurpose.MerchantReserved), to, reserve, reason, row.Line);
            connection.Defer("update order_split set reserved = reserved - @reserve where tenant = @tenant and order_id = @orderId and line = @line", new { reserve, orderId = entries.OrderId, line = row.Line });
        }

        var account = new LedgerAccount(owner, purpose);
        var available = Math.Min(left, Math.Max(0, await ledger.AvailableAsync(connection, account, entries.Currency).ConfigureAwait(false) - entries.Taken(account)));
        entries.Move(account, to, available, reason, row.Line);
        entries.Move(new LedgerAccount(owner, LedgerPurpose.Debt), to, left - available, reason, row.Line);
    }
}
