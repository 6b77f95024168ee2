using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Splits;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>A shop with a referral program: cards at 10 CNY for merchant "mer", a platform commission of 10 %, a plan of 10 %.</summary>
internal sealed class ReferralWorld(Shop shop) : IAsyncDisposable
{
    public Shop Shop => shop;

    public TenantScope Scope => shop.Scope;

    public IReferralProgram Programs => shop.Commerce.Get<IReferralProgram>();

    public IReferralPlans Plans => shop.Commerce.Get<IReferralPlans>();

    public IPromoters Promoters => shop.Commerce.Get<IPromoters>();

    public IReferralLinks Links => shop.Commerce.Get<IReferralLinks>();

    public IReferralClicks Clicks => shop.Commerce.Get<IReferralClicks>();

    public IReferralRecords Records => shop.Commerce.Get<IReferralRecords>();

    public IReferralReview Review => shop.Commerce.Get<IReferralReview>();

    public IReferralDesks Desks => shop.Commerce.Get<IReferralDesks>();

    public IReferralMaintenance Maintenance => shop.Commerce.Get<IReferralMaintenance>();

    public static ReferralPlan Plan(string id = "plan") => new()
    {
        Id = id,
        Name = "分享有礼",
        DisclosureZh = "推广者会因您的购买获得佣金。",
        DisclosureEn = "The promoter is paid a commission for your purchase.",
        Rates = [new ReferralRate { Id = "standard", BasisPoints = 1_000 }],
    };

    public static async Task<ReferralWorld> OpenAsync(CommerceDialect dialect, Func<ReferralPlan, ReferralPlan>? plan = null, Func<ReferralProgram, ReferralProgram>? program = null, int keys = 60, bool two = false)
    {
        var shop = await Shop.OpenAsync(dialect, two: two);
        await shop.CardsAsync(keys: keys, change: o => o with { Merchant = "mer" });
        var fees = new FeePolicy { Rules = [new FeeRule { Id = "commission", Share = ShareKind.Platform, BasisPoints = 1_000 }] };
        Assert.True((await shop.Commerce.Get<IFeePolicies>().SaveAsync(shop.Scope, fees, "ann")).Succeeded);
        var world = new ReferralWorld(shop);
        var rules = new ReferralProgram();
        Ok(await world.Programs.SaveAsync(world.Scope, program?.Invoke(rules) ?? rules, "ann"));
        await world.PlanAsync(plan?.Invoke(Plan()) ?? Plan());
        return world;
    }

    /// <summary>Ten percent for who sold, two for who brought them.</summary>
    public static ReferralPlan TwoLevels() =>
        Plan("two") with { Levels = 2, ApprovalId = "ok", Rates = [new ReferralRate { Id = "r", BasisPoints = 1_000 }, new ReferralRate { Id = "up", BasisPoints = 200, Level = 2 }] };

    /// <summary>A shop in Germany with an approval of counsel, and a plan of two levels besides the other.</summary>
    public static async Task<ReferralWorld> OpenTwoLevelsAsync(CommerceDialect dialect)
    {
        var world = await OpenAsync(dialect, program: p => p with { Jurisdiction = "DE" });
        await world.ApproveAsync();
        await world.PlanAsync(TwoLevels());
        return world;
    }

    public async Task ApproveAsync(string id = "ok") => Ok(await Programs.ApproveAsync(Scope, new CounselApproval(id, "DE", "Dr. Recht", "file 7"), "root"));

    public async Task<ReferralPlanView> PlanAsync(ReferralPlan plan)
    {
        Ok(await Plans.SaveAsync(Scope, plan, "ann"));
        return Ok(await Plans.MoveAsync(Scope, plan.Id, ReferralPlanState.Active, "begin", "ann"));
    }

    public async Task<Promoter> JoinAsync(string user, string? broughtBy = null, string[]? contacts = null, string? device = null, string? address = null) => Ok(await Promoters.JoinAsync(
        Scope, new PromoterJoin { UserId = user, Name = user, ConfirmsAdult = true, BroughtBy = broughtBy, Contacts = contacts ?? [], DeviceId = device, ClientAddress = address }));

    public async Task<ReferralLink> LinkAsync(string user, string channel = "", string campaign = "", string? code = null) =>
        Ok(await Links.CreateAsync(Scope, user, new ReferralLinkDraft(ReferralTarget.Mall, "", channel, campaign, code)));

    /// <summary>A promoter with a link.</summary>
    public async Task<ReferralLink> SellerAsync(string user, string? broughtBy = null)
    {
        await JoinAsync(user, broughtBy);
        return await LinkAsync(user);
    }

