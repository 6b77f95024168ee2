using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>What a signed-in buyer's account learns of the links that the buyer followed.</summary>
[Collection("mall")]
public sealed class AccountTouchesTests(MallFixture mall)
{
    [Fact]
    public async Task Pages_go_on_while_clicks_cannot_be_stored_and_the_first_page_afterwards_stores_them()
    {
        var (buyer, link) = await BuyerAsync();
        using var client = buyer;
        var page = WebUtility.HtmlDecode(await client.GetStringAsync(MallPages.At("/r/" + link)));
        // as the database refuses the rows of a shop that is being moved
        mall.Text($"create trigger test_touch before insert on referral_touch when new.link = '{link}' begin select raise(abort, 'linkshop_tenant_moving'); end");
        try
        {
            // fails unless the form and the page it leads to are answered with success
            await ReferralScreensTests.AnswerAsync(client, page, "yes");
            using var home = await client.GetAsync(MallPages.At("/"));
            Assert.Equal(HttpStatusCode.OK, home.StatusCode);
            Assert.Equal(0, Touches(link));
        }
        finally
        {
            mall.Text("drop trigger test_touch");
        }

        // a form stores nothing on the way
        var (status, _) = await client.PostAsync("/account/promote/join", page, ("Name", "nobody"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(0, Touches(link));
        await client.ReadAsync("/");
        Assert.Equal(1, Touches(link));
    }

    [Fact]
    public async Task A_signed_in_buyers_click_is_nobodys_until_the_buyer_agreed()
    {
        var (buyer, link) = await BuyerAsync();
        using var client = buyer;
        var page = WebUtility.HtmlDecode(await client.GetStringAsync(MallPages.At("/r/" + link)));
        await WrittenAsync(link, 1);
        Assert.Equal(0, mall.Stored($"select count(*) from referral_click where link = '{link}' and user_id is not null"));
        Assert.Equal(0, Touches(link));
        await ReferralScreensTests.AnswerAsync(client, page, "yes");
        Assert.Equal(1, Touches(link));
        await client.GetStringAsync(MallPages.At("/r/" + link));
        await WrittenAsync(link, 2);
        Assert.Equal(1, mall.Stored($"select count(*) from referral_click where link = '{link}' and user_id is not null"));
    }

    private long Touches(string link) => mall.Stored($"select count(*) from referral_touch where link = '{link}'");

    /// <summary>A signed-in buyer on a phone, and somebody else's link.</summary>
    private async Task<(HttpClient Client, string Link)> BuyerAsync()
    {
        var (promoter, link) = await ReferralScreensTests.PromoterAsync(mall);
        promoter.Dispose();
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (client, _) = await mall.UserAsync(admin, "Merchant");
        client.DefaultRequestHeaders.UserAgent.ParseAdd(ReferralScreensTests.Phone);
        return (client, link);
    }

    /// <summary>Waits until so many clicks are written; that happens after the answer.</summary>
    private async Task WrittenAsync(string link, long count)
    {
        var until = DateTime.UtcNow.AddSeconds(30);
        while (mall.Stored($"select count(*) from referral_click where link = '{link}'") < count && DateTime.UtcNow < until)
            await Task.Delay(50);
        Assert.Equal(count, mall.Stored($"select count(*) from referral_click where link = '{link}'"));
    }
}
