using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using static LinkShop.Commerce.Tests.Payouts.Desk;

namespace LinkShop.Commerce.Tests.Payouts;

public sealed class PayoutSendingTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_failed_payout_gives_exactly_its_money_back(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync(Profile(account: "fail"));
        var failed = (await desk.Payouts.SendAsync(desk.Scope, (await desk.ApprovedAsync()).Id)).Value;
        Assert.Equal((PayoutState.Failed, "The account doesn't exist."), (failed.State, failed.Note));
        Assert.Equal((Funds, 0), await desk.HasAsync());
        Assert.Equal((0, 0), (await desk.RevenueAsync(), await desk.AtProviderAsync()));
        Assert.Equal(["PayoutRequested", "PayoutFailed"], await desk.EventsAsync());
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_payout_that_is_not_decided_stays_held_and_is_asked_for_again(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync(Profile(account: "later"));
        var payout = await desk.ApprovedAsync();
        await desk.Payouts.SendAsync(desk.Scope, payout.Id);
        var sending = (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Value;
        Assert.Equal((PayoutState.Sending, 2), (sending.State, sending.Attempts));
        Assert.Equal((Funds, 300_00), await desk.HasAsync());
        Assert.Equal(CommerceErrors.IllegalTransition, (await desk.Payouts.RejectAsync(desk.Scope, payout.Id, Boss, "too late")).Error!.Code);
        // what comes of it is the sandbox's to tell
        Assert.Equal(CommerceErrors.Invalid, (await desk.Payouts.ConfirmPaidAsync(desk.Scope, payout.Id, "ref", Boss)).Error!.Code);
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_what_a_provider_was_given_that_is_switched_off_since_a_second_person_tells_what_came_of_it(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync(Profile(account: "later"));
        var (paid, failed) = (await desk.ApprovedAsync(), await desk.ApprovedAsync(200_00));
        foreach (var payout in new[] { paid, failed })
            Assert.Equal(PayoutState.Sending, (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Value.State);
        var options = desk.Commerce.Get<Microsoft.Extensions.Options.IOptionsMonitor<PayoutOptions>>().CurrentValue;
        options.Sandbox = false;
        Assert.Equal(CommerceErrors.ProviderNotUsable, (await desk.Payouts.SendAsync(desk.Scope, paid.Id)).Error!.Code);
        // not who asked for it
        Assert.Equal(PayoutErrors.FourEyes, (await desk.Payouts.ConfirmPaidAsync(desk.Scope, paid.Id, "TX1", Ann)).Error!.Code);
        Assert.Equal((Funds, 500_00), await desk.HasAsync());
        Assert.Equal(PayoutState.Paid, (await desk.Payouts.ConfirmPaidAsync(desk.Scope, paid.Id, "TX1", Boss)).Value.State);
        Assert.Equal(PayoutState.Failed, (await desk.Payouts.ConfirmFailedAsync(desk.Scope, failed.Id, "It never got there.", Boss)).Value.State);
        Assert.Equal((Funds - 300_00, 0), await desk.HasAsync());
        options.Sandbox = true;
        // asked again, it changes nothing of what was told
        Assert.Equal((PayoutState.Paid, PayoutState.Failed), ((await desk.Payouts.SendAsync(desk.Scope, paid.Id)).Value.State, (await desk.Payouts.SendAsync(desk.Scope, failed.Id)).Value.State));
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_retry_after_a_crash_between_the_provider_and_the_record_pays_once(CommerceDialect dialect)
    {
        var calls = 0;
        var states = new List<PayoutState>();
        Desk? open = null;
        await using var desk = open = await OpenAsync(dialect, WrappedProvider.Around(async (sandbox, scope, order) =>
        {
            states.Add((await open!.Payouts.GetAsync(scope, order.PayoutId))!.State);
            var result = await sandbox.SendAsync(scope, order);
            return ++calls < 3 ? throw new HttpRequestException("account 6222021234567890 timed out") : result;
        }));
        await desk.VerifiedAsync();
        var payout = await desk.ApprovedAsync();
        var lost = (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Value;
        Assert.Equal((PayoutState.Sending, "HttpRequestException"), (lost.State, lost.LastError));
        Assert.Equal((Funds, 300_00), await desk.HasAsync());
        await desk.AssertSoundAsync();

        await desk.Payouts.SendAsync(desk.Scope, payout.Id);
        var paid = (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Value;
        Assert.Equal((PayoutState.Paid, 3, null), (paid.State, paid.Attempts, paid.LastError));
        // it was written down before the provider heard of it
        Assert.All(states, s => Assert.Equal(PayoutState.Sending, s));
        Assert.Equal(1, await desk.Commerce.CountAsync("sandbox_payout"));
        Assert.Equal((Funds - 300_00, 0), await desk.HasAsync());
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Whoever_gives_up_waiting_leaves_a_payout_that_can_be_sent_again(CommerceDialect dialect)
    {
        using var gone = new CancellationTokenSource();
        await using var desk = await OpenAsync(dialect, WrappedProvider.Around(async (sandbox, scope, order) =>
        {
            var result = await sandbox.SendAsync(scope, order);
            if (!gone.IsCancellationRequested)
            {
                await gone.CancelAsync();
                throw new OperationCanceledException(gone.Token);
            }

            return result;
        }));
        await desk.VerifiedAsync();
        var payout = await desk.ApprovedAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.Payouts.SendAsync(desk.Scope, payout.Id, gone.Token));
        Assert.Equal(PayoutState.Sending, (await desk.Payouts.GetAsync(desk.Scope, payout.Id))!.State);
        Assert.Equal(PayoutState.Paid, (await desk.Payouts.SendAsync(desk.Scope, payout.Id)).Value.State);
        Assert.Equal(1, await desk.Commerce.CountAsync("sandbox_payout"));
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_the_provider_answered_is_kept_even_if_the_caller_has_gone(CommerceDialect dialect)
    {
        using var gone = new CancellationTokenSource();
        await using var desk = await OpenAsync(dialect, WrappedProvider.Around(async (sandbox, scope, order) =>
        {
            var result = await sandbox.SendAsync(scope, order);
            await gone.CancelAsync();
            return result;
        }));
        await desk.VerifiedAsync();
        var payout = await desk.ApprovedAsync();
        Assert.Equal(PayoutState.Paid, (await desk.Payouts.SendAsync(desk.Scope, payout.Id, gone.Token)).Value.State);
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Sent_by_many_at_the_same_time_it_is_paid_once(CommerceDialect dialect)
    {
        var inside = 0;
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var desk = await OpenAsync(dialect, WrappedProvider.Around(async (sandbox, scope, order) =>
        {
            // two at least are in here together; a barrier of two would throw at a third
            if (Interlocked.Increment(ref inside) == 2)
                together.SetResult();
            await together.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return await sandbox.SendAsync(scope, order);
        }));
        await desk.VerifiedAsync();
        var payout = await desk.ApprovedAsync();
        var second = desk.InSecondProcess();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => (i % 2 == 0 ? desk : second).Payouts.SendAsync(desk.Scope, payout.Id))));
        await second.Commerce.DisposeAsync();
        Assert.All(answers, a => Assert.Equal(PayoutState.Paid, a.Value.State));
        Assert.Equal(1, await desk.Commerce.CountAsync("sandbox_payout"));
        Assert.Equal((Funds - 300_00, 0), await desk.HasAsync());
        Assert.Equal(["PayoutRequested", "PayoutPaid"], await desk.EventsAsync());
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_provider_that_contradicts_itself_changes_no_books_and_is_written_down(CommerceDialect dialect)
    {
        var inside = 0;
        Desk? open = null;
        await using var desk = open = await OpenAsync(dialect, WrappedProvider.Around(async (_, scope, order) =>
        {
            // the second call is answered before the first
            if (Interlocked.Increment(ref inside) > 1)
                return PayoutSendResult.Failed("no");
            await open!.Payouts.SendAsync(scope, order.PayoutId);
            return PayoutSendResult.Paid("late");
        }));
        await desk.VerifiedAsync();
        var payout = (await desk.Payouts.SendAsync(desk.Scope, (await desk.ApprovedAsync()).Id)).Value;
        Assert.Equal((PayoutState.Failed, "The provider says Paid."), (payout.State, payout.LastError));
        Assert.Equal((Funds, 0), await desk.HasAsync());
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task By_hand_somebody_else_takes_the_file_pays_and_tells(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync(Profile(provider: "manual", kind: PayoutDestinationKind.Bank) with { Destination = new PayoutDestination(PayoutDestinationKind.Bank, "manual", "6222021234567890", "=An, \"Ning\"", "招商银行") });
        var (paid, failed) = (await desk.ApprovedAsync(300_00), await desk.ApprovedAsync(200_00));
        Assert.Equal("招商银行 ****7890", paid.DestinationMask);
        Assert.Equal(PayoutState.Sending, (await desk.Payouts.SendAsync(desk.Scope, paid.Id)).Value.State);
        await desk.Payouts.SendAsync(desk.Scope, failed.Id);
        await desk.ApprovedAsync(100_00);

        Assert.Equal("\ufeffpayout,amount,currency,kind,bank,account,account_name,exported_before\r\n"
            + $"{paid.Id},296.50,CNY,Bank,招商银行,6222021234567890,\"'=An, \"\"Ning\"\"\",no\r\n{failed.Id},197.00,CNY,Bank,招商银行,6222021234567890,\"'=An, \"\"Ning\"\"\",no\r\n", await FileAsync(desk));
        var exported = (await desk.Payouts.GetAsync(desk.Scope, paid.Id))!;
        Assert.Equal((Boss, 1), (exported.ExportedBy, exported.Exports));
        Assert.Contains($"{paid.Id},296.50,CNY,Bank,招商银行,6222021234567890,\"'=An, \"\"Ning\"\"\",yes\r\n", await FileAsync(desk), StringComparison.Ordinal);

        Assert.Equal("four_eyes", (await desk.Payouts.ConfirmPaidAsync(desk.Scope, paid.Id, "TX1", Ann)).Error!.Code);
        Assert.Equal("four_eyes", (await desk.Payouts.ConfirmFailedAsync(desk.Scope, paid.Id, "no", Ann)).Error!.Code);
        Assert.Equal("reference", (await desk.Payouts.ConfirmPaidAsync(desk.Scope, paid.Id, "", Boss)).Error!.Field);
        Assert.Equal((Funds, 600_00), await desk.HasAsync());
        var done = (await desk.Payouts.ConfirmPaidAsync(desk.Scope, paid.Id, "TX1", Boss)).Value;
        Assert.Equal((PayoutState.Paid, "TX1", Boss), (done.State, done.ProviderReference, done.ConfirmedBy));
        Assert.Equal(done, (await desk.Payouts.ConfirmPaidAsync(desk.Scope, paid.Id, "TX1", Boss)).Value);
        Assert.Equal(CommerceErrors.IllegalTransition, (await desk.Payouts.ConfirmPaidAsync(desk.Scope, paid.Id, "TX2", Boss)).Error!.Code);
        Assert.Equal(CommerceErrors.IllegalTransition, (await desk.Payouts.ConfirmFailedAsync(desk.Scope, paid.Id, "no", Boss)).Error!.Code);
        Assert.Equal("wrong name", (await desk.Payouts.ConfirmFailedAsync(desk.Scope, failed.Id, "wrong name", Boss)).Value.Note);
        Assert.Equal((Funds - 300_00, 100_00), await desk.HasAsync());
        Assert.Equal((296_50, 3_50), (await desk.AtProviderAsync("manual"), await desk.RevenueAsync()));
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData("+8613800138000", "+8613800138000")]
    [InlineData("-12 34", "-12 34")]
    [InlineData("@an.ning", "@an.ning")]
    [InlineData("an+ning@example.com", "an+ning@example.com")]
    [InlineData("GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 19")]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("@SUM(1,2)", "\"'@SUM(1,2)\"")]
    [InlineData("-HYPERLINK(1)", "'-HYPERLINK(1)")]
    public async Task The_file_for_the_bank_has_the_account_as_it_is_and_no_formula(string account, string written)
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        await desk.VerifiedAsync(Profile(account: account, provider: "manual", kind: PayoutDestinationKind.Bank));
        for (var i = 0; i < 2; i++)
            await desk.Payouts.SendAsync(desk.Scope, (await desk.ApprovedAsync(100_00)).Id);
        Assert.Equal(2, (await FileAsync(desk)).Split($",招商银行,{written},An Ning,no\r\n").Length - 1);
    }

    private static async Task<string> FileAsync(Desk desk)
    {
        using var file = new MemoryStream();
        Assert.Equal(2, (await desk.Commerce.Get<IPayoutFile>().WriteAsync(desk.Scope, file, Boss)).Value);
        return Encoding.UTF8.GetString(file.ToArray());
    }
}