    public async Task<string> ClickAsync(ReferralLink link, string visitor = "v", string? user = null)
    {
        var click = await Clicks.HitAsync(Scope, new ReferralHit { LinkId = link.Id, UserAgent = "Mozilla/5.0", VisitorId = visitor, UserId = user });
        return click.Token!;
    }

    public static OrderRequest Request(string? code = null, string[]? tokens = null, string contact = "buyer@example.com", string? user = null, string? device = null, string? address = "198.51.100.9", string sku = "card", int quantity = 1) =>
        Shop.Request(sku, quantity, contact) with { UserId = user, ClientAddress = address, Referral = new ReferralTouches { Code = code, Tokens = tokens ?? [], DeviceId = device } };

    public Task<OrderReceipt> OrderAsync(OrderRequest request) => shop.OrderAsync(request);

    public async Task<OrderReceipt> SellAsync(ReferralLink link, string contact = "buyer@example.com", string? user = null, int quantity = 1)
    {
        var order = await OrderAsync(Request(link.Code, contact: contact, user: user, quantity: quantity));
        await shop.ApplyAsync(Shop.Event(order));
        return order;
    }

    public async Task<(long Pending, long Available, long Debt)> HasAsync(string promoter)
    {
        async Task<long> Of(LedgerPurpose purpose) => (await shop.Commerce.Get<ILedgerReads>().BalanceAsync(Scope, new(promoter, purpose), "CNY")).Balance.Minor;
        return (await Of(LedgerPurpose.PromoterPending), await Of(LedgerPurpose.PromoterAvailable), await Of(LedgerPurpose.Debt));
    }

    public async Task<long> BalanceAsync(LedgerAccount account) => (await shop.Commerce.Get<ILedgerReads>().BalanceAsync(Scope, account, "CNY")).Balance.Minor;

    /// <summary>Lets days pass, and then a night.</summary>
    public async Task NightAsync(int days = 20)
    {
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(days));
        await Maintenance.ScanAsync(Scope);
    }

    public async Task<int> ReleaseAsync(int days = 31)
    {
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(days));
        return await Maintenance.ReleaseAsync();
    }

    /// <summary>Takes every trigger, condition and foreign key away that a planted fault would run into.</summary>
    public async Task LoseConstraintsAsync()
    {
        if (shop.Commerce.Database.Dialect == CommerceDialect.Postgres)
        {
            await shop.CorruptAsync("""
                do $$ declare r record; begin
                  for r in select distinct event_object_table as t, trigger_name as n from information_schema.triggers where trigger_schema = 'commerce' loop execute format('drop trigger %I on commerce.%I', r.n, r.t); end loop;
                  for r in select conrelid::regclass as t, conname as n from pg_constraint where contype in ('c', 'f') and connamespace = 'commerce'::regnamespace loop execute format('alter table %s drop constraint %I', r.t, r.n); end loop;
                end $$
                """);
            return;
        }

        foreach (var trigger in await shop.Commerce.Database.ReadSystemAsync(c => c.QueryAsync<string>("select name from sqlite_schema where type = 'trigger'")))
            await shop.CorruptAsync("drop trigger " + trigger);
        await shop.CorruptAsync("pragma ignore_check_constraints = on");
        // SQLite can't drop a key: the tables that have one, and that nothing refers to, are made again without
        foreach (var table in new[] { "referral_commission", "referral_edge" })
        {
            await shop.CorruptAsync($"create table loose as select * from {table}");
            await shop.CorruptAsync("drop table " + table);
            await shop.CorruptAsync("alter table loose rename to " + table);
        }
    }

    /// <summary>Runs one statement of a migration on rows that were made as they were before it.</summary>
    public Task MigrateAsync(int number, string begins) => MoneyShop.MigrateAsync(shop, number, begins);

    /// <summary>Looks whether the plan is in a state, and how much of its budget is spent and left.</summary>
    public async Task BudgetIsAsync(ReferralPlanState state, long spent, long left)
    {
        var plan = (await Plans.FindAsync(Scope, "plan"))!;
        Assert.Equal((state, spent, left), (plan.State, plan.Spent.Minor, plan.Left!.Value.Minor));
    }

    public Task SoundAsync() => MoneyShop.SoundAsync(shop);

    public static T Ok<T>(CommerceResult<T> result)
    {
        Assert.True(result.Succeeded, string.Join("; ", result.Errors.Select(e => $"{e.Code} {e.Field} {e.Message}")));
        return result.Value;
    }

    public ValueTask DisposeAsync() => shop.DisposeAsync();
}
