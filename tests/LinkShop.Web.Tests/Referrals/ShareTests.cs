using System.Xml.Linq;
using LinkShop.Http;

namespace LinkShop.Web.Tests.Referrals;

/// <summary>What is shared, as pictures.</summary>
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
}
