using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Referrals;

/// <summary>Whose sale a new order is.</summary>
internal sealed class Brought(Touch touch, ReferralPlan plan, string? refused, AttributionModel model, string buyer, List<TouchEvidence> evidence, IOutbox outbox, DateTimeOffset now)
{
    private const string Insert = """
        insert into referral_attribution (tenant, order_id, promoter, link, plan_id, version, levels, model, via, channel, campaign, buyer, buyer_promoter, first_order, touched_at, evidence, refused, at)
        values (@tenant, @orderId, @promoter, @link, @plan, @version, @levels, @model, @via, @channel, @campaign, @buyer, @buyerPromoter, @firstOrder, @touchedAt, @evidence, @refused, @now)
        """;

    private const string Suspect = """
        insert into referral_case (tenant, id, kind, promoter, order_id, state, evidence, opened_at) values (@tenant, @id, 'SameAddress', @promoter, @orderId, 'Open', '{}', @now) on conflict do nothing
        """;

    /// <summary>Who earns by it; null when the buyer is the promoter.</summary>
    public string? Earner => refused is null ? touch.Link.Promoter : null;

    /// <summary>Takes the plan's discount for using a code off the lines.</summary>
    public void Discount(IReadOnlyList<PricedLine> lines)
    {
        if (plan.BuyerDiscountBasisPoints == 0 || touch.Via != AttributionVia.Code || refused is not null)
            return;
        foreach (var line in lines)
            line.Discount = new Money(line.Subtotal, plan.Currency).PortionDown(plan.BuyerDiscountBasisPoints).Minor;
    }

    /// <summary>Writes it, after the order's rows.</summary>
    public void Record(ICommerceConnection connection, string orderId)
    {
        connection.Defer(Insert, new
        {
            orderId,
            promoter = touch.Link.Promoter,
            link = touch.Link.Id,
            plan = plan.Id,
            version = plan.Version,
            levels = plan.Levels,
            model,
            via = touch.Via,
            channel = touch.Link.Channel,
            campaign = touch.Link.Campaign,
            buyer,
            buyerPromoter = touch.Link.BuyerPromoter,
            firstOrder = touch.Link.FirstOrder,
            touchedAt = touch.At,
            evidence = JsonSerializer.Serialize(evidence, ReferralJson.Default.IReadOnlyListTouchEvidence),
            refused,
            now,
        });
        if (refused is not null || !touch.Link.SameAddress)
            return;
        // the order is new, so there is no such case about it
        var id = CommerceId.New(now);
        connection.Defer(Suspect, new { id, promoter = touch.Link.Promoter, orderId, now });
        outbox.Add(connection, ReferralEvents.CaseOpened, new ReferralEvent(touch.Link.Promoter, orderId, CaseId: id));
    }
}
