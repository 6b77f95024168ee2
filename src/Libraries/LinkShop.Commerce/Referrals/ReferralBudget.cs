using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Referrals;

/// <summary>
/// What plans' budgets have left. A budget counts the rewards that stand: a sale takes from it, and what goes back to who paid the reward is the budget's again. A plan that
/// stopped because its budget was spent stays stopped: a person starts it again.
/// </summary>
internal sealed class ReferralBudget(IOutbox outbox)
{
    private const string Left = "select budget - spent from referral_plan where tenant = @tenant and id = @plan";

    private const string Promise = """
        insert into referral_budget_use (tenant, order_id, plan_id, promised, minor, at) values (@tenant, @orderId, @plan, @minor, @minor, @now)
        """;

    // without `excess`: the condition on the table refuses what would pass the budget
    private const string Spend = """
        update referral_plan set spent = spent + @minor, state = case when spent + @minor >= budget and state = 'Active' then 'Spent' else state end where tenant = @tenant and id = @plan
        """;

    private const string Use = """
        select p.id, p.state, p.budget, p.spent + p.excess as stands, u.minor from referral_budget_use u join referral_plan p on p.tenant = u.tenant and p.id = u.plan_id where u.tenant = @tenant and u.order_id = @orderId
        """;

    private const string Set = "update referral_plan set spent = @spent, excess = @excess, state = @state where tenant = @tenant and id = @id";
    private const string SetUse = "update referral_budget_use set minor = @minor where tenant = @tenant and order_id = @orderId";

    /// <summary>What a plan's budget has left, under the plan's lock; null when it has no budget.</summary>
    public static Task<long?> LeftAsync(ICommerceConnection connection, string plan) => connection.QuerySingleOrDefaultAsync<long?>(Left + connection.ForUpdate(), new { plan });

    /// <summary>Takes an order's rewards from it, after the order's attribution and under the plan's lock.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="minor">The rewards; at most what is left.</param>
    /// <param name="left">What was left.</param>
    /// <param name="now">The time.</param>
    public void Take(ICommerceConnection connection, string orderId, string plan, long minor, long left, DateTimeOffset now)
    {
        connection.Defer(Promise, new { orderId, plan, minor, now });
        connection.Defer(Spend, new { plan, minor });
        if (minor >= left)
            Stopped(connection, plan);
    }

    /// <summary>Brings it in line with what an order's new transfers do to its rewards.</summary>
    /// <param name="connection">The order's write.</param>
    /// <param name="lines">The order's lines.</param>
    /// <param name="entries">Its transfers.</param>
    /// <param name="isNew">Whether the lines were frozen just now.</param>
    public async Task FollowAsync(ICommerceConnection connection, IReadOnlyList<SplitRow> lines, OrderEntries entries, bool isNew)
    {
        var change = entries.New.Sum(ChangeOf);
        // what a sale just brought was taken from the budget when it was shared out
        if (change == (isNew ? lines.Sum(l => l.Shares.Where(l.WaitsLonger).Sum(s => s.Minor)) : 0))
            return;
        if (await connection.QuerySingleOrDefaultAsync<UseRow>(Use + connection.ForUpdate(), new { orderId = entries.OrderId }).ConfigureAwait(false) is not { } use)
            return;
        var minor = change + lines.Sum(l => entries.Sum(MoneyReasons.PromoterShare, l.Line) + entries.Sum(MoneyReasons.IntroducerShare, l.Line));
        var stands = checked(use.Stands - use.Minor + minor);
        var spent = Math.Min(stands, use.Budget ?? long.MaxValue);
        var stops = use.State == ReferralPlanState.Active && spent == use.Budget;
        connection.Defer(SetUse, new { orderId = entries.OrderId, minor });
        connection.Defer(Set, new { use.Id, spent, excess = stands - spent, state = stops ? ReferralPlanState.Spent : use.State });
        if (stops)
            Stopped(connection, use.Id);
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
