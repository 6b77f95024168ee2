using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>One person with several accounts: as seller and introducer, and as somebody whose name was verified before they joined.</summary>
public sealed class SamePersonTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Who_brought_their_own_second_account_earns_nothing_by_its_sales(CommerceDialect dialect)
    {
        await using var world = await TwoLevelsAsync(dialect);
        await world.SellAsync(await world.SellerAsync("ann"), "first@example.com");
        foreach (var (kind, paid) in new (PromoterSignal?, bool)[] { (null, true), (PromoterSignal.Address, true), (PromoterSignal.Device, false), (PromoterSignal.Contact, false), (PromoterSignal.RealName, false), (PromoterSignal.Payment, false) })
        {
            var name = "ann-" + (kind?.ToString() ?? "friend");
            var link = await world.SellerAsync(name, "ann");
            foreach (var user in new[] { "ann", name })
            {
                if (kind is { } shared)
                    await world.Promoters.SignalAsync(world.Scope, user, shared, shared == PromoterSignal.Contact ? "one@example.com" : "203.0.113." + (int)shared);
            }

            var order = await world.SellAsync(link, $"{name}@example.org");
            var levels = (await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Select(c => (c.Promoter, c.Level));
            (string, int)[] expected = paid ? [(name, 1), ("ann", 2)] : [(name, 1)];
            Assert.Equal(expected, levels);
        }

        // other kinds with the same value prove nothing
        Assert.Equal(100L + 20 + 20, (await world.HasAsync("ann")).Pending);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_name_and_an_account_that_were_verified_before_joining_are_known_from_joining_on(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { Eligibility = [new("verified_identity", "is", "true")] });
        await VerifiedAsync(world, "ann", "acc-ann");
        await VerifiedAsync(world, "ann-too", "acc-two");
        var link = await world.SellerAsync("ann");
        await world.JoinAsync("ann-too");
        Assert.Equal(SelfReferral.RealName, await RefusedAsync(world, Request(link.Code, contact: "second@example.com", user: "ann-too")));
        var paid = await world.OrderAsync(Request(link.Code, contact: "other@example.com"));
        await world.Shop.ApplyAsync(Shop.Event(paid) with { Payer = "acc-ann" });
        Assert.Equal(SelfReferral.Payment, (await world.Records.AttributionAsync(world.Scope, paid.OrderId))!.Refused);
        // and who was verified may sell by a plan that asks for it
        await world.SellAsync(link, "stranger@example.com");
        Assert.Equal(100L, (await world.HasAsync("ann")).Pending);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_is_verified_of_a_promoter_is_known_at_once_and_what_was_lost_of_it_is_found_at_night(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        await world.JoinAsync("ann-too");
        await VerifiedAsync(world, "ann", "acc-ann");
        await VerifiedAsync(world, "ann-too", "acc-two");
        // not verified, not known
        await world.JoinAsync("bob");
        Ok(await world.Shop.Commerce.Get<IPayees>().SaveAsync(world.Scope, Profile("bob", "acc-bob"), "bob"));
        Task<IReadOnlyList<(string Promoter, string Kind)>> KnownAsync() => world.Shop.Commerce.Database.ReadAsync(
            world.Scope, c => c.QueryAsync<(string, string)>("select promoter, kind from referral_identity where tenant = @tenant and kind in ('RealName', 'Payment') order by promoter, kind"));
        (string, string)[] all = [("ann", "Payment"), ("ann", "RealName"), ("ann-too", "Payment"), ("ann-too", "RealName")];
        Assert.Equal(all, await KnownAsync());
        // as it was of those who were verified first and joined later
        await world.Shop.CorruptAsync("delete from referral_identity where kind in ('RealName', 'Payment')");
        Assert.Null(await RefusedAsync(world, Request(link.Code, contact: "second@example.com", user: "ann-too")));
        await world.Maintenance.ScanAsync(world.Scope);
        Assert.Equal(all, await KnownAsync());
        Assert.Equal(SelfReferral.RealName, await RefusedAsync(world, Request(link.Code, contact: "third@example.com", user: "ann-too")));
    }

    private static async Task<string?> RefusedAsync(ReferralWorld world, Commerce.Ordering.OrderRequest request) =>
        (await world.Records.AttributionAsync(world.Scope, (await world.OrderAsync(request)).OrderId))!.Refused;

    private static PayeeProfile Profile(string owner, string account) => new()
    {
        Owner = owner,
        Name = owner,
        Identity = new PayeeIdentity("李 安", "110101199003070000"),
        Destination = new PayoutDestination(PayoutDestinationKind.Bank, "manual", account, "李 安", "ICBC"),
    };

    private static async Task VerifiedAsync(ReferralWorld world, string owner, string account)
    {
        var payees = world.Shop.Commerce.Get<IPayees>();
        var saved = Ok(await payees.SaveAsync(world.Scope, Profile(owner, account), owner));
        var known = Ok(await payees.VerifyIdentityAsync(world.Scope, owner, saved.Version, "boss"));
        Ok(await payees.VerifyDestinationAsync(world.Scope, owner, known.Version, "boss"));
    }

    private static async Task<ReferralWorld> TwoLevelsAsync(CommerceDialect dialect)
    {
        var world = await OpenAsync(dialect, program: p => p with { Jurisdiction = "DE" });
        await world.ApproveAsync();
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.PlanAsync(TwoLevels());
        return world;
    }
}
