namespace LinkShop.Catalogue;

/// <summary>Whether the shop has anything to say about recommending it. A tenant without referrals has none of these services. Every page asks, so answers are kept until somebody changes the plans, or half a minute.</summary>
public interface IPromotion
{
    /// <summary>Whether recommendations are paid for: a plan is in force.</summary>
    ValueTask<bool> PaysAsync();

    /// <summary>Whether somebody is led to what promoters see: recommendations are paid for, or they are a promoter, who has to find what they earned.</summary>
    /// <param name="user">User id; null for a guest.</param>
    ValueTask<bool> ConcernsAsync(string? user);
}
