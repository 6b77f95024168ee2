namespace LinkShop.Commerce.Referrals;

/// <summary>A way a buyer was reached.</summary>
internal sealed record Touch(ReferralCandidate Link, AttributionVia Via, DateTimeOffset At, string? ClickId = null);

/// <summary>A link that a buyer was reached by, with what its promoter is like now.</summary>
internal sealed record ReferralCandidate(
    string Id, string Promoter, string Channel, string Campaign, bool Active, int CodePlace, PromoterState State, string Tier, bool Listed, DateTimeOffset JoinedAt,
    DateTimeOffset? FirstAt, DateTimeOffset? LastAt, string? Click, int SelfRank, long Stamp, bool Enabled, bool FirstOrder, string? BuyerPromoter)
{
    /// <summary>Why the buyer is the promoter, by the strongest signal; null when they aren't. A shared network address alone is no proof.</summary>
    public string? Self => SelfRank switch { 6 => SelfReferral.Account, 5 => SelfReferral.Payment, 4 => SelfReferral.Device, 3 => SelfReferral.RealName, 2 => SelfReferral.Contact, _ => null };

    public bool SameAddress => SelfRank == 1;
}

/// <summary>What became of a touch, as kept with the order.</summary>
internal sealed record TouchEvidence(string Link, string Promoter, string Via, DateTimeOffset At, string? Click, string Result);

/// <summary>Chooses whose sale it is. Pure.</summary>
internal static class AttributionChoice
{
    /// <summary>The touches in the order in which they win.</summary>
    public static IReadOnlyList<Touch> Order(IEnumerable<Touch> touches, AttributionModel model)
    {
        // what is typed at checkout is later than any click, whatever clocks say; of several codes in one text the first wins, as where it is searched for; of the same moment the same wins however they were listed
        var firstWins = model == AttributionModel.FirstClick ? 1 : -1;
        var sorted = touches.OrderBy(t => t.Via == AttributionVia.Code).ThenBy(t => t.At).ThenBy(t => t.Via).ThenBy(t => t.Via == AttributionVia.Code ? firstWins * t.Link.CodePlace : 0).ThenBy(t => t.Link.Id, StringComparer.Ordinal);
        return model switch
        {
            AttributionModel.FirstClick => [.. sorted],
            AttributionModel.CodeWins => [.. sorted.Reverse().OrderBy(t => t.Via != AttributionVia.Code)],
            _ => [.. sorted.Reverse()],
        };
    }

    /// <summary>The first touch that can be rewarded, with its plan; else the first that can't because the buyer is the promoter; else null. Says of each what became of it.</summary>
    public static (Touch Touch, ReferralPlan Plan, string? Refused)? Pick(IReadOnlyList<Touch> ordered, ReferralProgram program, DateTimeOffset now, Func<ReferralCandidate, ReferralPlan?> planOf, List<TouchEvidence> evidence)
    {
        (Touch, ReferralPlan, string?)? winner = null;
        (Touch Touch, ReferralPlan Plan, string Why)? self = null;
        foreach (var touch in ordered)
        {
            var result = Result(touch, program, now, winner is not null);
            var plan = result is null ? planOf(touch.Link) : null;
            if (plan is null)
                result ??= "no_plan";
            else if (touch.Link.Self is { } why)
                (result, self) = (why, self ?? (touch, plan, why));
            else
                (result, winner) = ("won", (touch, plan, null));

            evidence.Add(new TouchEvidence(touch.Link.Id, touch.Link.Promoter, touch.Via.ToString(), touch.At, touch.ClickId, result!));
        }

        return winner ?? (self is { } own ? (own.Touch, own.Plan, own.Why) : null);
    }

    private static string? Result(Touch touch, ReferralProgram program, DateTimeOffset now, bool won)
    {
        if (touch.Via != AttributionVia.Code && touch.At < now.AddDays(-program.ClickWindowDays))
            return "too_old";
        if (touch.At > now.AddMinutes(5))
            return "in_future";
        if (!touch.Link.Active)
            return "link_off";
        if (touch.Link.State != PromoterState.Active)
            return "promoter_inactive";
        return won ? "lost" : null;
    }
}
