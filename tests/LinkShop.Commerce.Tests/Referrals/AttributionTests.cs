using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

public sealed class AttributionTests
{
    [Fact]
    public async Task A_plan_is_in_force_while_it_is_active_within_its_time_and_promotion_is_on()
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite);
        var clock = world.Shop.Commerce.Clock;
        Task<bool> AnyAsync() => world.Plans.AnyInForceAsync(world.Scope);
        Assert.True(await AnyAsync());
        Assert.False(await world.Plans.AnyInForceAsync(new TenantScope("another")));
        Ok(await world.Programs.SwitchAsync(world.Scope, false, "stop", "root"));
        Assert.False(await AnyAsync());
        Ok(await world.Programs.SwitchAsync(world.Scope, true, "on", "root"));
        Assert.True(await AnyAsync());
        Ok(await world.Plans.MoveAsync(world.Scope, "plan", ReferralPlanState.Paused, "wait", "ann"));
        Assert.False(await AnyAsync());
        Ok(await world.Plans.SaveAsync(world.Scope, Plan("later") with { From = clock.GetUtcNow().AddDays(1), Until = clock.GetUtcNow().AddDays(2) }, "ann"));
        Assert.False(await AnyAsync());
        Ok(await world.Plans.MoveAsync(world.Scope, "later", ReferralPlanState.Active, "begin", "ann"));
        Assert.False(await AnyAsync());
        clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await AnyAsync());
        clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await AnyAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_plan_said_of_a_link_is_the_one_that_an_order_by_it_gets(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        async Task<string?> AgreedAsync(ReferralLink link)
        {
            var said = await world.Plans.OfLinkAsync(world.Scope, link, "CNY");
            var order = await world.OrderAsync(Request(link.Code, contact: Guid.NewGuid().ToString("n") + "@example.com"));
            Assert.Equal((await world.Records.AttributionAsync(world.Scope, order.OrderId))?.PlanId, said?.Id);
            return said?.Id;
        }

        var ann = await world.SellerAsync("ann");
        var autumn = await world.LinkAsync("ann", campaign: "autumn");
        Assert.Equal("plan", await AgreedAsync(ann));
        async Task AddAsync(string id, Func<ReferralPlan, ReferralPlan> change)
        {
            // the one that was changed last is asked first
            world.Shop.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.PlanAsync(change(Plan(id)));
        }

        await AddAsync("autumn", p => p with { Rates = [new ReferralRate { Id = "autumn", BasisPoints = 500, Campaign = "autumn" }] });
        await AddAsync("best", p => p with { Eligibility = [new("own_sales", "at_least", "1000")] });
        await AddAsync("dollars", p => p with { Currency = "USD" });
        await AddAsync("later", p => p with { From = world.Shop.Commerce.Clock.GetUtcNow().AddDays(90) });
        await AddAsync("others", p => p with { Promoters = ["bob"] });
        Assert.Equal(("plan", "autumn"), (await AgreedAsync(ann), await AgreedAsync(autumn)));
        Assert.Equal("dollars", (await world.Plans.OfLinkAsync(world.Scope, ann, "USD"))!.Id);
        await world.SellAsync(ann);
        await world.NightAsync();
        Assert.Equal("best", await AgreedAsync(ann));
        Ok(await world.Links.SwitchAsync(world.Scope, "ann", autumn.Id, false));
        Assert.Null(await AgreedAsync(autumn with { Active = false }));
        Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Looks odd.", "rev"));
        Assert.Null(await AgreedAsync(ann));
        var bob = await world.SellerAsync("bob");
        Assert.Equal("others", await AgreedAsync(bob));
        Ok(await world.Programs.SwitchAsync(world.Scope, false, "an alarm", "boss"));
        Assert.Null(await AgreedAsync(bob));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_order_by_code_is_the_promoters_with_plan_version_and_evidence(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var order = await world.OrderAsync(Request($"复制口令 #{link.Code!.ToLowerInvariant()}# 打开小铺"));
        var attribution = (await world.Records.AttributionAsync(world.Scope, order.OrderId))!;
        Assert.Equal(("ann", link.Id, "plan", 1L, AttributionVia.Code, true, null), (attribution.Promoter, attribution.LinkId, attribution.PlanId, attribution.PlanVersion, attribution.Via, attribution.FirstOrder, attribution.Refused));
        Assert.Contains("\"won\"", attribution.Evidence);
        await world.Plans.SaveAsync(world.Scope, Plan() with { Version = 1, Rates = [new ReferralRate { Id = "less", BasisPoints = 100 }] }, "ann");
        await world.Shop.ApplyAsync(Shop.Event(order));
        // it keeps the version it was made under
        var commission = Assert.Single(await world.Records.OfOrderAsync(world.Scope, order.OrderId));
        Assert.Equal((1L, 100L), (commission.PlanVersion, commission.Amount.Minor));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Models_differ_in_who_wins(CommerceDialect dialect)
    {
        foreach (var (model, winner) in new[] { (AttributionModel.LastClick, "bob"), (AttributionModel.FirstClick, "ann"), (AttributionModel.CodeWins, "cat") })
        {
            await using var world = await OpenAsync(dialect, program: p => p with { Model = model });
            var (ann, bob, cat) = (await world.SellerAsync("ann"), await world.SellerAsync("bob"), await world.SellerAsync("cat"));
            var first = await world.ClickAsync(ann);
            world.Shop.Commerce.Clock.Advance(TimeSpan.FromHours(1));
            var second = await world.ClickAsync(bob);
            world.Shop.Commerce.Clock.Advance(TimeSpan.FromHours(1));
            var order = await world.OrderAsync(Request(model == AttributionModel.CodeWins ? cat.Code : null, [first, second]));
            Assert.Equal(winner, (await world.Records.AttributionAsync(world.Scope, order.OrderId))!.Promoter);
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_two_pasted_codes_the_one_that_is_marked_first_wins_as_in_the_search(CommerceDialect dialect)
    {
        foreach (var model in Enum.GetValues<AttributionModel>())
        {
            await using var world = await OpenAsync(dialect, program: p => p with { Model = model });
            var (ann, bob) = (await world.SellerAsync("ann"), await world.SellerAsync("bob"));
            var winners = new List<string?>();
            foreach (var (first, second) in new[] { (ann, bob), (bob, ann) })
            {
                var order = await world.OrderAsync(Request($"买这个 #{first.Code}# 或者 #{second.Code}#"));
                winners.Add((await world.Records.AttributionAsync(world.Scope, order.OrderId))!.Promoter);
                Assert.Equal(first.Id, (await world.Links.ResolveAsync(world.Scope, $"#{first.Code}# #{second.Code}#"))!.Id);
            }

            Assert.Equal((model, "ann", "bob"), (model, winners[0], winners[1]));
            // one that can't be used leaves the sale to the next
            Ok(await world.Links.SwitchAsync(world.Scope, "ann", ann.Id, false));
            var other = await world.OrderAsync(Request($"#{ann.Code}# #{bob.Code}#"));
            Assert.Equal("bob", (await world.Records.AttributionAsync(world.Scope, other.OrderId))!.Promoter);
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_campaigns_rate_is_for_those_promoters_that_it_names_and_for_everybody_when_it_names_none(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { Rates = [new ReferralRate { Id = "all", BasisPoints = 500 }, new ReferralRate { Id = "partners", BasisPoints = 1_500, Campaign = "partners", Promoters = ["bob"] }, new ReferralRate { Id = "spring", BasisPoints = 1_000, Campaign = "spring" }] });
        // changed later, so asked first; it has a rate for its campaign only
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.PlanAsync(Plan("closed") with { Rates = [new ReferralRate { Id = "friends", BasisPoints = 2_000, Campaign = "friends", Promoters = ["bob"] }] });
        foreach (var (user, campaign, amount) in new[] { ("ann", "partners", 50L), ("bob", "partners", 150L), ("bob", "", 50L), ("ann", "spring", 100L), ("ann", "friends", 50L), ("bob", "friends", 200L) })
        {
            if (await world.Promoters.FindAsync(world.Scope, user) is null)
                await world.JoinAsync(user);
            var order = await world.SellAsync(await world.LinkAsync(user, campaign: campaign), $"{user}-{campaign}@example.com");
            Assert.Equal((user, campaign, amount), (user, campaign, Assert.Single(await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Amount.Minor));
        }

        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_plan_whose_rates_are_all_for_others_takes_nobody_from_the_plan_for_everybody(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.PlanAsync(Plan("partners") with { Rates = [new ReferralRate { Id = "partners", BasisPoints = 2_000, Promoters = ["bob"] }] });
        foreach (var (user, amount) in new[] { ("ann", 100L), ("bob", 200L) })
        {
            var order = await world.SellAsync(await world.SellerAsync(user), user + "s-buyer@example.com");
            Assert.Equal((user, amount), (user, Assert.Single(await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Amount.Minor));
        }

        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_phone_number_that_a_promoter_says_is_known_however_an_order_writes_it(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var join = new PromoterJoin { UserId = "ann", Name = "ann", ConfirmsAdult = true, Phone = "138 0013 8000" };
        Assert.Equal((CommerceErrors.Invalid, "phone"), (await world.Promoters.JoinAsync(world.Scope, join with { Phone = "call me" })) is { Error: { } error } ? (error.Code, error.Field) : default);
        Assert.Null(await world.Promoters.FindAsync(world.Scope, "ann"));
        Ok(await world.Promoters.JoinAsync(world.Scope, join));
        var link = await world.LinkAsync("ann");
        var own = await world.OrderAsync(Request(link.Code, contact: "+86-138-0013-8000"));
        Assert.Equal(SelfReferral.Contact, (await world.Records.AttributionAsync(world.Scope, own.OrderId))!.Refused);
        var other = await world.OrderAsync(Request(link.Code, contact: "13800138001"));
        Assert.Null((await world.Records.AttributionAsync(world.Scope, other.OrderId))!.Refused);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_click_counts_within_its_window_and_on_the_accounts_other_devices(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var token = await world.ClickAsync(link);
        await world.Clicks.SignedInAsync(world.Scope, "buyer", [token]);
        var elsewhere = await world.OrderAsync(Shop.Request() with { UserId = "buyer" });
        Assert.Equal(AttributionVia.Account, (await world.Records.AttributionAsync(world.Scope, elsewhere.OrderId))!.Via);
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromDays(31));
        var late = await world.OrderAsync(Request(tokens: [token], user: "buyer"));
        Assert.Null(await world.Records.AttributionAsync(world.Scope, late.OrderId));
    }

    [Fact]
    public async Task A_token_that_was_changed_or_made_up_is_nobodys()
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite);
        var (ann, bob) = (await world.SellerAsync("ann"), await world.SellerAsync("bob"));
        var token = await world.ClickAsync(ann);
        foreach (var forged in new[] { token.Replace(ann.Id, bob.Id, StringComparison.Ordinal), $"{CommerceId.New(DateTimeOffset.UtcNow)}.{bob.Id}.{token.Split('.')[2]}", "x", "", "a.b.c" })
        {
            var order = await world.OrderAsync(Request(tokens: [forged]));
            Assert.Null(await world.Records.AttributionAsync(world.Scope, order.OrderId));
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_attribution_is_written_once_and_never_changed(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var (ann, bob) = (await world.SellerAsync("ann"), await world.SellerAsync("bob"));
        var request = Request(ann.Code) with { IdempotencyKey = "k" };
        var order = await world.OrderAsync(request);
        Assert.Equal(order.OrderId, (await world.OrderAsync(request)).OrderId);
        await Assert.ThrowsAnyAsync<Exception>(() => world.Shop.CorruptAsync($"update referral_attribution set promoter = 'bob', link = '{bob.Id}'"));
        await Assert.ThrowsAnyAsync<Exception>(() => world.Shop.CorruptAsync("delete from referral_attribution"));
        await Assert.ThrowsAnyAsync<Exception>(() => world.Shop.CorruptAsync("insert into referral_attribution select tenant, order_id, 'bob', link, plan_id, version, levels, model, via, channel, campaign, buyer, buyer_promoter, first_order, touched_at, evidence, refused, at from referral_attribution"));
        Assert.Equal("ann", (await world.Records.AttributionAsync(world.Scope, order.OrderId))!.Promoter);
        Assert.Equal(1, await world.Shop.Commerce.CountAsync("referral_attribution"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Who_buys_by_the_own_link_earns_nothing_and_pays_the_full_price(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { BuyerDiscountBasisPoints = 500 });
        await world.JoinAsync("ann", contacts: ["Ann.Lee+shop@gmail.com", "+86 138-0013-8000"], device: "phone-1");
        await world.Promoters.SignalAsync(world.Scope, "ann", PromoterSignal.Payment, "openid-ann");
        // a second account of the same person
        await world.JoinAsync("ann-too");
        foreach (var user in new[] { "ann", "ann-too" })
            await world.Promoters.SignalAsync(world.Scope, user, PromoterSignal.RealName, "李 安");
        var link = await world.LinkAsync("ann");
        foreach (var (request, why) in new[]
        {
            (Request(link.Code, user: "ann"), SelfReferral.Account),
            (Request(link.Code, contact: "annlee@googlemail.com"), SelfReferral.Contact),
            (Request(link.Code, contact: "13800138000"), SelfReferral.Contact),
            (Request(link.Code, device: "phone-1"), SelfReferral.Device),
            (Request(link.Code, contact: "second@example.com", user: "ann-too"), SelfReferral.RealName),
        })
        {
            var order = await world.OrderAsync(request);
            Assert.Equal(1000, order.Total.Minor);
            await world.Shop.ApplyAsync(Shop.Event(order));
            Assert.Equal(why, (await world.Records.AttributionAsync(world.Scope, order.OrderId))!.Refused);
            Assert.Empty(await world.Records.OfOrderAsync(world.Scope, order.OrderId));
        }

        // a stranger by all signs but the account it is paid from
        var paid = await world.OrderAsync(Request(link.Code, contact: "other@example.com"));
        await world.Shop.ApplyAsync(Shop.Event(paid) with { Payer = "openid-ann" });
        Assert.Equal(SelfReferral.Payment, (await world.Records.AttributionAsync(world.Scope, paid.OrderId))!.Refused);
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
        await world.SoundAsync();
    }

    [Fact]
    public async Task A_promoter_who_clicked_the_own_link_last_doesnt_take_the_sale_from_who_was_there_before()
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite);
        var (ann, bob) = (await world.SellerAsync("ann"), await world.SellerAsync("bob"));
        var first = await world.ClickAsync(ann);
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        var own = await world.ClickAsync(bob);
        var order = await world.OrderAsync(Request(tokens: [first, own], user: "bob"));
        Assert.Equal("ann", (await world.Records.AttributionAsync(world.Scope, order.OrderId))!.Promoter);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Kill_switches_stop_program_plan_and_promoter_at_once(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var before = await world.OrderAsync(Request(link.Code));
        async Task NobodyAsync(string contact)
        {
            var order = await world.OrderAsync(Request(link.Code, contact: contact));
            Assert.Null(await world.Records.AttributionAsync(world.Scope, order.OrderId));
        }

        Ok(await world.Programs.SwitchAsync(world.Scope, false, "audit", "root"));
        await NobodyAsync("a@example.com");
        Assert.Equal(ReferralErrors.ProgramOff, (await world.Promoters.JoinAsync(world.Scope, new PromoterJoin { UserId = "x", Name = "x", ConfirmsAdult = true })).Error!.Code);
        await world.Shop.ApplyAsync(Shop.Event(before));
        Assert.Empty(await world.Records.OfOrderAsync(world.Scope, before.OrderId));
        Ok(await world.Programs.SwitchAsync(world.Scope, true, "fine", "root"));

        Ok(await world.Promoters.KillAsync(world.Scope, "ann", true, "spam", "root"));
        await NobodyAsync("b@example.com");
        Ok(await world.Promoters.KillAsync(world.Scope, "ann", false, "was a mistake", "root"));

        Ok(await world.Plans.MoveAsync(world.Scope, "plan", ReferralPlanState.Killed, "unlawful", "root"));
        await NobodyAsync("c@example.com");
        Assert.Equal(CommerceErrors.IllegalTransition, (await world.Plans.MoveAsync(world.Scope, "plan", ReferralPlanState.Active, "again", "root")).Error!.Code);
        await world.SoundAsync();
    }

    [Fact]
    public async Task A_code_takes_its_discount_off_in_quote_and_order_and_not_beside_a_coupon()
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite, p => p with { BuyerDiscountBasisPoints = 500 });
        var link = await world.SellerAsync("ann");
        var quote = Ok(await world.Shop.Ordering.QuoteAsync(world.Scope, Request(link.Code)));
        Assert.Equal((50L, 950L), (quote.Discount.Minor, quote.Total.Minor));
        // a click has none
        Assert.Equal(1000, (await world.OrderAsync(Request(tokens: [await world.ClickAsync(link)], contact: "click@example.com"))).Total.Minor);
        var order = await world.OrderAsync(Request(link.Code) with { ExpectedTotalMinor = 950 });
        await world.Shop.ApplyAsync(Shop.Event(order));
        Assert.Equal(95, Assert.Single(await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Amount.Minor);
        Ok(await world.Shop.Coupons.SaveAsync(world.Scope, new() { Code = "OFF", Kind = Commerce.Coupons.CouponKind.Fixed, Currency = "CNY", AmountMinor = 100 }));
        var both = Ok(await world.Shop.Ordering.QuoteAsync(world.Scope, Request(link.Code) with { CouponCode = "off" }));
        Assert.Equal(100, both.Discount.Minor);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_the_buyer_gets_off_by_the_code_is_taken_from_what_the_caps_leave_the_promoter(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { BuyerDiscountBasisPoints = 500, CapBasisPoints = 1_000 });
        var order = await world.SellAsync(await world.SellerAsync("ann"));
        // a tenth of 950 less the 50
        Assert.Equal((950L, 45L), (order.Total.Minor, Assert.Single(await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Amount.Minor));
        Assert.Equal((45L, 0L, 0L), await world.HasAsync("ann"));
        await world.SoundAsync();
    }
}
