using FsCheck;
using FsCheck.Fluent;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Payouts;
using LinkShop.Commerce.Tests.Splits;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>
/// The thirteen invariants attacked by generated plans and sequences of events on the real engine: joins, leaves, re-parent attempts, sales of one good or two to strangers, to other promoters and to oneself (by
/// account, contact or device), refunds borne by either side and disputes in any order, reviews, decisions and appeals, replays, switches, tiers, plans for a few only, minors, payouts, time. What holds after each sequence is worked out from the sequence, not from what the engine stored.
/// </summary>
public sealed class InvariantPropertyTests
{
    private const int People = 6;

    private const string Known = "p0";

    private static readonly Dictionary<string, long> s_tiers = new(StringComparer.Ordinal) { ["silver"] = 1_500, ["gold"] = 4_000 };

    private sealed record Act(int What, int Who, int Whom, int HowMuch);

    private sealed record Scenario(int Rate, int Second, int Cap, int? CapMinor, int Bonus, int? Budget, bool ByPlatform, bool Abroad, int? Few, int Silver, IReadOnlyList<Act> Acts);

    private static Gen<Scenario> Scenarios() =>
        from rate in Gen.Choose(1, 2_000)
        from second in Gen.Choose(1, 500)
        from cap in Gen.Choose(100, 2_900)
        from capMinor in Gen.Elements<int?>(null, 90, 400)
        from bonus in Gen.Elements(0, 0, 60)
        from budget in Gen.Elements<int?>(null, 250, 1_500)
        from platform in Gen.Elements(true, false)
        from abroad in Gen.Elements(true, false)
        from few in Gen.Elements<int?>(null, null, 2, 4)
        from silver in Gen.Choose(1, 2_000)
        from acts in (from what in Gen.Choose(0, 25) from who in Gen.Choose(0, People - 1) from whom in Gen.Choose(0, People) from much in Gen.Choose(1, 100) select new Act(what, who, whom, much)).ListOf(60)
        select new Scenario(rate, second, cap, capMinor, bonus, budget, platform, abroad, few, silver, [.. acts]);

