using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Referrals.ViewModels;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>A promoter's rewards, page by page.</summary>
public sealed class CommissionsPageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void Page_by_page_every_reward_is_shown_once_and_no_order_is_cut_in_two(int lines)
    {
        var all = Enumerable.Range(0, 70).Reverse().SelectMany(order => Enumerable.Range(1, lines).Select(line => Reward(order, line))).ToList();
        var seen = new List<Commission>();
        string? before = null;
        do
        {
            // as the records give them: older orders than the last one, one more than fits
            var page = CommissionsPage.Of([.. all.Where(c => before is null || string.CompareOrdinal(c.OrderId, before) < 0).Take(CommissionsPage.Size + 1)]);
            Assert.All(page.Commissions.GroupBy(c => c.OrderId), order => Assert.Equal(lines, order.Count()));
            seen.AddRange(page.Commissions);
            before = page.Next;
        }
        while (before is not null);
        Assert.Equal(all, seen);
    }

    [Fact]
    public void A_full_last_page_has_no_next_one() =>
        Assert.Null(CommissionsPage.Of([.. Enumerable.Range(0, CommissionsPage.Size).Select(order => Reward(order, 1))]).Next);

    private static Commission Reward(int order, int line) => new(
        order.ToString("D26", System.Globalization.CultureInfo.InvariantCulture), line, 1, "ann", "plan", 1, new Money(100, "CNY"), new Money(100, "CNY"), RewardKind.Money, RewardFunding.Merchant, null, false, DateTimeOffset.UnixEpoch);
}
