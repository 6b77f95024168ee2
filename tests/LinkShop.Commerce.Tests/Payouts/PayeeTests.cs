using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Tests.Payments;
using Microsoft.Extensions.DependencyInjection;
using static LinkShop.Commerce.Tests.Payouts.Desk;

namespace LinkShop.Commerce.Tests.Payouts;

public sealed class PayeeTests
{
    [Fact]
    public async Task A_payee_who_asks_for_a_payout_at_the_moment_it_is_forgotten_is_kept()
    {
        await using var desk = await Desk.OpenAsync(CommerceDialect.Postgres);
        await desk.VerifiedAsync();
        var gate = await OrderGate.CloseTableAsync(desk.Commerce.ConnectionString, "payout");
        var asked = Task.Run(() => desk.Payouts.RequestAsync(desk.Scope, Desk.Request(300_00)));
        await gate.WaitForAsync(1);
        var forgotten = Task.Run(() => desk.Payees.ForgetAsync(desk.Scope, Desk.Ann));
        await gate.OpenWhenWaitingAsync(2);
        await Task.WhenAll(asked, forgotten);
        Assert.True((await asked).Succeeded);
        Assert.NotNull(await desk.Payees.GetAsync(desk.Scope, Desk.Ann));
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_is_left_out_is_kept_and_what_is_the_same_stays_verified(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var renamed = (await desk.Payees.SaveAsync(desk.Scope, new PayeeProfile { Owner = Ann, Name = " Ann " }, Ann)).Value;
        Assert.Equal(Profile() with { Name = "Ann", TaxCountry = "CN" }, renamed.Profile);
        Assert.Equal((Clerk, Clerk), (renamed.IdentityVerifiedBy, renamed.DestinationVerifiedBy));
        var again = (await desk.Payees.SaveAsync(desk.Scope, Profile(), Ann)).Value;
        Assert.Equal((Clerk, Clerk), (again.IdentityVerifiedBy, again.DestinationVerifiedBy));
        Assert.Equal(again, await desk.Payees.GetAsync(desk.Scope, Ann));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task When_the_last_of_a_payee_is_verified_that_is_told_once_and_again_after_a_change(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        Assert.Equal(1, await ToldAsync());
        var version = (await desk.Payees.GetAsync(desk.Scope, Ann))!.Version;
        Assert.True((await desk.Payees.VerifyIdentityAsync(desk.Scope, Ann, version, Clerk)).Succeeded);
        Assert.Equal(1, await ToldAsync());
        var changed = (await desk.Payees.SaveAsync(desk.Scope, Profile(account: "other"), Ann)).Value;
        Assert.True((await desk.Payees.VerifyDestinationAsync(desk.Scope, Ann, changed.Version, Clerk)).Succeeded);
        Assert.Equal(2, await ToldAsync());

        async Task<int> ToldAsync() => (await desk.EventsAsync("PayeeVerified")).Count;
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_name_that_staff_gave_stays_however_often_the_payee_saves_at_the_same_time(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        var own = Profile() with { Name = "ann", KeepsName = true };
        Assert.Equal("ann", (await desk.Payees.SaveAsync(desk.Scope, own, Ann)).Value.Profile.Name);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => i == 6
            ? desk.Payees.SaveAsync(desk.Scope, Profile() with { Name = "Ann of the first floor" }, Clerk)
            : desk.Payees.SaveAsync(desk.Scope, own with { TaxId = $"T{i}" }, Ann)));
        var stored = (await desk.Payees.GetAsync(desk.Scope, Ann))!;
        Assert.Equal(("Ann of the first floor", 13L), (stored.Profile.Name, stored.Version));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_changed_destination_is_unverified_again_and_refused_and_payouts_before_it_keep_theirs(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var earlier = await desk.ApprovedAsync(100_00);
        var changed = (await desk.Payees.SaveAsync(desk.Scope, Profile(account: "fail"), Ann)).Value;
        Assert.Equal((Clerk, null), (changed.IdentityVerifiedBy, changed.DestinationVerifiedBy));
        var before = await desk.AllRowsAsync();
        Assert.Equal(["destination_unverified"], (await desk.Payouts.RequestAsync(desk.Scope, Request())).Errors.Select(e => e.Code));
        Assert.Equal(before, await desk.AllRowsAsync());
        // the new account would fail
        Assert.Equal(PayoutState.Paid, (await desk.Payouts.SendAsync(desk.Scope, earlier.Id)).Value.State);

        changed = (await desk.Payees.SaveAsync(desk.Scope, Profile(account: "fail") with { Identity = new PayeeIdentity("Ann Other", "1") }, Ann)).Value;
        Assert.Equal((null, null), (changed.IdentityVerifiedBy, changed.DestinationVerifiedBy));
        Assert.Equal(["identity_unverified", "destination_unverified"], (await desk.Payouts.RequestAsync(desk.Scope, Request())).Errors.Select(e => e.Code));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_request_during_which_the_destination_changes_pays_neither_to_the_one_before_nor_unseen_to_the_new(CommerceDialect dialect)
    {
        Desk? open = null;
        var armed = false;
        await using var desk = open = await OpenAsync(dialect, Meanwhile.Around(async () =>
        {
            if (!armed)
                return;
            armed = false;
            var changed = (await open!.Payees.SaveAsync(open.Scope, Profile(account: "another-1234"), Ann)).Value;
            Assert.True((await open.Payees.VerifyDestinationAsync(open.Scope, Ann, changed.Version, Clerk)).Succeeded);
        }));
        await desk.VerifiedAsync();
        var before = await desk.AllRowsAsync();
        armed = true;
        var refused = await desk.Payouts.RequestAsync(desk.Scope, Request());
        Assert.Equal((CommerceErrors.Conflict, "destination"), (refused.Error?.Code, refused.Error?.Field));
        Assert.False(armed);
        Assert.Equal(before, await desk.AllRowsAsync());
        Assert.EndsWith("1234", (await desk.RequestedAsync()).DestinationMask, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_changed_tax_profile_is_verified_again_and_by_nobody_who_entered_any_of_it(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        // the same again changes nothing
        var same = (await desk.Payees.SaveAsync(desk.Scope, Profile(), Boss)).Value;
        Assert.Equal((Clerk, Clerk), (same.IdentityVerifiedBy, same.DestinationVerifiedBy));
        foreach (var changed in new[] { Profile() with { TaxId = "OTHER-1" }, Profile() with { TaxId = "OTHER-1", TaxCountry = "sg" } })
        {
            var saved = (await desk.Payees.SaveAsync(desk.Scope, changed, Boss)).Value;
            Assert.Equal((null, Clerk), (saved.IdentityVerifiedBy, saved.DestinationVerifiedBy));
            var before = await desk.AllRowsAsync();
            Assert.Equal(["identity_unverified"], (await desk.Payouts.RequestAsync(desk.Scope, Request())).Errors.Select(e => e.Code));
            Assert.Equal(before, await desk.AllRowsAsync());
            Assert.Equal("four_eyes", (await desk.Payees.VerifyIdentityAsync(desk.Scope, Ann, saved.Version, Boss)).Error?.Code);
            Assert.Equal("four_eyes", (await desk.Payees.VerifyIdentityAsync(desk.Scope, Ann, saved.Version, Ann)).Error?.Code);
            Assert.True((await desk.Payees.VerifyIdentityAsync(desk.Scope, Ann, saved.Version, Clerk)).Succeeded);
        }

        await desk.RequestedAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Nobody_vouches_for_what_is_their_own_or_what_they_entered_or_did_not_see(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        var saved = (await desk.Payees.SaveAsync(desk.Scope, Profile(), Clerk)).Value;
        foreach (var actor in new[] { Ann, Clerk })
        {
            Assert.Equal("four_eyes", (await desk.Payees.VerifyIdentityAsync(desk.Scope, Ann, saved.Version, actor)).Error!.Code);
            Assert.Equal("four_eyes", (await desk.Payees.VerifyDestinationAsync(desk.Scope, Ann, saved.Version, actor)).Error!.Code);
        }

        await desk.Payees.SaveAsync(desk.Scope, Profile(account: "another"), Ann);
        Assert.Equal(CommerceErrors.Conflict, (await desk.Payees.VerifyDestinationAsync(desk.Scope, Ann, saved.Version, Boss)).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await desk.Payees.VerifyDestinationAsync(desk.Scope, "user-ben", 1, Boss)).Error!.Code);
        await desk.Payees.SaveAsync(desk.Scope, new PayeeProfile { Owner = "user-ben", Name = "Ben" }, "user-ben");
        Assert.Equal("destination_missing", (await desk.Payees.VerifyDestinationAsync(desk.Scope, "user-ben", 1, Boss)).Error!.Code);
        Assert.Equal("identity_missing", (await desk.Payees.VerifyIdentityAsync(desk.Scope, "user-ben", 1, Boss)).Error!.Code);
        Assert.Equal(0, await desk.Commerce.CountAsync("payee", "destination_verified_at is not null or identity_verified_at is not null"));
        await Assert.ThrowsAnyAsync<Exception>(() => desk.CorruptAsync("update payee set destination_verified_at = 1, destination_verified_by = destination_by where owner = 'user-ann'"));
        await Assert.ThrowsAnyAsync<Exception>(() => desk.CorruptAsync("update payee set identity_verified_at = 1, identity_verified_by = owner where owner = 'user-ann'"));
        await desk.CorruptAsync("update payee set identity_verified_at = 1, identity_verified_by = 'x' where owner = 'user-ann'");
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Whatever_is_entered_wrong_is_named_and_nothing_is_stored(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        var wrong = new PayeeProfile
        {
            Owner = Ann, Name = " ", Identity = new PayeeIdentity("", new string('1', 101)), TaxId = "1", TaxCountry = "China",
            Destination = new PayoutDestination(PayoutDestinationKind.Bank, "sandbox", "1\n2", "Ann"),
        };
        Assert.Equal(
            [("required", "name"), ("required", "identity.legalName"), ("too_long", "identity.idNumber"), ("invalid", "taxCountry"), ("invalid", "destination.account"), ("required", "destination.bank"), ("invalid", "destination.kind")],
            (await desk.Payees.SaveAsync(desk.Scope, wrong, Ann)).Errors.Select(e => (e.Code, e.Field!)));
        var others = wrong with { Name = "Ann", Identity = null, TaxId = null, TaxCountry = "CN", Destination = new PayoutDestination(PayoutDestinationKind.Sandbox, "nobody", "1", "Ann", "Bank") };
        Assert.Equal(["taxId", "destination.bank", "destination.provider"], (await desk.Payees.SaveAsync(desk.Scope, others, Ann)).Errors.Select(e => e.Field));
        Assert.Equal(0, await desk.Commerce.CountAsync("payee"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_shop_of_the_house_is_a_payee_too_and_lists_go_page_by_page(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        await desk.VerifiedAsync(Profile(owner: ""));
        await desk.Payees.SaveAsync(desk.Scope, new PayeeProfile { Owner = "user-ben", Name = "Ben" }, Clerk);
        await desk.Payees.SaveAsync(desk.Scope, Profile(owner: "user-cy"), Clerk);
        Assert.Equal(["", Ann], (await desk.Payees.ListAsync(desk.Scope, take: 2)).Select(p => p.Owner));
        Assert.Equal(["user-ben", "user-cy"], (await desk.Payees.ListAsync(desk.Scope, afterOwner: Ann)).Select(p => p.Owner));
        var waiting = Assert.Single(await desk.Payees.ListAsync(desk.Scope, unverifiedOnly: true));
        Assert.Equal(("user-cy", "Ann's cards", "Sandbox ****7890", true, true), (waiting.Owner, waiting.Name, waiting.DestinationMask, waiting.HasIdentity, waiting.HasTaxProfile));

        await desk.FundAsync("", 500_00);
        var house = (await desk.Payouts.RequestAsync(desk.Scope, Request(owner: "") with { Actor = Boss })).Value;
        Assert.Equal("four_eyes", (await desk.Payouts.ApproveAsync(desk.Scope, house.Id, Boss)).Error!.Code);
        await desk.Payouts.ApproveAsync(desk.Scope, house.Id, Clerk);
        Assert.Equal(PayoutState.Paid, (await desk.Payouts.SendAsync(desk.Scope, house.Id)).Value.State);
        await desk.AssertSoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Two_who_save_the_same_new_payee_at_once_are_one_after_the_other(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        var second = desk.InSecondProcess();
        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? desk : second).Payees.SaveAsync(desk.Scope, Profile(), Ann))));
        await second.Commerce.DisposeAsync();
        Assert.Equal(Enumerable.Range(1, 8).Select(i => (long)i), saved.Select(s => s.Value.Version).Order());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task No_secret_is_in_plain_text_in_the_database_or_in_what_a_log_would_print(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        var payout = await desk.ApprovedAsync();
        await desk.Payouts.SendAsync(desk.Scope, payout.Id);
        var payee = (await desk.Payees.GetAsync(desk.Scope, Ann))!;
        string[] secrets = ["6222021234567890", "110101199003070017", "91110000600037341L", "An Ning", "Ann's cards"];
        var tables = await desk.Commerce.Database.ReadSystemAsync(c => c.QueryAsync<string>(dialect == CommerceDialect.Sqlite
            ? "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
            : "select table_name from information_schema.tables where table_schema = current_schema()"));
        Assert.Contains("payout", tables);
        foreach (var table in tables)
        {
            foreach (var secret in secrets)
                Assert.Equal(0, await OccursAsync(desk, table, secret));
        }

        // and the search finds what is there
        Assert.Equal(1, await OccursAsync(desk, "payout", "Sandbox ****7890"));
        foreach (var secret in secrets)
            Assert.DoesNotContain(secret, $"{payee} {payee.Profile} {payee.Profile.Identity} {payee.Profile.Destination} {new PayoutOrder("x", Yuan(1), payee.Profile.Destination!)}", StringComparison.Ordinal);
    }

    private static async Task<long> OccursAsync(Desk desk, string table, string text)
    {
        if (desk.Commerce.Dialect == CommerceDialect.Postgres)
        {
            // a blob is printed in hexadecimal
            var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
            return await desk.Commerce.CountAsync(table, $"{table}::text like '%{text.Replace("'", "''", StringComparison.Ordinal)}%' or {table}::text like '%{hex}%'");
        }

        var columns = await desk.Commerce.Database.ReadSystemAsync(c => c.QueryAsync<string>($"select name from pragma_table_info('{table}')"));
        var inHex = Convert.ToHexString(Encoding.UTF8.GetBytes(text));
        return await desk.Commerce.CountAsync(table, string.Join(" or ", columns.Select(c => $"hex({c}) like '%{inHex}%'")));
    }

    /// <summary>Something happens while the sandbox is asked whether it can be used: between the look at the payee and the write.</summary>
    private sealed class Meanwhile(IPayoutProvider inner, Func<Task> happens) : IPayoutProvider
    {
        public string Name => inner.Name;

        public string DisplayName => inner.DisplayName;

        public IReadOnlyList<PayoutDestinationKind> DestinationKinds => inner.DestinationKinds;

        public bool IsByHand => inner.IsByHand;

        public static Action<IServiceCollection> Around(Func<Task> happens) => services =>
        {
            services.Remove(services.Single(s => s.ImplementationType == typeof(SandboxPayoutProvider)));
            services.AddSingleton<IPayoutProvider>(p => new Meanwhile(ActivatorUtilities.CreateInstance<SandboxPayoutProvider>(p), happens));
        };

        public async ValueTask<bool> IsUsableAsync(TenantScope scope, CancellationToken cancellationToken = default)
        {
            await happens();
            return await inner.IsUsableAsync(scope, cancellationToken);
        }

        public Task<PayoutSendResult> SendAsync(TenantScope scope, PayoutOrder order, CancellationToken cancellationToken = default) => inner.SendAsync(scope, order, cancellationToken);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_a_deleted_account_it_is_forgotten_who_is_paid_unless_something_was(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync();
        await desk.VerifiedAsync(Profile("bob"));
        // called off: nothing was paid
        var payout = await desk.RequestedAsync();
        Assert.True((await desk.Payouts.CancelAsync(desk.Scope, payout.Id, Ann)).Succeeded);
        await desk.As(TestCommerce.Other).Payees.ForgetAsync(TestCommerce.Other, Ann);
        Assert.NotNull(await desk.Payees.GetAsync(desk.Scope, Ann));
        await desk.Payees.ForgetAsync(desk.Scope, Ann);
        await desk.Payees.ForgetAsync(desk.Scope, Ann);
        Assert.Null(await desk.Payees.GetAsync(desk.Scope, Ann));
        Assert.NotNull(await desk.Payees.GetAsync(desk.Scope, "bob"));

        await desk.VerifiedAsync();
        Assert.True((await desk.Payouts.SendAsync(desk.Scope, (await desk.ApprovedAsync()).Id)).Succeeded);
        await desk.Payees.ForgetAsync(desk.Scope, Ann);
        Assert.NotNull(await desk.Payees.GetAsync(desk.Scope, Ann));
    }
}
