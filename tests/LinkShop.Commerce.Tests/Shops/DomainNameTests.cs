using LinkShop.Commerce.Shops;

namespace LinkShop.Commerce.Tests.Shops;

public sealed class DomainNameTests
{
    [Theory]
    [InlineData("shop.example.com", "shop.example.com")]
    [InlineData(" HTTPS://Shop.Example.com/ ", "shop.example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("小铺.例子.中国", "xn--yeto83k.xn--fsqu00a.xn--fiqs8s")]
    [InlineData("小铺。例子。中国", "xn--yeto83k.xn--fsqu00a.xn--fiqs8s")]
    [InlineData("ｓｈｏｐ.example.com", "shop.example.com")]
    [InlineData("bücher.de", "xn--bcher-kva.de")]
    [InlineData("anns.com.cn", "anns.com.cn")]
    [InlineData("notplatform.test", "notplatform.test")]
    public void A_domain_is_kept_in_ASCII(string typed, string domain) => Assert.Equal(domain, DomainNames.Read(typed, "platform.test").Value);

    [Theory]
    [InlineData("", CommerceErrors.Required)]
    [InlineData("localhost", CommerceErrors.Invalid)]
    [InlineData("shop", CommerceErrors.Invalid)]
    [InlineData("127.0.0.1", CommerceErrors.Invalid)]
    [InlineData("0x7f.1", CommerceErrors.Invalid)]
    [InlineData("2130706433", CommerceErrors.Invalid)]
    [InlineData("[::1]", CommerceErrors.Invalid)]
    [InlineData("::1", CommerceErrors.Invalid)]
    [InlineData("example.com:8080", CommerceErrors.Invalid)]
    [InlineData("example.com/path", CommerceErrors.Invalid)]
    [InlineData("ann@example.com", CommerceErrors.Invalid)]
    [InlineData("*.example.com", CommerceErrors.Invalid)]
    [InlineData("a,b.example.com", CommerceErrors.Invalid)]
    [InlineData("a b.example.com", CommerceErrors.Invalid)]
    [InlineData("a_b.example.com", CommerceErrors.Invalid)]
    [InlineData("-a.example.com", CommerceErrors.Invalid)]
    [InlineData("a..example.com", CommerceErrors.Invalid)]
    [InlineData("xn--a.example.com", CommerceErrors.Invalid)]
    [InlineData("shop.localhost", ShopErrors.DomainNotPossible)]
    [InlineData("shop.internal", ShopErrors.DomainNotPossible)]
    [InlineData("com.cn", ShopErrors.DomainNotPossible)]
    [InlineData("gd.cn", ShopErrors.DomainNotPossible)]
    [InlineData("co.uk", ShopErrors.DomainNotPossible)]
    [InlineData("github.io", ShopErrors.DomainNotPossible)]
    [InlineData("platform.test", ShopErrors.DomainReserved)]
    [InlineData("Anns.Platform.test", ShopErrors.DomainReserved)]
    [InlineData("ｐlatform.test.", ShopErrors.DomainReserved)]
    public void What_cannot_be_a_shops_domain_is_refused(string typed, string code) => Assert.Equal(code, DomainNames.Read(typed, "platform.test").Error?.Code);

    [Fact]
    public void The_longest_domain_leaves_room_for_the_record()
    {
        var stem = string.Concat(Enumerable.Repeat(new string('a', 58) + ".", 4)); // 236
        Assert.True(DomainNames.Read(stem + "come", null).Succeeded);
        Assert.Equal(CommerceErrors.Invalid, DomainNames.Read(stem + "comes", null).Error!.Code);
    }

    [Fact]
    public void People_read_it_in_its_own_script() => Assert.Equal("小铺.例子.中国", DomainNames.Show("xn--yeto83k.xn--fsqu00a.xn--fiqs8s"));
}
