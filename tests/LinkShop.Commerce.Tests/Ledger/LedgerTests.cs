using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using static LinkShop.Commerce.Tests.Ledger.Books;

namespace LinkShop.Commerce.Tests.Ledger;

public sealed class LedgerTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_transfer_moves_once_however_often_and_from_wherever_it_is_sent(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        var second = books.InSecondProcess();
        var move = LedgerTransfer.Move("t1", Bank, Ann, Yuan(700), "sale", "order-1");
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? books : second).PostAsync(move))));
        await second.Commerce.DisposeAsync();

        Assert.All(results, r => Assert.True(r.Succeeded));
        Assert.Equal(1, results.Sum(r => r.Value));
        Assert.Equal((700, 0), await books.HasAsync(Ann));
        Assert.Equal((-700, 0), await books.HasAsync(Bank));
        await books.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_id_with_another_content_is_a_conflict_and_changes_nothing(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        var move = LedgerTransfer.Move("t1", Bank, Ann, Yuan(700), "sale", "order-1");
        await books.PostAsync(move);
        LedgerTransfer[] others = [move with { Amount = Yuan(701) }, move with { Credit = Ben }, move with { Reason = "gift" }, move with { Reference = "order-2" }, move with { Amount = new Money(700, "USD") }];
        foreach (var other in others)
            Assert.Equal(CommerceErrors.TransferConflict, (await books.PostAsync(other)).Error!.Code);
        Assert.Equal(CommerceErrors.TransferConflict, (await books.PostAsync(LedgerTransfer.Move("t2", Bank, Ann, Yuan(1), "sale"), LedgerTransfer.Move("t2", Bank, Ann, Yuan(2), "sale"))).Error!.Code);

        Assert.Equal((700, 0), await books.HasAsync(Ann));
        Assert.Equal(1, await books.Commerce.CountAsync("ledger_transfer"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_id_that_was_promised_to_be_new_and_is_not_fails_and_changes_nothing(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        var move = LedgerTransfer.Move("t1", Bank, Ann, Yuan(700), "sale", "order-1");
        await books.PostAsync(move);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            books.Commerce.Database.WriteAsync(TestCommerce.Mall, c => books.Commerce.Get<ILedger>().PostAsync(c, [LedgerTransfer.Move("t2", Bank, Ben, Yuan(5), "sale"), move], fresh: true)));
        Assert.Equal((700, 0), await books.HasAsync(Ann));
        Assert.Equal((0, 0), await books.HasAsync(Ben));
        Assert.Equal(1, await books.Commerce.CountAsync("ledger_transfer"));
        await books.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_batch_is_written_wholly_or_not_at_all(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        await books.FundAsync(Ann, 100);
        var refused = await books.PostAsync(
            LedgerTransfer.Move("a", Bank, Ben, Yuan(50), "sale"), LedgerTransfer.Move("b", Ann, Revenue, Yuan(101), "commission"), LedgerTransfer.Move("c", Bank, Ben, Yuan(50), "sale"));

        Assert.Equal((CommerceErrors.InsufficientFunds, "transfers[1]"), (refused.Error!.Code, refused.Error.Field));
        Assert.Contains("MerchantAvailable of ann", refused.Error.Message, StringComparison.Ordinal);
        Assert.Equal((100, 0), await books.HasAsync(Ann));
        Assert.Equal((0, 0), await books.HasAsync(Ben));
        Assert.Equal(1, await books.Commerce.CountAsync("ledger_transfer"));
        // within a batch what came in can go out again
        Assert.Equal(2, (await books.PostAsync(LedgerTransfer.Move("d", Bank, Ann, Yuan(1), "sale"), LedgerTransfer.Move("e", Ann, Revenue, Yuan(101), "commission"))).Value);
        await books.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_twenty_who_take_ten_from_an_account_with_a_hundred_ten_get_it(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        var second = books.InSecondProcess();
        await books.FundAsync(Ann, 100);
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            (i % 2 == 0 ? books : second).PostAsync(LedgerTransfer.Move("take" + i, Ann, Revenue, Yuan(10), "commission")))));
        await second.Commerce.DisposeAsync();

        Assert.Equal(10, results.Count(r => r.Succeeded));
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.InsufficientFunds, r.Error!.Code));
        Assert.Equal((0, 0), await books.HasAsync(Ann));
        Assert.Equal((100, 0), await books.HasAsync(Revenue));
        await books.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Transfers_across_each_other_never_wait_for_ever(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        await books.FundAsync(Ann, 1000);
        await books.FundAsync(Ben, 1000);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            var (from, to) = i % 2 == 0 ? (Ann, Ben) : (Ben, Ann);
            Assert.True((await books.PostAsync(LedgerTransfer.Move("x" + i, from, to, Yuan(3), "swap"), LedgerTransfer.Move("y" + i, Bank, Revenue, Yuan(1), "fee"))).Succeeded);
        })));
        Assert.Equal((1000, 0), await books.HasAsync(Ann));
        await books.AssertSoundAsync();
    }

    [Theory]
    [InlineData("update ledger_transfer set amount = amount + 1")]
    [InlineData("update ledger_transfer set reason = 'nicer'")]
    [InlineData("delete from ledger_transfer")]
    [InlineData("update ledger_account set slot = 1 where purpose = 'MerchantAvailable'")]
    [InlineData("delete from ledger_account")]
    [InlineData("update ledger_account set balance = -1 where purpose = 'MerchantAvailable'")]
    [InlineData("update ledger_account set held = balance + 1 where purpose = 'MerchantAvailable'")]
    public async Task The_databases_refuse_what_books_can_never_be(string sql)
    {
        foreach (var dialect in new[] { CommerceDialect.Sqlite, CommerceDialect.Postgres })
        {
            await using var books = await OpenAsync(dialect);
            await books.FundAsync(Ann, 100);
            await Assert.ThrowsAnyAsync<Exception>(() => books.Commerce.Database.WriteSystemAsync(c => c.ExecuteAsync(sql)));
            await books.AssertSoundAsync();
            Assert.Equal((100, 0), await books.HasAsync(Ann));
        }
    }

    [Fact]
    public async Task On_SQLite_a_replacing_insert_is_a_deletion_and_refused()
    {
        await using var books = await OpenAsync(CommerceDialect.Sqlite);
        await books.FundAsync(Ann, 100);
        const string Replace = "insert or replace into ledger_transfer select seq, tenant, id, kind, debit, credit, 1, debit_after, credit_after, hold_id, reason, reference, at, expires_at from ledger_transfer";
        await Assert.ThrowsAnyAsync<Exception>(() => books.Commerce.Database.WriteSystemAsync(c => c.ExecuteAsync(Replace)));
        await books.AssertSoundAsync();
        Assert.Equal((100, 0), await books.HasAsync(Ann));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Two_different_transfers_of_one_id_at_the_same_moment_are_a_conflict_not_a_fault(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        for (var round = 0; round < 10; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
                books.PostAsync(LedgerTransfer.Move("same" + round, Bank, new LedgerAccount("m" + i, LedgerPurpose.MerchantAvailable), Yuan(1), "sale")))));
            Assert.Single(results, r => r.Succeeded);
            Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.TransferConflict, r.Error!.Code));
        }

        await books.AssertSoundAsync();
    }

    [Fact]
    public async Task On_SQLite_a_post_looks_at_its_own_accounts_only()
    {
        await using var books = await OpenAsync(CommerceDialect.Sqlite);
        await books.FundAsync(Ann, 100);
        await books.Commerce.Database.WriteSystemAsync(async c =>
        {
            Assert.Contains("INTEGER PRIMARY KEY (rowid=?)", await PlanAsync(c, LedgerSql.Lock(c)), StringComparison.Ordinal);
            Assert.Contains("(tenant=? AND id=?)", await PlanAsync(c, LedgerSql.Existing(c)), StringComparison.Ordinal);
            Assert.Contains("(tenant=? AND id=?)", await PlanAsync(c, LedgerSql.Holds(c)), StringComparison.Ordinal);
        });
    }

    private static async Task<string> PlanAsync(ICommerceConnection connection, string sql) =>
        string.Join('\n', (await connection.QueryAsync<Plan>("explain query plan " + sql, new { tenant = "Mall", ids = new[] { "1" } })).Select(p => p.Detail));

    private sealed record Plan(string Detail);

    [Fact]
    public async Task On_PostgreSQL_the_books_cannot_be_emptied_either()
    {
        await using var books = await OpenAsync(CommerceDialect.Postgres);
        await books.FundAsync(Ann, 100);
        await Assert.ThrowsAnyAsync<Exception>(() => books.Commerce.Database.WriteSystemAsync(c => c.ExecuteAsync("truncate ledger_transfer cascade")));
        Assert.Equal(1, await books.Commerce.CountAsync("ledger_transfer"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Tenants_have_books_of_their_own(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        var others = books.As(TestCommerce.Other);
        await books.FundAsync(Ann, 100, "same id");
        Assert.Equal((0, 0), await others.HasAsync(Ann));
        Assert.Equal(CommerceErrors.InsufficientFunds, (await others.PostAsync(LedgerTransfer.Move("t", Ann, Ben, Yuan(1), "steal"))).Error!.Code);
        await others.FundAsync(Ann, 7, "same id");
        Assert.Equal((100, 0), await books.HasAsync(Ann));
        Assert.Equal((7, 0), await others.HasAsync(Ann));
        await books.AssertSoundAsync();
    }

    [Fact]
    public async Task What_is_not_a_transfer_is_refused_before_the_books_are_opened()
    {
        await using var books = await OpenAsync(CommerceDialect.Sqlite);
        var move = LedgerTransfer.Move("t", Bank, Ann, Yuan(1), "sale");
        LedgerTransfer[] wrong =
        [
            move with { Id = "" }, move with { Id = new string('x', 101) }, move with { Reason = "" }, move with { Amount = Yuan(0) }, move with { Amount = Yuan(-5) },
            move with { Amount = null }, move with { Amount = new Money(5, "XXQ") }, move with { Credit = Bank }, move with { Debit = new LedgerAccount(new string('x', 101), LedgerPurpose.Tax) },
            LedgerTransfer.Void("v", "", "gone"),
        ];
        foreach (var transfer in wrong)
            Assert.Equal((CommerceErrors.Invalid, "transfers[1]"), ((await books.PostAsync(move, transfer)).Error!.Code, (await books.PostAsync(move, transfer)).Error!.Field));
        Assert.Equal(0, await books.Commerce.CountAsync("ledger_transfer"));
    }
}
