using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Settlement;

/// <summary>What a merchant's lines that aren't released yet will bring, and when.</summary>
internal static class ComingEarnings
{
    // of each line what is pending of it by the books, as far as it isn't kept back then. An order's transfers are found by their ids, which are numbered
    private const string Lines = """
        with recursive number(n) as (select 0 union all select n + 1 from number where n + 1 < (
          select max(o.transfers) from order_split s join orders o on o.tenant = s.tenant and o.id = s.order_id where s.tenant = @tenant and s.merchant = @owner and s.release_at is not null)),
        line as (
          select s.order_id, s.line, s.currency, s.release_at, s.reserve_points, cast(sum(case when t.credit = a.id then t.amount else -t.amount end) as bigint) as pending
          from order_split s join orders o on o.tenant = s.tenant and o.id = s.order_id join number on number.n < o.transfers
            join ledger_transfer t on t.tenant = s.tenant and t.id = s.order_id || ':' || cast(number.n as text) and t.reference = s.order_id || ':' || cast(s.line as text) and t.kind = 'Single'
            join ledger_account a on a.tenant = s.tenant and a.owner = s.merchant and a.purpose = 'MerchantPending' and a.currency = s.currency and (a.id = t.credit or a.id = t.debit)
          where s.tenant = @tenant and s.merchant = @owner and s.release_at is not null
          group by s.order_id, s.line, s.currency, s.release_at, s.reserve_points),
        coming as (select order_id, line, currency, release_at, pending, case when pending > 0 then pending * reserve_points / 10000 else 0 end as reserve from line)

        """;

    // every time zone is whole quarters of an hour away from the others, so that a day of any of them is made of these
    private const string Times = Lines + """
        select currency, release_at / 900000 * 900000 as at, cast(sum(pending - reserve) as bigint) as minor, cast(sum(reserve) as bigint) as reserve, count(*) as lines from coming
        group by currency, release_at / 900000 order by 2, 1
        """;

    private const string First = Lines + "select order_id, line, currency, release_at, pending - reserve as minor from coming order by release_at, order_id, line limit @take";

    public static async Task<ComingReleases> ReadAsync(ICommerceConnection connection, string owner, int take)
    {
        var times = await connection.QueryAsync<TimeRow>(Times, new { owner }).ConfigureAwait(false);
        var first = times.Count == 0 ? [] : await connection.QueryAsync<LineRow>(First, new { owner, take = (long)take }).ConfigureAwait(false);
        return new ComingReleases(
            [.. times.Select(t => (t.At, new Money(t.Minor, t.Currency)))], [.. first.Select(l => new ComingRelease(l.OrderId, l.Line, new Money(l.Minor, l.Currency), l.ReleaseAt))],
            times.Sum(t => t.Lines), times.Any(t => t.Reserve > 0));
    }

    private sealed record TimeRow(string Currency, DateTimeOffset At, long Minor, long Reserve, long Lines);

    private sealed record LineRow(string OrderId, int Line, string Currency, DateTimeOffset ReleaseAt, long Minor);
}
