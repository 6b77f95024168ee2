using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Shops;

/// <summary>Brings a shop's plan to what terms, staff and the clock say, within a transaction that has the shop's row locked.</summary>
internal sealed class PlanBook(IOutbox outbox)
{
    public const string StateOf = "select shop, slug, plan, plan_until, hand_plan, hand_until from shop where tenant = @tenant and shop = @shop";

    private const string Spans = """
        select t.order_id, t.line, t.plan, coalesce(p.rank, 0) as rank, t.bought_at, t.kept_ms as kept from shop_plan_term t
        left join shop_plan p on p.tenant = t.tenant and p.code = t.plan where t.tenant = @tenant and t.shop = @shop
        """;

    private const string Told = "select plan_told from shop where tenant = @tenant and shop = @shop";
    private const string Lie = "update shop_plan_term set from_at = @from, until_at = @until where tenant = @tenant and order_id = @orderId and line = @line";

    private const string Set = """
        update shop set plan = @plan, plan_until = @until, plan_told = @told, plan_check_at = @checkAt, updated_at = @now where tenant = @tenant and shop = @shop
        """;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static Task<IReadOnlyList<TermSpan>> SpansAsync(ICommerceConnection c, string shop) => c.QueryAsync<TermSpan>(Spans, new { shop });

    /// <summary>Writes plan, end and the next look; tells the shop when something of that is new.</summary>
    public async Task<ShopPlanState> RefreshAsync(ICommerceConnection c, string shop, DateTimeOffset now, string actor, string? note)
    {
        var was = (await c.QuerySingleOrDefaultAsync<ShopPlanState>(StateOf, new { shop }).ConfigureAwait(false))!;
        var told = (int)await c.QuerySingleOrDefaultAsync<long>(Told, new { shop }).ConfigureAwait(false);
        var (plan, until) = await PresentAsync(c, was, now).ConfigureAwait(false);
        if (until != was.PlanUntil || plan != was.Plan)
            told = 0;
        var stage = until is not { } end ? 0 : end - now <= Day ? 2 : end - now <= Week ? 1 : 0;
        if (stage > told)
            outbox.Add(c, PlanEvents.Ending, new PlanEnding(shop, plan, until!.Value));
        var checkAt = stage switch { 2 => until, 1 => until - Day, _ => until - Week };
        c.Defer(Set, new { shop, plan, until, told = Math.Max(stage, told), checkAt, now });
        if (plan != was.Plan)
            ShopSql.Write(c, shop, now, actor, "plan", $"{was.Plan} → {plan}{(note is null ? "" : ": " + note)}");
        else if (note is not null)
            ShopSql.Write(c, shop, now, actor, "plan", $"{plan}: {note}");
        if (plan != was.Plan || until != was.PlanUntil)
            outbox.Add(c, ShopEvents.Changed, new ShopChanged(shop));
        return was with { Plan = plan, PlanUntil = until };
    }

    private static async Task<(string Plan, DateTimeOffset? Until)> PresentAsync(ICommerceConnection c, ShopPlanState state, DateTimeOffset now)
    {
        var terms = await SpansAsync(c, state.Shop).ConfigureAwait(false);
        var segments = PlanTimeline.Lay(terms);
        foreach (var term in terms)
            c.Defer(Lie, new { from = term.From, until = term.Until, orderId = term.OrderId, line = term.Line });
        if (state.HandPlan is { } given && (state.HandUntil is null || state.HandUntil > now))
            return (given, state.HandUntil);
        return PlanTimeline.At(segments, now.ToUnixTimeMilliseconds()) is { } present
            ? (present.Plan, DateTimeOffset.FromUnixTimeMilliseconds(present.Until))
            : (ShopInfo.FreePlan, null);
    }
}
