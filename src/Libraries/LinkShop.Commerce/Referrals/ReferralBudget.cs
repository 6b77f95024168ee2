using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Referrals;

/// <summary>
/// What plans' budgets have left. A budget counts the rewards that stand: a sale takes from it, and what goes back to who paid the reward is the budget's again. A plan that
/// stopped because its budget was spent stays stopped: a person starts it again. Of a plan without a budget is kept what each order has too, for a budget that is set later.
/// </summary>
internal sealed class ReferralBudget(IOutbox outbox)
{
    /// <summary>PostgreSQL's name of the condition that no plan spends more than its budget.</summary>
    public const string Constraint = "referral_plan_check";

    // of so many orders like this one none uses it up
    private const int Far = 16;

    private const string Left = "select budget - spent from referral_plan where tenant = @tenant and id = @plan";

    private const string Promise = """
        insert into referral_budget_use (tenant, order_id, plan_id, promised, minor, at) values (@tenant, @orderId, @plan, @minor, @minor, @now)
        """;

    // without `excess`: the condition on the table refuses what would pass the budget
    private const string SpendLocked = """
        update referral_plan set spent = spent + @minor, state = case when spent + @minor >= budget and state = 'Active' then 'Spent' else state end where tenant = @tenant and id = @plan
        """;

    // what would use it up is made to pass it, so that the table refuses it and the work runs again, under the lock then
    private const string Spend = """
        update referral_plan set spent = case when budget is null then 0 when spent + @minor < budget then spent + @minor else budget + 1 end where tenant = @tenant and id = @plan
        """;

    private const string SpendIfSet = Spend + " and budget is not null";

    private const string Use = """
        select p.id, p.state, p.budget, p.spent + p.excess as stands, u.minor from referral_budget_use u join referral_plan p on p.tenant = u.tenant and p.id = u.plan_id where u.tenant = @tenant and u.order_id = @orderId
        """;

    private const string Set = "update referral_plan set spent = @spent, excess = @excess, state = @state where tenant = @tenant and id = @id";
    private const string SetUse = "update referral_budget_use set minor = @minor where tenant = @tenant and order_id = @orderId";

    /// <summary>What a plan's budget has left. Only where an order could use it up, and on the way there, is the plan's row locked: sales would wait for each other's whole payment.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="left">What was left when last looked, without a lock.</param>
    /// <param name="total">What is paid for the order: its rewards are less.</param>
    public static async Task<BudgetLeft?> LeftAsync(ICommerceConnection connection, string plan, long left, long total)
    {
        if (left / Far > total)
            return new BudgetLeft(left, IsLocked: false);
        return await connection.QuerySingleOrDefaultAsync<long?>(Left + connection.ForUpdate(), new { plan }).ConfigureAwait(false) is { } now ? new BudgetLeft(now, IsLocked: true) : null;
    }

    /// <summary>Takes what a new sale promises from it, and brings it in line with what an order's new transfers do to its rewards.</summary>
    /// <param name="connection">The order's write, its transfers written.</param>
    /// <param name="lines">The order's lines.</param>
    /// <param name="entries">Its transfers.</param>
    /// <param name="sale">The sale, when it was shared out just now.</param>
    /// <param name="now">The time.</param>
    public async Task FollowAsync(ICommerceConnection connection, IReadOnlyList<SplitRow> lines, OrderEntries entries, ReferralSale? sale, DateTimeOffset now)
    {
        if (!lines.Any(l => l.RewardDays is not null))
            return;
        if (sale?.Takes is { } take)
            Take(connection, take, now);
        var change = entries.New.Sum(ChangeOf);
        // nothing but what the sale brought
        if (change == (sale is null ? 0 : lines.Sum(l => l.Shares.Where(l.WaitsLonger).Sum(s => s.Minor))))
            return;
        if (await connection.QuerySingleOrDefaultAsync<UseRow>(Use + connection.ForUpdate(), new { orderId = entries.OrderId }).ConfigureAwait(false) is not { } use)
            return;
        var minor = change + lines.Sum(l => entries.Sum(MoneyReasons.PromoterShare, l.Line) + entries.Sum(MoneyReasons.IntroducerShare, l.Line));
        var stands = checked(use.Stands - use.Minor + minor);
        var spent = Math.Min(stands, use.Budget ?? long.MaxValue);
        var stops = use.State == ReferralPlanState.Active && spent == use.Budget;
        connection.Defer(SetUse, new { orderId = entries.OrderId, minor });
        if (use.Budget is null)
            return;
        connection.Defer(Set, new { use.Id, spent, excess = stands - spent, state = stops ? ReferralPlanState.Spent : use.State });
        if (stops)
            Stopped(connection, use.Id);
    }

    private void Take(ICommerceConnection connection, BudgetTake take, DateTimeOffset now)
    {
        var promise = new { take.OrderId, take.Plan, take.Minor, now };
        if (take.Left is not { } left)
        {
            // no sale waits for another: this row's key to its plan makes only whoever sets a budget wait, and if they were first, the next statement sees it
            connection.Defer(Promise, promise);
            connection.Defer(SpendIfSet, new { take.Plan, take.Minor });
            return;
        }

        connection.Defer(left.IsLocked ? SpendLocked : Spend, new { take.Plan, take.Minor });
        connection.Defer(Promise, promise);
        if (take.Minor >= left.Minor)
            Stopped(connection, take.Plan);
    }

    private static long ChangeOf(LedgerTransfer transfer) => (transfer.Kind, transfer.Reason) switch
    {
        (LedgerTransferKind.Single, MoneyReasons.PromoterShare or MoneyReasons.IntroducerShare) => transfer.Amount!.Value.Minor,
        (LedgerTransferKind.Single, MoneyReasons.PromoterShare + MoneyReasons.Reversed or MoneyReasons.IntroducerShare + MoneyReasons.Reversed) => -transfer.Amount!.Value.Minor,
        _ => 0,
    };

    private void Stopped(ICommerceConnection connection, string plan)
    {
        connection.Defer(ReferralPrograms.Stamp);
        outbox.Add(connection, ReferralEvents.BudgetSpent, new ReferralEvent(PlanId: plan));
    }

    private sealed record UseRow(string Id, ReferralPlanState State, long? Budget, long Stands, long Minor);
}

/// <summary>What a plan's budget has left, in minor units.</summary>
/// <param name="Minor">How much.</param>
/// <param name="IsLocked">Whether nobody else can take from it before the commit.</param>
internal sealed record BudgetLeft(long Minor, bool IsLocked);

/// <summary>What an order's rewards take of a budget; of none when nothing is known of its rest.</summary>
internal sealed record BudgetTake(string OrderId, string Plan, long Minor, BudgetLeft? Left);
