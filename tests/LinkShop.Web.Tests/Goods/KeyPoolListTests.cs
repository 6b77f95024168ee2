using System.Net;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Goods;

/// <summary>Finding a key pool among many.</summary>
[Collection("mall")]
public sealed class KeyPoolListTests(MallFixture mall)
{
    [Fact]
    public async Task Pools_are_found_by_a_part_of_their_name_and_what_people_type_is_no_pattern()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var word = MallFixture.Unique("w");
        var (percent, plain) = ($"{word} 100% off", $"{word} Plain_1");
        await admin.CreatePoolAsync(percent);
        await admin.CreatePoolAsync(plain);
        async Task<(bool Percent, bool Plain)> FoundAsync(string typed)
        {
            var page = WebUtility.HtmlDecode(await admin.GetAsync("/Admin/KeyPools/Index?q=" + Uri.EscapeDataString(typed)));
            Assert.Contains($"value=\"{typed.Trim()}\"", page, StringComparison.Ordinal);
            return (page.Contains(percent + "</a>", StringComparison.Ordinal), page.Contains(plain + "</a>", StringComparison.Ordinal));
        }

        Assert.Equal((true, true), await FoundAsync(word));
        Assert.Equal((false, true), await FoundAsync($" {word} plain "));
        Assert.Equal((true, false), await FoundAsync(word + " 100%"));
        Assert.Equal((false, false), await FoundAsync(word + "%"));
        Assert.Equal((false, true), await FoundAsync("Plain_1"));
        Assert.Contains("没有名称含", await admin.GetAsync("/Admin/KeyPools/Index?q=nothing-is-called-so"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_page_of_what_was_found_is_of_what_was_found()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var word = MallFixture.Unique("many");
        for (var i = 0; i < 51; i++)
            await admin.CreatePoolAsync($"{word} {i:00}");
        var first = WebUtility.HtmlDecode(await admin.GetAsync("/Admin/KeyPools/Index?q=" + word));
        Assert.Contains($"{word} 49</a>", first, StringComparison.Ordinal);
        Assert.Contains($"rel=\"next\" href=\"/cards/Admin/KeyPools/Index?q={word}&page=2\"", first, StringComparison.Ordinal);
        var second = await admin.GetAsync($"/Admin/KeyPools/Index?q={word}&page=2");
        Assert.Contains($"{word} 50</a>", second, StringComparison.Ordinal);
        Assert.DoesNotContain("玄野点卡", WebUtility.HtmlDecode(second).Split("<table")[1], StringComparison.Ordinal);
    }
}
