using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Credits;

/// <summary>Reads what a user has, got and spent. The accounts have floors, so each is one row.</summary>
internal static class CreditReads
{
    private const string Accounts = """
        select id, purpose, currency, balance - held as available from ledger_account
        where tenant = @tenant and owner = @userId and purpose in ('BuyerBalance', 'PointsLiability') order by purpose, currency
        """;

    private const string Movements = """
        select m.at, m.amount, m.balance, m.reason, m.reference, coalesce(b.reason, g.reason) as text, coalesce(b.actor, g.actor) as actor from (
          select * from (select id, at, seq, amount, credit_after as balance, reason, reference from ledger_transfer
            where credit = @account and tenant = @tenant and credit_after is not null order by at desc, seq desc limit @take) c
          union all
          select * from (select id, at, seq, -amount as amount, debit_after as balance, reason, reference from ledger_transfer
            where debit = @account and tenant = @tenant and debit_after is not null order by at desc, seq desc limit @take) d) m
          left join credit_grant g on g.tenant = @tenant and m.reason = 'credit_grant' and g.id = m.reference
          left join credit_take_back b on b.tenant = @tenant and m.reason = 'credit_taken_back' and b.id = substr(m.id, 1, length(m.id) - 6)
        order by m.at desc, m.seq desc limit @take
        """;

    public static async Task<IReadOnlyList<CreditStanding>> StandingsAsync(ICommerceConnection connection, string userId) =>
        [.. (await AccountsAsync(connection, userId).ConfigureAwait(false)).Where(a => a.Available != 0).Select(a => new CreditStanding(CreditAccounts.KindOf(a.Purpose), new Money(a.Available, a.Currency)))];

    public static async Task<IReadOnlyList<CreditGrantView>> GrantsAsync(ICommerceConnection connection, string userId, int take)
    {
        var has = (await AccountsAsync(connection, userId).ConfigureAwait(false)).ToDictionary(a => (CreditAccounts.KindOf(a.Purpose), a.Currency), a => a.Available);
        var later = new Dictionary<(CreditKind, string), long>();
        foreach (var (_, currency) in has.Keys.Where(k => k.Item1 == CreditKind.Points))
            later[(CreditKind.Points, currency)] = await EarnedPoints.OfUserAsync(connection, userId, currency).ConfigureAwait(false);
        var views = new List<CreditGrantView>();
        foreach (var grant in await CreditRow.OfUserAsync(connection, userId, take).ConfigureAwait(false))
        {
            var key = (grant.Kind, grant.Currency);
            views.Add(grant.ToView(grant.LeftOf(has.GetValueOrDefault(key), later.GetValueOrDefault(key))));
            later[key] = later.GetValueOrDefault(key) + grant.Amount - grant.TakenBack;
        }

        return views;
    }

    public static async Task<IReadOnlyList<CreditMovement>> MovementsAsync(ICommerceConnection connection, string userId, int take)
    {
        var all = new List<CreditMovement>();
        foreach (var account in await AccountsAsync(connection, userId).ConfigureAwait(false))
        {
            foreach (var row in await connection.QueryAsync<MovementRow>(Movements, new { account = account.Id, take }).ConfigureAwait(false))
            {
                var order = row.Reason is not (MoneyReasons.CreditGrant or MoneyReasons.CreditTakenBack) ? row.Reference : null;
                all.Add(new CreditMovement(row.At, CreditAccounts.KindOf(account.Purpose), new Money(row.Amount, account.Currency), new Money(row.Balance, account.Currency), row.Reason, order, row.Text, row.Actor));
            }
        }

        // stable: within an account the statement's own order stays
        return [.. all.OrderByDescending(m => m.At)];
    }

    private static Task<IReadOnlyList<AccountRow>> AccountsAsync(ICommerceConnection connection, string userId) => connection.QueryAsync<AccountRow>(Accounts, new { userId });

    private sealed record AccountRow(long Id, LedgerPurpose Purpose, string Currency, long Available);

    private sealed record MovementRow(DateTimeOffset At, long Amount, long Balance, string Reason, string? Reference, string? Text, string? Actor);
}
