using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Referrals;

/// <summary>Writes what counters have to take up, in the transaction of the fact: each fact counts once, and no checkout waits for a counter.</summary>
internal static class ReferralTally
{
    private const string Insert = """
        insert into referral_tally (tenant, kind, promoter, order_id, channel, campaign, currency, new_buyers, minor, at) values (@tenant, @kind, @promoter, @orderId, @channel, @campaign, @currency, @newBuyers, @minor, @now)
        """;

    private const string InsertReturned = """
        insert into referral_tally (tenant, kind, promoter, order_id, channel, campaign, currency, minor, at)
        select a.tenant, 'Returned', a.promoter, a.order_id, a.channel, a.campaign, @currency, @minor, @now from referral_attribution a where a.tenant = @tenant and a.order_id = @orderId
        """;

    /// <summary>An attributed order was paid. One whose buyer is its promoter has none, and never comes here.</summary>
    public static void Sale(ICommerceConnection connection, OrderRow order, ReferralSaleRow sale, DateTimeOffset now) =>
        Add(connection, new Row("Order", sale.Promoter, order.Id, sale.Channel, sale.Campaign, order.Currency, sale.FirstOrder ? 1 : 0, order.Total, now));

    /// <summary>Of an attributed order's payment the buyer has something again; less than zero when a dispute was won after that.</summary>
    public static void Returned(ICommerceConnection connection, OrderRow order, long minor, DateTimeOffset now)
    {
        if (minor != 0 && order.Promoter is not null)
            connection.Defer(InsertReturned, new { orderId = order.Id, currency = order.Currency, minor, now });
    }

    /// <summary>Somebody became a promoter, and was brought by another one or not. It is counted; it isn't rewarded.</summary>
    public static void Joined(ICommerceConnection connection, string promoter, bool brought, DateTimeOffset now)
    {
        Add(connection, new Row("Join", promoter, null, "", "", "", 0, 0, now));
        if (brought)
            Add(connection, new Row("Brought", promoter, null, "", "", "", 0, 0, now));
    }

    /// <summary>What an order's new transfers do to promoters' rewards.</summary>
    public static void Add(ICommerceConnection connection, OrderRow order, OrderEntries entries, DateTimeOffset now)
    {
        foreach (var transfer in entries.New)
        {
            if (KindOf(transfer) is ({ } kind, var promoter))
                Add(connection, new Row(kind, promoter, order.Id, "", "", order.Currency, 0, transfer.Amount!.Value.Minor, now));
        }
    }

    private static void Add(ICommerceConnection connection, Row row) => connection.Defer(Insert, row);

    private static (string? Kind, string Promoter) KindOf(LedgerTransfer transfer) => (transfer.Kind, transfer.Reason) switch
    {
        (LedgerTransferKind.Single, MoneyReasons.PromoterShare or MoneyReasons.IntroducerShare) => ("Accrued", transfer.Credit.Owner),
        (LedgerTransferKind.Single, MoneyReasons.PromoterShare + MoneyReasons.Reversed or MoneyReasons.IntroducerShare + MoneyReasons.Reversed) => ("Reversed", transfer.Debit.Owner),
        (LedgerTransferKind.Single, MoneyReasons.Release) when transfer.Debit.Purpose == LedgerPurpose.PromoterPending => ("Released", transfer.Debit.Owner),
        (LedgerTransferKind.Single, MoneyReasons.TakenBack) when transfer.Credit.Purpose == LedgerPurpose.PromoterPending => ("TakenBack", transfer.Credit.Owner),
        _ => (null, ""),
    };

    // one type for all: a statement keeps how it reads its parameters for the type that it saw last
    private sealed record Row(string Kind, string Promoter, string? OrderId, string Channel, string Campaign, string Currency, long NewBuyers, long Minor, DateTimeOffset Now);
}
