using LinkShop.Cms.Admin.Users;

namespace LinkShop.Cms.Tests.Admin;

/// <summary>What a mailed link begins with where the site has no address set.</summary>
public sealed class SiteRootTests
{
    [Theory]
    [InlineData(null, "http://127.0.0.1:5000")]
    [InlineData("http://127.0.0.1:5999", "http://127.0.0.1:5999")]
    [InlineData("http://+:80;https://shop.example", "http://127.0.0.1:80")]
    [InlineData("http://*:8080/", "http://127.0.0.1:8080")]
    [InlineData("https://[::]:5001", "https://127.0.0.1:5001")]
    [InlineData("http://0.0.0.0:5000", "http://127.0.0.1:5000")]
    [InlineData("https://shop.example", "https://shop.example:443")]
    public void It_is_an_address_that_can_be_opened_however_the_server_listens(string? urls, string expected) => Assert.Equal(expected, SiteRoot.Listening(urls));
}
