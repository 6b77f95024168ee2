namespace LinkShop.Commerce.Shops;

/// <summary>What a plan must be like.</summary>
public static class PlanRules
{
    /// <summary>What is wrong with a plan; null when nothing is.</summary>
    /// <param name="plan">The plan.</param>
    public static CommerceError? Check(ShopPlan plan)
    {
        if (plan.Code is not { Length: >= 1 and <= 30 } || !plan.Code.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            return new(CommerceErrors.Invalid, "A code has 1 to 30 small letters, digits or hyphens.", "code");
        if (plan.FeeBasisPoints is < 0 or > 10_000)
            return new(CommerceErrors.Invalid, "0 to 100 percent.", "feeBasisPoints");
        return Math.Min(Math.Min(plan.Products, plan.Staff), Math.Min(plan.StorageMb, plan.Domains)) < 0 ? new(CommerceErrors.Invalid, "A limit can't be negative.", "limits") : null;
    }
}
