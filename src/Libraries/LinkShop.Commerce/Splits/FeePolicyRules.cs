namespace LinkShop.Commerce.Splits;

/// <summary>What a policy must be like.</summary>
internal static class FeePolicyRules
{
    private const int MaxRules = 200;

    public static List<CommerceError> Check(FeePolicy policy, int ceiling)
    {
        var errors = new List<CommerceError>();
        That(policy.Rules.Count <= MaxRules, "rules", $"At most {MaxRules} rules.");
        That(policy.Terms.Count <= MaxRules, "terms", $"At most {MaxRules} terms.");
        That(policy.DefaultDays is >= 0 and <= 365, "defaultDays", "0 to 365 days.");
        That(policy.ReserveBasisPoints is >= 0 and <= 10_000, "reserveBasisPoints", "0 to 100 percent.");
        That(policy.ReserveDays is >= 0 and <= 365, "reserveDays", "0 to 365 days.");
        That(policy.NewMerchantDays is >= 0 and <= 3650, "newMerchantDays", "0 to 3,650 days.");
        That(policy.RefundAnswerHours is >= 1 and <= 720, "refundAnswerHours", "1 to 720 hours.");
        That(policy.CeilingBasisPoints >= 0 && policy.CeilingBasisPoints <= ceiling, "ceilingBasisPoints", $"0 to {ceiling / 100m} percent: the installation allows no more.");
        for (var i = 0; i < policy.Rules.Count; i++)
            Rule(policy.Rules[i], $"rules[{i}]");
        for (var i = 0; i < policy.Terms.Count; i++)
            That(policy.Terms[i].Days is >= 0 and <= 365, $"terms[{i}].days", "0 to 365 days.");
        return errors;

        void Rule(FeeRule rule, string at)
        {
            That(rule.Id is { Length: >= 1 and <= 60 } && policy.Rules.Count(r => r.Id == rule.Id) == 1, at + ".id", "A rule needs a name of its own of 1 to 60 characters.");
            That(Enum.IsDefined(rule.Share) && rule.Share is not (ShareKind.Merchant or ShareKind.Supply or ShareKind.Introducer), at + ".share", "The merchant gets what the others leave.");
            That(rule.BasisPoints is >= 0 and <= 10_000, at + ".basisPoints", "0 to 100 percent.");
            That(rule.Share == ShareKind.Tax || rule.BasisPoints <= Math.Min(ceiling, policy.CeilingBasisPoints), at + ".basisPoints", "This rate is above the ceiling.");
            That(rule.FixedMinor >= 0, at + ".fixedMinor", "It can't be negative.");
            That(rule.Currency is null || Currencies.IsKnown(rule.Currency), at + ".currency", "The currency isn't an ISO 4217 code.");
            That(rule.FixedMinor == 0 || rule.Currency is not null, at + ".currency", "A fixed amount needs a currency.");
            That(rule.ValidFrom is null || rule.ValidUntil is null || rule.ValidFrom < rule.ValidUntil, at + ".validUntil", "The end must be after the start.");
        }

        void That(bool holds, string field, string message)
        {
            if (!holds)
                errors.Add(new CommerceError(CommerceErrors.Invalid, message, field));
        }
    }
}
