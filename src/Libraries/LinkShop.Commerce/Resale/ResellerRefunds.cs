using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Resale;

/// <summary>A refund that a shop bears alone, as its supplier keeps what it was paid: decided only when the merchant has the money.</summary>
internal static class ResellerRefunds
{
    public static async Task<CommerceError?> CheckAsync(ICommerceConnection shop, ILedger ledger, OrderRow order, IReadOnlyList<RefundLine> wanted, RefundPayer payer)
    {
        if (order.Supplies == 0 || payer == RefundPayer.Platform)
            return null;
        var splits = await SplitStore.ReadAsync(shop, order.Id).ConfigureAwait(false);
        if (!splits.Any(s => s.Shares.Any(LinePosition.IsFixed)))
            return null;
        var delivered = (await SupplyLine.OfOrderAsync(shop, order.Id).ConfigureAwait(false)).ToDictionary(l => l.Line, l => l.Delivered);
        var refunds = await OrderBooks.RefundsAsync(shop, order, splits).ConfigureAwait(false);
        var kept = OrderBooks.KeptOf(splits, refunds, order.Captured);
        var missing = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < splits.Count; i++)
        {
            var (split, back) = (splits[i], wanted.FirstOrDefault(w => w.Line == splits[i].Line)?.Minor ?? 0);
            if (back == 0 || !split.Shares.Any(LinePosition.IsFixed))
                continue;
            long Of(long left) => LinePosition.Of(split.Shares, split.Total, left, refunds[i].ByPlatform, delivered.GetValueOrDefault(split.Line)).Shares[0];
            var (before, after) = (Of(kept[i]), Of(kept[i] - back));
            var needs = split.Released ? before - after : Math.Max(0, -after) - Math.Max(0, -before);
            missing[split.Merchant] = missing.GetValueOrDefault(split.Merchant) + Math.Max(0, needs - (split.Released ? split.Reserved : 0));
        }

        foreach (var (merchant, needs) in missing)
        {
            if (needs == 0)
                continue;
            var available = await ledger.AvailableAsync(shop, new LedgerAccount(merchant, LedgerPurpose.MerchantAvailable), order.Currency).ConfigureAwait(false);
            if (available < needs)
            {
                return new(CommerceErrors.SellerShort, "The supplier keeps its price, and the shop hasn't earned enough to bear the rest.", "lines")
                {
                    Facts = [new Money(needs, order.Currency), new Money(available, order.Currency)],
                };
            }
        }

        return null;
    }
}
