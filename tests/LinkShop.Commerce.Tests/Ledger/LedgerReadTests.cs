using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using static LinkShop.Commerce.Tests.Ledger.Books;

namespace LinkShop.Commerce.Tests.Ledger;

public sealed class LedgerReadTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_statement_has_the_balance_after_each_movement_over_all_pages_also_of_an_account_kept_in_several_rows(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        for (var i = 0; i < 40; i++)
        {
            books.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
            await books.PostAsync(LedgerTransfer.Move("in" + i, Bank, Ann, Yuan(10 + i), "sale", "o" + i), LedgerTransfer.Move("fee" + i, Ann, Revenue, Yuan(1), "commission", "o" + i));
        }

        foreach (var account in new[] { Ann, Bank, Revenue })
        {
            var (balance, movements, next) = (0L, 0, default(LedgerPosition?));
            do
            {
                var page = await books.Reads.StatementAsync(TestCommerce.Mall, account, "CNY", next, 7);
                Assert.Equal(balance, page.Opening.Minor);
                foreach (var movement in page.Movements)
                {
                    balance += movement.Amount.Minor;
                    movements++;
                    Assert.Equal(balance, movement.Balance.Minor);
                }

                next = page.Next;
            }
            while (next is not null);
            Assert.Equal((await books.HasAsync(account)).Balance, balance);
            Assert.Equal(account == Ann ? 80 : 40, movements);

            var newestFirst = (await books.Reads.MovementsAsync(TestCommerce.Mall, account, "CNY").ToListAsync()).AsEnumerable().Reverse().ToList();
            Assert.Equal(newestFirst, await books.Reads.LatestAsync(TestCommerce.Mall, account, "CNY", 1000));
            Assert.Equal(newestFirst[..7], await books.Reads.LatestAsync(TestCommerce.Mall, account, "CNY", 7));
        }

        Assert.Empty(await books.Reads.LatestAsync(TestCommerce.Other, Ann, "CNY", 7));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_an_account_had_at_a_moment_is_what_had_been_written_by_then(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        var clock = books.Commerce.Clock;
        var moments = new List<(DateTimeOffset At, long Ann, long Bank)>();
        var sum = 0L;
        for (var i = 1; i <= 12; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await books.FundAsync(Ann, i);
            await books.PostAsync(LedgerTransfer.Hold("hold" + i, Ann, Ben, Yuan(1), "payout"));
            sum += i;
            clock.Advance(TimeSpan.FromSeconds(1));
            moments.Add((clock.GetUtcNow(), sum, -sum));
        }

        Assert.Equal(0, (await books.Reads.AsOfAsync(TestCommerce.Mall, Ann, "CNY", moments[0].At.AddHours(-1))).Minor);
        foreach (var (at, ann, bank) in moments)
        {
            Assert.Equal(ann, (await books.Reads.AsOfAsync(TestCommerce.Mall, Ann, "CNY", at)).Minor);
            Assert.Equal(bank, (await books.Reads.AsOfAsync(TestCommerce.Mall, Bank, "CNY", at)).Minor);
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_clock_that_is_behind_does_not_write_into_the_past(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        await books.FundAsync(Ann, 100);
        books.Commerce.Clock.Advance(TimeSpan.FromHours(-1));
        await books.FundAsync(Ann, 5);
        var page = await books.Reads.StatementAsync(TestCommerce.Mall, Ann, "CNY");
        Assert.Equal([100L, 105L], page.Movements.Select(m => m.Balance.Minor));
        Assert.Equal(105, (await books.Reads.AsOfAsync(TestCommerce.Mall, Ann, "CNY", page.Movements[0].At)).Minor);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_period_has_what_happened_at_its_begin_and_nothing_of_its_end(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        for (var i = 1; i <= 5; i++)
        {
            books.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
            await books.FundAsync(Ann, i, "t" + i);
        }

        var all = await books.Reads.MovementsAsync(TestCommerce.Mall, Ann, "CNY").ToListAsync();
        Assert.Equal(["t1", "t2", "t3", "t4", "t5"], all.Select(m => m.TransferId));
        var some = await books.Reads.MovementsAsync(TestCommerce.Mall, Ann, "CNY", all[1].At, all[3].At).ToListAsync();
        Assert.Equal([("t2", 2L, 3L), ("t3", 3L, 6L)], some.Select(m => (m.TransferId, m.Amount.Minor, m.Balance.Minor)));
        // two months side by side have each movement once
        var earlier = await books.Reads.MovementsAsync(TestCommerce.Mall, Ann, "CNY", null, all[2].At).ToListAsync();
        var later = await books.Reads.MovementsAsync(TestCommerce.Mall, Ann, "CNY", all[2].At).ToListAsync();
        Assert.Equal(all, earlier.Concat(later));
        Assert.Empty(await books.Reads.MovementsAsync(TestCommerce.Mall, Ann, "CNY", all[4].At.AddMilliseconds(1)).ToListAsync());

        using var text = new StringWriter();
        await books.Reads.ExportAsync(TestCommerce.Mall, Ann, "CNY", text, new LedgerExport { From = all[1].At, Until = all[3].At });
        Assert.Equal(["t2", "t3"], text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')[1]));
    }

    [Fact]
    public async Task An_export_has_every_movement_and_nothing_that_a_spreadsheet_would_run()
    {
        await using var books = await OpenAsync(CommerceDialect.Sqlite);
        await books.PostAsync(LedgerTransfer.Move("a,1", Bank, Ann, Yuan(1234), "sale", "=cmd|' /C calc'!A0"), LedgerTransfer.Move("b", Ann, Revenue, Yuan(34), "commission", "say \"hi\""));
        using var text = new StringWriter();
        await books.Reads.ExportAsync(TestCommerce.Mall, Ann, "CNY", text, new LedgerExport { Name = reason => reason == "sale" ? "=1+1" : reason, Order = m => m.Amount.Minor > 0 ? "N1" : null });
        var lines = text.ToString().Split("\r\n");
        Assert.Equal("time,transfer,amount,balance,currency,reason,name,order,reference", lines[0]);
        Assert.EndsWith(",\"a,1\",12.34,12.34,CNY,sale,'=1+1,N1,'=cmd|' /C calc'!A0", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",b,-0.34,12.00,CNY,commission,commission,,\"say \"\"hi\"\"\"", lines[2], StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(lines[3..]));
    }
}
