using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Referrals;

/// <summary>A row of counters.</summary>
internal sealed record CountRow(string Name, int Day, string Currency, long Clicks, long Visits, long Orders, long NewBuyers, long Sales, long Accrued, long Reversed, long Released)
{
    public const string Sums = """
        cast(sum(clicks) as bigint) as clicks, cast(sum(visits) as bigint) as visits, cast(sum(orders) as bigint) as orders, cast(sum(new_buyers) as bigint) as new_buyers, cast(sum(sales) as bigint) as sales,
        cast(sum(accrued) as bigint) as accrued, cast(sum(reversed) as bigint) as reversed, cast(sum(released) as bigint) as released
        """;

    /// <summary>Clicks have no currency: they stand beside the amounts of the one that is shown.</summary>
    public static ReferralNumbers Add(IEnumerable<CountRow> rows, string currency)
    {
        var all = rows.Where(r => r.Currency == currency || r.Currency.Length == 0).ToList();
        Money In(Func<CountRow, long> minor) => new(all.Sum(minor), currency);
        return new(all.Sum(r => r.Clicks), all.Sum(r => r.Visits), all.Sum(r => r.Orders), all.Sum(r => r.NewBuyers), In(r => r.Sales), In(r => r.Accrued), In(r => r.Reversed), In(r => r.Released));
    }

    public static IReadOnlyList<ReferralDay> Days(IReadOnlyList<CountRow> rows, int first, int last, string currency)
    {
        var byDay = rows.ToLookup(r => r.Day);
        return [.. Enumerable.Range(first, last - first + 1).Select(d => new ReferralDay(DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(d)), Add(byDay[d], currency)))];
    }
}

/// <summary>Reads a promoter's desk: a handful of rows by their keys, however many promoters there are.</summary>
internal sealed class PromoterDeskReader(ICommerceDatabase database, TimeProvider clock)
{
    private const string Total = $"select '' as name, 0 as day, currency, {CountRow.Sums} from referral_total where tenant = @tenant and promoter = @promoter group by currency";
    private const string Days = $"select channel as name, day, currency, {CountRow.Sums} from referral_day where tenant = @tenant and promoter = @promoter and day between @first and @last group by channel, day, currency";
    private const string Verified = "select sales from referral_verified where tenant = @tenant and promoter = @promoter and currency = @currency";
    private const string Products = "select sku_id, currency, orders, sales from referral_product where tenant = @tenant and promoter = @promoter and currency = @currency order by sales desc, sku_id limit 10";
    private const string Books = """
        select purpose, cast(sum(balance) as bigint) as balance, cast(sum(held) as bigint) as held from ledger_account
        where tenant = @tenant and owner = @promoter and currency = @currency and purpose in ('PromoterPending', 'PromoterAvailable', 'PointsLiability', 'Debt') group by purpose
        """;

    // what an order that was given back in part has left, its transfers say; of the others nothing more has to be read
    private const string Coming = """
        select c.order_id, c.line, c.level, c.minor, c.in_points, case c.level when 1 then s.reward_at else s.intro_at end as at, case when o.captured < o.total then o.transfers else 0 end as transfers from
          (select order_id, line, level, minor, in_points from referral_commission where promoter = @promoter and tenant = @tenant and currency = @currency order by order_id desc limit 500) c
          join order_split s on s.tenant = @tenant and s.order_id = c.order_id and s.line = c.line join orders o on o.tenant = @tenant and o.id = c.order_id
        where (c.level = 1 and s.reward_released_at is null and not s.reward_voided) or (c.level = 2 and s.intro_released_at is null and not s.intro_voided)
        """;