    [Fact]
    public void The_thirteen_invariants_hold_after_any_sequence_of_events() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Scenarios().ToArbitrary(), s => RunAsync(s, CommerceDialect.Sqlite).GetAwaiter().GetResult()));

    [Fact]
    public void And_on_PostgreSQL() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(6), Prop.ForAll(Scenarios().ToArbitrary(), s => RunAsync(s, CommerceDialect.Postgres).GetAwaiter().GetResult()));

    private static async Task<bool> RunAsync(Scenario s, CommerceDialect dialect)
    {
        await using var world = await ReferralWorld.OpenAsync(dialect, program: p => p with { Jurisdiction = s.Abroad ? "DE" : "CN", Tiers = [.. s_tiers.Select(t => new ReferralTier(t.Key, t.Key, t.Value))] }, keys: 300);
        // the only one of whom anybody knows who they are
        await new Desk(world.Shop.Commerce, world.Scope).VerifiedAsync(Desk.Profile(owner: Known, provider: "manual", kind: PayoutDestinationKind.Bank));
        await world.Shop.CardsAsync("other", 100, o => o with { Merchant = "mer", Price = new Money(730, "CNY") });
        var plan = ReferralWorld.Plan("made") with
        {
            CapBasisPoints = s.Cap, CapMinor = s.CapMinor, FirstOrderBonusMinor = s.Bonus, BudgetMinor = s.Budget, Funding = s.ByPlatform ? RewardFunding.Platform : RewardFunding.Merchant,
            Rates = [new ReferralRate { Id = "one", BasisPoints = s.Rate }, new ReferralRate { Id = "silver", BasisPoints = s.Silver, Tier = "silver" }],
            Promoters = [.. Enumerable.Range(0, s.Few ?? 0).Select(i => $"p{i}")],
        };
        if (s.Abroad)
        {
            ReferralWorld.Ok(await world.Programs.ApproveAsync(world.Scope, new CounselApproval("ok", "DE", "x", "y"), "root"));
            plan = plan with { Levels = 2, ApprovalId = "ok", Rates = [.. plan.Rates, new ReferralRate { Id = "two", BasisPoints = s.Second, Level = 2 }] };
        }

        await world.PlanAsync(plan);
        var model = new Model(world);
        foreach (var act in s.Acts)
            await model.DoAsync(act.What, act.Who, act.Whom, act.HowMuch);
        await model.JudgeAsync(s.Cap, s.CapMinor, s.Abroad ? 2 : 1, s.Few ?? People);
        await model.JudgeTiersAsync();
        await model.JudgeBudgetAsync(s.Budget);
        await model.TakeEverythingBackAsync();
        await model.JudgeBudgetAsync(s.Budget, 0);
        return true;
    }

    /// <summary>A sale as it was made.</summary>
    /// <param name="Buyer">Who it really was, however they came.</param>
    /// <param name="ByPromoter">Whether they were a promoter already.</param>
    /// <param name="IsKnown">Whether they came with their account or contact, by which they are known later too.</param>
    private sealed record Sale(OrderReceipt Order, string Seller, string Buyer, bool ByPromoter, bool IsKnown);

    private sealed class Model(ReferralWorld world)
    {
        private readonly Dictionary<string, string?> _parents = new(StringComparer.Ordinal);
        private readonly Dictionary<string, ReferralLink> _links = new(StringComparer.Ordinal);
        private readonly List<Sale> _sales = [];
        private bool _off, _undone;
        private int _asked;

        public async Task DoAsync(int what, int who, int whom, int much)
        {
            var (me, other) = ($"p{who}", $"p{whom}");
            switch (what)
            {
                case 0 or 1 or 2: // join, rejoin, or try to have another parent
                    await JoinAsync(me, whom == People ? null : other);
                    break;
                case 3:
                    await world.Promoters.LeaveAsync(world.Scope, me);
                    break;
                case 4 or 5 or 6 or 7 or 22 or 23: // to a stranger, another promoter, or oneself
                    await SellAsync(me, whom == People ? $"stranger{much % 7}" : other, much);
                    break;
                case 8 or 9 when Pick(much) is { } sale:
                    await RefundAsync(sale.Order, much, what == 8 ? RefundPayer.Merchant : RefundPayer.Platform);
                    break;
                case 10 when Pick(much) is { } sale:
                    await world.Shop.ApplyAsync(Shop.Event(sale.Order, PaymentEventKind.Disputed));
                    break;
                case 11 when Pick(much) is { } sale:
                    await world.Shop.ApplyAsync(Shop.Event(sale.Order, whom % 2 == 0 ? PaymentEventKind.DisputeWon : PaymentEventKind.DisputeLost));
                    break;
                case 12: // the same payment again
                    if (Pick(much) is { } again)
                        await world.Shop.ApplyAsync(Shop.Event(again.Order));
                    break;
                case 13:
                    await world.Promoters.KillAsync(world.Scope, me, much % 2 == 0, "because", "root");
                    break;
                case 14:
                    await world.ReleaseAsync(much % 25);
                    break;
                case 15:
                    await ScanAsync();
                    break;
                case 16: // somebody starts the plan again when it has stopped; refused when nothing is left
                    await world.Plans.MoveAsync(world.Scope, "made", ReferralPlanState.Active, "again", "ann");
                    break;
                case 17 or 18: // about one sale, or the promoter as a whole
                    await world.Review.OpenAsync(world.Scope, me, what == 17 ? _sales.Find(s => s.Seller == me)?.Order.OrderId : null, "Looks odd.", "rev");
                    break;
                case 19 when (await world.Review.ListAsync(world.Scope)).ElementAtOrDefault(much % 3) is { } open:
                    ReferralWorld.Ok(await world.Review.DecideAsync(world.Scope, open.Id, much % 2 == 0, "Because.", "rev"));
                    break;
                case 20 when (await world.Review.OfPromoterAsync(world.Scope, me)).FirstOrDefault(c => c.MayAppeal(world.Shop.Commerce.Clock.GetUtcNow())) is { } upheld:
                    ReferralWorld.Ok(await world.Review.AppealAsync(world.Scope, upheld.Id, me, "It wasn't so."));
                    var right = much % 2 == 0;
                    ReferralWorld.Ok(await world.Review.DecideAppealAsync(world.Scope, upheld.Id, right, "Because.", "boss"));
                    _undone |= right;
                    break;
                case 24: // a child, whatever is known of it
                    Assert.False((await world.Promoters.JoinAsync(world.Scope, new PromoterJoin { UserId = "kid", Name = "Kid", ConfirmsAdult = false, BroughtBy = me })).Succeeded);
                    Assert.Null(await world.Promoters.FindAsync(world.Scope, "kid"));
                    break;
                case 25:
                    await AskForMoneyAsync(me, 100 + (much * 2));
                    break;
                case 21:
                    _off = !_off && much % 3 == 0;
                    await world.Programs.SwitchAsync(world.Scope, !_off, "because", "root");
                    break;
            }
        }

        /// <summary>12: nobody is paid before it is known who they are, more than they have, or while they are looked at.</summary>
        private async Task AskForMoneyAsync(string me, long amount)
        {
            var has = await world.Shop.Commerce.Get<ILedgerReads>().BalanceAsync(world.Scope, new LedgerAccount(me, LedgerPurpose.PromoterAvailable), "CNY");
            var state = (await world.Promoters.FindAsync(world.Scope, me))?.State;
            var asked = await world.Shop.Commerce.Get<IPayouts>().RequestAsync(
                world.Scope, new PayoutRequest { Id = $"payout-{++_asked:D4}", Owner = me, Purpose = LedgerPurpose.PromoterAvailable, Amount = new Money(amount, "CNY"), Actor = me });
            var may = me == Known && amount <= has.Available.Minor && (await world.HasAsync(me)).Debt == 0 && state is not (PromoterState.Frozen or PromoterState.Killed);
            Assert.True(asked.Succeeded == may, $"{me}, {state}, asked for {amount} of {has.Available}: {asked.Error?.Code}");
            if (me != Known)
                Assert.Contains(asked.Errors, e => e.Code == PayoutErrors.IdentityMissing);
        }

        /// <summary>3, 4: a tier takes own sales to others, never what was bought or what those one brought have sold.</summary>
        public async Task JudgeTiersAsync()
        {
            foreach (var person in _parents.Keys)
            {
                var tier = (await world.Promoters.FindAsync(world.Scope, person))!.Tier;
                var own = _sales.Where(s => s.Seller == person && s.Buyer != person).Sum(s => s.Order.Total.Minor);
                Assert.True(tier.Length == 0 || s_tiers[tier] <= own, $"{person} is {tier} by {own}");
            }
        }

        /// <summary>10: whose sales promoters bought more than thirty percent of is frozen, and nobody else is for it.</summary>
        private async Task ScanAsync()
        {
            var before = (await world.Review.ListAsync(world.Scope, take: 200)).Select(c => c.Id).ToHashSet();
            await world.Maintenance.ScanAsync(world.Scope);
            var opened = (await world.Review.ListAsync(world.Scope, take: 200)).Where(c => c.Kind == ReferralCaseKind.SelfBought && !before.Contains(c.Id)).Select(c => c.Promoter).ToHashSet();
            foreach (var seller in _links.Keys)
            {
                var (orders, all, byPromoters) = (0, 0L, 0L);
                foreach (var sale in _sales.Where(s => s.Seller == seller))
                {
                    if (await world.Records.AttributionAsync(world.Scope, sale.Order.OrderId) is not { Refused: null } attribution || attribution.Promoter != seller)
                        continue;
                    var kept = await world.Shop.Commerce.Database.ReadAsync(world.Scope, c => c.QuerySingleOrDefaultAsync<long>("select captured from orders where tenant = @tenant and id = @id", new { id = sale.Order.OrderId }));
                    (orders, all) = (orders + 1, all + kept);
                    byPromoters += sale.ByPromoter || (sale.IsKnown && _parents.ContainsKey(sale.Buyer)) ? kept : 0;
                }

                var above = (orders >= 5 || byPromoters >= 10_000) && byPromoters * 10 > all * 3;
                Assert.True(above || !opened.Contains(seller), $"{seller}: {byPromoters} of {all} in {orders}");
                // a person may have found that nothing was wrong
                if (above && !(await world.Review.OfPromoterAsync(world.Scope, seller)).Any(c => c is { Kind: ReferralCaseKind.SelfBought, State: ReferralCaseState.Dismissed or ReferralCaseState.AppealUpheld }))
                    Assert.NotEqual((seller, PromoterState.Active), (seller, (await world.Promoters.FindAsync(world.Scope, seller))!.State));
            }
        }

        /// <summary>What has to hold, told from the acts.</summary>
        public async Task JudgeAsync(int cap, int? capMinor, int depth, int few)
        {
            var database = world.Shop.Commerce.Database;
            // 4, 9: who brought whom is as it was said first, and leads to an end
            foreach (var (child, parent) in _parents)
            {
                Assert.Equal(parent, (await world.Promoters.FindAsync(world.Scope, child))!.BroughtBy);
                var (at, steps) = (child, 0);
                while (_parents.GetValueOrDefault(at) is { } up)
                {
                    at = up;
                    Assert.True(++steps < People);
                }
            }

            // 1, 2, 8: every credit to a promoter's account is of a sale they made, or of one whom they brought themselves, and never of their own purchase
            var credits = await database.ReadAsync(world.Scope, c => c.QueryAsync<(string Owner, string Reference, string Reason, long Amount)>(
                "select a.owner, t.reference, t.reason, t.amount from ledger_transfer t join ledger_account a on a.id = t.credit where t.tenant = @tenant and t.reason in ('promoter_share', 'introducer_share')"));
            foreach (var (owner, reference, reason, _) in credits)
            {
                var sale = _sales.Single(s => s.Order.OrderId == reference.Split(':')[0]);
                Assert.NotEqual(sale.Buyer, sale.Seller);
                Assert.NotEqual(sale.Buyer, owner);
                Assert.True(depth == 2 || reason == "promoter_share");
                Assert.Equal(reason == "promoter_share" ? sale.Seller : _parents[sale.Seller], owner);
                Assert.Contains(_sales, s => s.Seller == owner && s.Buyer != owner);
            }

            // 5: and all of an order's within the caps
            foreach (var order in credits.GroupBy(c => c.Reference.Split(':')[0]))
            {
                var paid = _sales.Single(s => s.Order.OrderId == order.Key).Order.Total.Minor;
                var rewards = await world.Records.OfOrderAsync(world.Scope, order.Key);
                var net = rewards.Sum(c => c.Amount.Minor);
                // the world's own plan is there when the made one has stopped; it has the program's cap only
                var made = rewards.Where(c => c.PlanId == "made").Sum(c => c.Amount.Minor);
                Assert.True(made == 0 || order.All(c => _sales.Single(s => s.Order.OrderId == order.Key).Seller[1] - '0' < few), "who may not promote was paid by the plan");
                Assert.True(made <= paid * cap / 10_000 && made <= (capMinor ?? long.MaxValue) && net <= paid * 3_000 / 10_000, $"{net} of {paid}, {made} of it by the made plan");
            }

            // 6, 7, 9, 10, 11, 13 and all of the books
            await world.SoundAsync();
            // 13: each amount comes out again
            foreach (var order in credits.Select(c => c.Reference.Split(':')[0]).Distinct())
            {
                foreach (var commission in await world.Records.OfOrderAsync(world.Scope, order))
                {
                    var trace = (await world.Records.TraceAsync(world.Scope, order, commission.Line, commission.Level))!;
                    var version = (await world.Plans.VersionAsync(world.Scope, trace.Input.PlanId, trace.Input.PlanVersion))!;
                    Assert.Equal(commission.Amount.Minor, ReferralCalculator.Compute(version, trace.Input).Single(r => r.Line == commission.Line && r.Level == commission.Level).Minor);
                }
            }
        }

        /// <summary>A budget counts what stands of its plan's rewards, and is never passed.</summary>
        public async Task JudgeBudgetAsync(int? budget, long? stands = null)
        {
            var sum = 0L;
            foreach (var (order, _, _, _, _) in _sales)
                sum += (await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Where(c => c.PlanId == "made").Sum(c => c.Now.Minor);
            // what an appeal brings back may find the budget used up by others meanwhile
            Assert.True((_undone || sum <= (budget ?? long.MaxValue)) && sum == (stands ?? sum), $"{sum} of {budget}");
            if (budget is null)
                return;
            var plan = (await world.Plans.FindAsync(world.Scope, "made"))!;
            var within = Math.Min(sum, budget.Value);
            Assert.Equal((within, budget - within), (plan.Spent.Minor, plan.Left!.Value.Minor));
        }

        /// <summary>7: when every order has gone back, nobody has anything, whatever was released before.</summary>
        public async Task TakeEverythingBackAsync()
        {
            foreach (var (order, seller, _, _, _) in _sales)
            {
                await world.Shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon, "end-" + order.OrderId));
                await RefundAsync(order, 100, seller is "p0" or "p3" ? RefundPayer.Platform : RefundPayer.Merchant);
            }

            foreach (var person in _parents.Keys)
            {
                var (pending, available, debt) = await world.HasAsync(person);
                Assert.Equal((0, 0), (pending, available + debt));
            }

            await world.SoundAsync();
        }

        private Sale? Pick(int much) => _sales.Count == 0 ? null : _sales[much % _sales.Count];

        private async Task JoinAsync(string me, string? parent)
        {
            var known = _parents.ContainsKey(me);
            var joined = await world.Promoters.JoinAsync(world.Scope, new PromoterJoin { UserId = me, Name = me, ConfirmsAdult = true, BroughtBy = parent, Contacts = [me + "@example.com"], DeviceId = "device of " + me });
            Assert.False(_off && joined.Succeeded);
            if (known || _off)
                return;
            Assert.True(joined.Succeeded);
            // one who isn't there can't have brought anybody, nor one oneself, nor one who is switched off
            var up = parent is not null && parent != me && _parents.ContainsKey(parent) && (await world.Promoters.FindAsync(world.Scope, parent))!.State != PromoterState.Killed ? parent : null;
            _parents[me] = up;
            _links[me] = await world.LinkAsync(me);
        }

        private async Task SellAsync(string seller, string buyer, int much)
        {
            if (!_links.TryGetValue(seller, out var link))
                return;
            // signed in, as a guest with a spelling of the same address, or on the same device only
            var request = (much % 4) switch
            {
                1 => ReferralWorld.Request(link.Code, contact: $"{buyer}+{much}@example.com"),
                2 => ReferralWorld.Request(link.Code, contact: $"x{much}@example.com", device: "device of " + buyer),
                _ => ReferralWorld.Request(link.Code, contact: buyer + "@example.com", user: buyer),
            };
            OrderLineRequest Line(string sku, int quantity) => new() { SkuId = sku, Quantity = quantity };
            var order = await world.OrderAsync(request with { Lines = much % 3 == 0 ? [Line("card", 1 + (much % 2)), Line("other", 1)] : [Line("card", 1 + (much % 3))] });
            await world.Shop.ApplyAsync(Shop.Event(order));
            _sales.Add(new Sale(order, seller, buyer, _parents.ContainsKey(buyer), much % 4 != 2));
        }

        private async Task RefundAsync(OrderReceipt order, int percent, RefundPayer payer)
        {
            var refunds = world.Shop.Commerce.Get<IRefunds>();
            var standing = await refunds.StandingAsync(world.Scope, order.OrderId);
            foreach (var (line, kept) in standing.Kept.ToList())
            {
                if (kept.Minor * percent / 100 is > 0 and var amount)
                    await refunds.GrantAsync(world.Scope, MoneyShop.Draft(order, amount) with { Lines = [new RefundLine(line, amount)], Payer = payer }, "ann", forPlatform: true);
            }
        }
    }
}
