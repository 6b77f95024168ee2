using LinkShop.Commerce.Shops;

namespace LinkShop.Commerce.Tests.Shops;

public sealed class ShopNameTests
{
    [Theory]
    [InlineData("anns-cards", null)]
    [InlineData("a1b", null)]
    [InlineData("dianka2026", null)]
    [InlineData("", CommerceErrors.Required)]
    [InlineData("ab", CommerceErrors.TooShort)]
    [InlineData("a234567890123456789012345678901", CommerceErrors.TooLong)]
    [InlineData("Anns", CommerceErrors.Invalid)]
    [InlineData("ann_s", CommerceErrors.Invalid)]
    [InlineData("ann.s", CommerceErrors.Invalid)]
    [InlineData("-anns", CommerceErrors.Invalid)]
    [InlineData("anns-", CommerceErrors.Invalid)]
    [InlineData("an--ns", CommerceErrors.Invalid)]
    [InlineData("xn--fiq228c", CommerceErrors.Invalid)]
    [InlineData("小铺小铺", CommerceErrors.Invalid)]
    [InlineData("аnns", CommerceErrors.Invalid)] // a Cyrillic a
    [InlineData("anns\n", CommerceErrors.Invalid)]
    [InlineData("admin", ShopErrors.SlugReserved)]
    [InlineData("adm1n", ShopErrors.SlugReserved)]
    [InlineData("ad-min", ShopErrors.SlugReserved)]
    [InlineData("vvww", ShopErrors.SlugReserved)]
    [InlineData("1ogin", ShopErrors.SlugReserved)]
    [InlineData("medla", ShopErrors.SlugReserved)]
    [InlineData("adrnin", ShopErrors.SlugReserved)]
    [InlineData("link5hop-cards", ShopErrors.SlugReserved)]
    [InlineData("cards-0fficial", ShopErrors.SlugReserved)]
    public void An_address_is_plain_and_not_the_platforms(string slug, string? error) => Assert.Equal(error, ShopSlugs.Check(slug)?.Code);

    [Theory]
    [InlineData("小安的点卡铺", null)]
    [InlineData("Ann's cards & games", null)]
    [InlineData("Café Spiele", null)]
    [InlineData(" ", CommerceErrors.Required)]
    [InlineData("!!!", CommerceErrors.Invalid)]
    [InlineData("Ann\u202Es", CommerceErrors.Invalid)]
    [InlineData("An\u200Bns", CommerceErrors.Invalid)]
    [InlineData("点卡官方店", ShopErrors.TitleReserved)]
    [InlineData("点卡官 方 店", ShopErrors.TitleReserved)]
    [InlineData("Ｌｉｎｋ Shop cards", ShopErrors.TitleReserved)]
    [InlineData("L1nk-Sh0p", ShopErrors.TitleReserved)]
    [InlineData("Lіnk\u0405hор", ShopErrors.TitleReserved)] // i, S, o, p of Cyrillic
    [InlineData("Öffícial cards", ShopErrors.TitleReserved)]
    [InlineData("链·动小铺", ShopErrors.TitleReserved)]
    [InlineData("支付宝特惠", ShopErrors.TitleReserved)]
    public void A_name_is_readable_and_not_the_platforms(string title, string? error) => Assert.Equal(error, ShopTitles.Check(ShopTitles.Normalize(title))?.Code);

    [Fact]
    public void The_longest_name_counts_characters() =>
        Assert.Equal([null, CommerceErrors.TooLong], new[] { 40, 41 }.Select(n => ShopTitles.Check(new string('好', n))?.Code));
}