    public Task<PromoterDesk?> ReadAsync(TenantScope scope, string promoter, int days, CancellationToken cancellationToken) => database.ReadAsync(scope, async c =>
    {
        if (await Promoters.FindAsync(c, promoter).ConfigureAwait(false) is not { } person || await ReferralRuleBook.ProgramAsync(c).ConfigureAwait(false) is not { } program)
            return null;
        var last = (int)(clock.GetUtcNow().ToUnixTimeMilliseconds() / 86_400_000);
        var (first, currency) = (last - Math.Clamp(days, 1, 90) + 1, program.Currency);
        var total = c.DeferQuery<CountRow>(Total, new { promoter });
        var rows = c.DeferQuery<CountRow>(Days, new { promoter, first, last });
        var products = c.DeferQuery<ProductRow>(Products, new { promoter, currency });
        var books = c.DeferQuery<BookRow>(Books, new { promoter, currency });
        var verified = c.DeferQuery<long>(Verified, new { promoter, currency });
        var coming = await ComingAsync(c, promoter, currency).ConfigureAwait(false);
        var numbers = CountRow.Add(total.Rows, currency);
        Money In(long minor) => new(minor, currency);
        long Balance(LedgerPurpose purpose, bool free = false) => books.Rows.Where(b => b.Purpose == purpose).Sum(b => b.Balance - (free ? b.Held : 0));
        return new PromoterDesk(
            person, numbers, CountRow.Days(rows.Rows, first, last, currency),
            [.. rows.Rows.GroupBy(r => r.Name).Select(g => new ReferralSlice(g.Key, CountRow.Add(g, currency))).OrderByDescending(s => s.Numbers.Sales.Minor).ThenByDescending(s => s.Numbers.Visits)],
            [.. products.Rows.Select(p => new ReferralSlice(p.SkuId, CountRow.Add([new CountRow(p.SkuId, 0, currency, 0, 0, p.Orders, 0, p.Sales, 0, 0, 0)], currency)))],
            In(Balance(LedgerPurpose.PromoterPending)), In(Balance(LedgerPurpose.PromoterAvailable, free: true)), In(-Balance(LedgerPurpose.Debt)),
            [.. coming.Where(r => r.At is not null).GroupBy(r => (r.OrderId, r.InPoints))
                .Select(g => new PendingRelease(g.Min(r => r.At)!.Value, In(g.Sum(r => r.Minor)), g.Key.OrderId, g.Key.InPoints ? RewardKind.Points : RewardKind.Money)).OrderBy(r => r.At).ThenBy(r => r.OrderId, StringComparer.Ordinal)],
            Next(program, In(verified.Rows.Sum())), coming.Where(r => r.InPoints).Sum(r => r.Minor), Balance(LedgerPurpose.PointsLiability, free: true));
    }, cancellationToken);

    private static async Task<IReadOnlyList<ComingRow>> ComingAsync(ICommerceConnection connection, string promoter, string currency)
    {
        var rows = await connection.QueryAsync<ComingRow>(Coming, new { promoter, currency }).ConfigureAwait(false);
        var changed = rows.Where(r => r.Transfers > 0).Select(r => (r.OrderId, r.Transfers)).Distinct().ToList();
        if (changed.Count == 0)
            return rows;
        var entries = await OrderEntries.ReadManyAsync(connection, changed).ConfigureAwait(false);
        return [.. rows.Select(r => r.Transfers == 0 ? r : r with { Minor = ReferralRecords.Now(r.OrderId, r.Line, r.Level, entries) }).Where(r => r.Minor > 0)];
    }

    private static (ReferralTier, Money)? Next(ReferralProgram program, Money sales) =>
        program.Tiers.FirstOrDefault(t => t.OwnSalesMinor > sales.Minor) is { } tier ? (tier, new Money(tier.OwnSalesMinor, sales.Currency) - sales) : null;

    private sealed record ProductRow(string SkuId, string Currency, long Orders, long Sales);

    private sealed record BookRow(LedgerPurpose Purpose, long Balance, long Held);

    private sealed record ComingRow(string OrderId, int Line, int Level, long Minor, bool InPoints, DateTimeOffset? At, int Transfers);
}
