using LinkShop.Commerce.Data;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Refunds;

/// <summary>A buyer whom the shop declined asks the platform.</summary>
public sealed class PlatformAskedTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task The_platform_is_asked_after_the_shop_declined_and_once_for_an_order(CommerceDialect dialect)
    {
        await using var shop = await OpenAsync(dialect);
        var (refunds, order) = (shop.Commerce.Get<IRefunds>(), await shop.PaidOrderAsync());
        Task<CommerceResult<RefundView>> AskAsync(bool platform) => refunds.RequestAsync(shop.Scope, Draft(order, 500) with { ToPlatform = platform });
        Task<CommerceResult<RefundView>> AnswerAsync(RefundView asked, bool forPlatform, bool approve = false) =>
            refunds.AnswerAsync(shop.Scope, asked.Id, approve, RefundPayer.Merchant, revokeKeys: false, forPlatform ? "root" : "ann", "No.", forPlatform);

        // nobody has declined yet, and what the buyer took back nobody declined
        Assert.Equal(CommerceErrors.IllegalTransition, (await AskAsync(platform: true)).Error?.Code);
        var taken = (await AskAsync(platform: false)).Value;
        Assert.True((await refunds.WithdrawAsync(shop.Scope, order.OrderId, taken.Id)).Succeeded);
        Assert.Equal(CommerceErrors.IllegalTransition, (await AskAsync(platform: true)).Error?.Code);

        var declined = (await AskAsync(platform: false)).Value;
        Assert.Equal(CommerceErrors.RefundOpen, (await AskAsync(platform: true)).Error?.Code);
        Assert.True((await AnswerAsync(declined, forPlatform: false)).Succeeded);
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => AskAsync(platform: true))));
        var asked = Assert.Single(all, r => r.Succeeded).Value;
        Assert.All(all.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.RefundOpen, r.Error!.Code));
        Assert.Equal((RefundState.Escalated, true), (asked.State, asked.ToPlatform));
        Assert.Equal(1, await shop.Commerce.CountAsync("outbox", $"type = '{RefundEvents.Escalated}'"));
        Assert.Equal(CommerceErrors.PlatformDecides, (await AnswerAsync(asked, forPlatform: false, approve: true)).Error?.Code);
        Assert.True((await AnswerAsync(asked, forPlatform: true)).Succeeded);

        Assert.Equal(CommerceErrors.IllegalTransition, (await AskAsync(platform: true)).Error?.Code);
        Assert.Equal(RefundState.Requested, (await AskAsync(platform: false)).Value.State);
        Assert.Equal(0, (await shop.ViewAsync(order)).RefundDue.Minor);
        await SoundAsync(shop);
    }
}
