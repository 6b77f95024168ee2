using System.Xml.Linq;
using LinkShop.Http;
using LinkShop.Referrals.Services;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>What is shared, as text and as picture, and who follows it.</summary>
public sealed class ShareTests
{
    private static readonly PosterText s_poster = new()
    {
        Brand = "Cards & <Co>",
        Title = "玄野点卡",
        Price = "¥9.80",
        Call = "Scan to buy",
        Code = "ABCD2345",
        Disclosure = "推广说明：您通过此海报购买后，分享者可能从商家获得佣金，您支付的价格不会因此提高；分享者须年满十八岁，且不得承诺任何收入。",
        Address = "https://shop.example/r/ABCD2345",
        Picture = "data:image/png;base64,iVBORw0KGgo=",
    };

    [Fact]
    public void A_poster_is_one_well_formed_picture_with_brand_goods_price_code_and_the_whole_disclosure()
    {
        var svg = XDocument.Parse(GoodsPoster.Svg(s_poster));
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.Contains("Cards & <Co>", texts);
        Assert.Contains("玄野点卡", texts);
        Assert.Contains("¥9.80", texts);
        Assert.Contains("ABCD2345", texts);
        Assert.Contains(s_poster.Address, texts);
        Assert.Contains(s_poster.Disclosure, string.Concat(texts), StringComparison.Ordinal);
        Assert.Equal(s_poster.Picture, svg.Descendants().Single(e => e.Name.LocalName == "image").Attribute("href")!.Value);
        // nothing that a viewer would have to load, nothing that runs
        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName is "script" or "foreignObject" or "use");
    }

    [Fact]
    public void The_disclosure_is_broken_into_lines_that_fit_and_nothing_is_lost()
    {
        foreach (var text in (string[])[s_poster.Disclosure, "Whoever shared this may earn a commission from the shop if you buy. Your price doesn't rise by it.", "x", ""])
        {
            var lines = GoodsPoster.Wrap(text, 20);
            Assert.All(lines, line => Assert.True(QrCodes.Width(line) <= 21, line));
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_code_as_PNG_is_a_PNG() => Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], QrCodes.Png(s_poster.Address)[..4]);

    [Theory]
    [InlineData("买点卡上游戏卡商城 ￥abcd2345￥ 复制这段话打开商城", "ABCD2345")]
    [InlineData("half width ¥ABCD2345¥ from a keyboard", "ABCD2345")]
    [InlineData("look: https://shop.example/cards/r/ABCD2345?ch=wechat", "ABCD2345")]
    [InlineData("  abcd2345 ", "ABCD2345")]
    [InlineData("玄野点卡", null)]
    [InlineData("two words", null)]
    [InlineData("", null)]
    public void A_pasted_phrase_gives_its_code(string text, string? code) => Assert.Equal(code, SharePhrase.CodeIn(text, bare: true));

    [Fact]
    public void A_word_in_the_search_box_is_no_code() => Assert.Null(SharePhrase.CodeIn("boosting", bare: false));

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50", null, true)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", null, true)]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "prefetch;prerender", false)]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", null, false)]
    [InlineData("Mozilla/5.0 (compatible; Baiduspider/2.0)", null, false)]
    [InlineData("facebookexternalhit/1.1", null, false)]
    [InlineData("WhatsApp/2.23", null, false)]
    [InlineData("curl/8.9", null, false)]
    [InlineData("", null, false)]
    public void Robots_previews_and_pages_loaded_ahead_are_no_visits(string agent, string? purpose, bool person)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Headers.UserAgent = agent;
        if (purpose is not null)
            context.Request.Headers["Sec-Purpose"] = purpose;
        Assert.Equal(person, Visits.IsPerson(context.Request));
        context.Request.Method = "HEAD";
        Assert.False(Visits.IsPerson(context.Request));
    }
}
