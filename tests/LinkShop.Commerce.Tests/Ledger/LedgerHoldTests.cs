using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using static LinkShop.Commerce.Tests.Ledger.Books;

namespace LinkShop.Commerce.Tests.Ledger;

public sealed class LedgerHoldTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_is_held_cannot_be_spent_and_is_moved_by_a_post_or_freed_by_a_void(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        await books.FundAsync(Ann, 100);
        Assert.True((await books.PostAsync(LedgerTransfer.Hold("h1", Ann, Bank, Yuan(60), "payout"), LedgerTransfer.Hold("h2", Ann, Bank, Yuan(30), "payout"))).Succeeded);
        Assert.Equal((100, 90), await books.HasAsync(Ann));
        Assert.Equal(CommerceErrors.InsufficientFunds, (await books.PostAsync(LedgerTransfer.Move("m", Ann, Ben, Yuan(11), "swap"))).Error!.Code);
        Assert.Equal(CommerceErrors.InsufficientFunds, (await books.PostAsync(LedgerTransfer.Hold("h3", Ann, Bank, Yuan(11), "payout"))).Error!.Code);

        Assert.Equal(1, (await books.PostAsync(LedgerTransfer.Post("p1", "h1", "paid_out", Yuan(45)))).Value);
        Assert.Equal((55, 30), await books.HasAsync(Ann));
        Assert.Equal(1, (await books.PostAsync(LedgerTransfer.Void("v2", "h2", "rejected"))).Value);
        Assert.Equal((55, 0), await books.HasAsync(Ann));
        Assert.Equal((-55, 0), await books.HasAsync(Bank));
        Assert.Equal(0, await books.Commerce.CountAsync("ledger_hold"));
        await books.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_hold_ends_once_even_if_it_is_posted_and_voided_at_the_same_time(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        var second = books.InSecondProcess();
        await books.FundAsync(Ann, 100);
        await books.PostAsync(LedgerTransfer.Hold("h", Ann, Bank, Yuan(60), "payout"));
        // opened connections, or the first would be done before the second has one
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? books : second).PostAsync(LedgerTransfer.Move("warm" + i, Bank, Ben, Yuan(1), "sale")))));
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? books : second).PostAsync(
            i % 4 < 2 ? LedgerTransfer.Post("end" + i, "h", "paid_out") : LedgerTransfer.Void("end" + i, "h", "rejected")))));
        await second.Commerce.DisposeAsync();

        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.HoldEnded, r.Error!.Code));
        Assert.Contains(await books.HasAsync(Ann), new[] { (100L, 0L), (40L, 0L) });
        Assert.Equal((16, 0), await books.HasAsync(Ben));
        await books.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_end_of_a_hold_sent_again_is_done_already_and_more_than_was_held_is_refused(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        await books.FundAsync(Ann, 100);
        await books.PostAsync(LedgerTransfer.Hold("h", Ann, Bank, Yuan(60), "payout"));
        Assert.Equal(CommerceErrors.InsufficientFunds, (await books.PostAsync(LedgerTransfer.Post("p", "h", "paid_out", Yuan(61)))).Error!.Code);
        Assert.Equal((100, 60), await books.HasAsync(Ann));
        Assert.Equal(1, (await books.PostAsync(LedgerTransfer.Post("p", "h", "paid_out"))).Value);
        Assert.Equal(0, (await books.PostAsync(LedgerTransfer.Post("p", "h", "paid_out"))).Value);
        Assert.Equal(CommerceErrors.TransferConflict, (await books.PostAsync(LedgerTransfer.Post("p", "h", "paid_out", Yuan(59)))).Error!.Code);
        Assert.Equal(CommerceErrors.HoldEnded, (await books.PostAsync(LedgerTransfer.Post("q", "h", "paid_out"))).Error!.Code);
        Assert.Equal(CommerceErrors.HoldEnded, (await books.PostAsync(LedgerTransfer.Void("r", "none", "rejected"))).Error!.Code);
        Assert.Equal((40, 0), await books.HasAsync(Ann));
        await books.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_hold_can_begin_and_end_in_one_batch(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        await books.FundAsync(Ann, 100);
        Assert.Equal(2, (await books.PostAsync(LedgerTransfer.Hold("h", Ann, Ben, Yuan(60), "release"), LedgerTransfer.Post("p", "h", "release"))).Value);
        Assert.Equal((40, 0), await books.HasAsync(Ann));
        Assert.Equal((60, 0), await books.HasAsync(Ben));
        await books.AssertSoundAsync();
    }

    [Fact]
    public async Task Holds_with_long_ids_that_begin_alike_are_freed_each()
    {
        await using var books = await OpenAsync(CommerceDialect.Sqlite);
        await books.FundAsync(Ann, 100);
        var until = books.Commerce.Clock.GetUtcNow().AddMinutes(10);
        var (one, two) = (new string('h', 99) + "1", new string('h', 99) + "2");
        await books.PostAsync(LedgerTransfer.Hold(one, Ann, Bank, Yuan(60), "payout", expiresAt: until), LedgerTransfer.Hold(two, Ann, Bank, Yuan(5), "payout", expiresAt: until));
        books.Commerce.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(2, await books.Commerce.Get<LedgerExpiry>().SweepAsync());
        Assert.Equal((100, 0), await books.HasAsync(Ann));
        await books.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_hold_whose_time_is_over_is_freed_and_only_then(CommerceDialect dialect)
    {
        await using var books = await OpenAsync(dialect);
        await books.FundAsync(Ann, 100);
        var until = books.Commerce.Clock.GetUtcNow().AddMinutes(10);
        await books.PostAsync(LedgerTransfer.Hold("h", Ann, Bank, Yuan(60), "payout", expiresAt: until), LedgerTransfer.Hold("forever", Ann, Bank, Yuan(5), "payout"));
        var expiry = books.Commerce.Get<LedgerExpiry>();
        Assert.Equal(0, await expiry.SweepAsync());
        Assert.Equal((100, 65), await books.HasAsync(Ann));

        books.Commerce.Clock.Advance(TimeSpan.FromMinutes(11));
        await Task.WhenAll(expiry.SweepAsync(), expiry.SweepAsync());
        Assert.Equal((100, 5), await books.HasAsync(Ann));
        Assert.Equal(CommerceErrors.HoldEnded, (await books.PostAsync(LedgerTransfer.Post("p", "h", "paid_out"))).Error!.Code);
        await books.AssertSoundAsync();
    }
}
