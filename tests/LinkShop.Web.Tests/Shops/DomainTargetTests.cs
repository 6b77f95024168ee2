using System.Net;
using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;

namespace LinkShop.Web.Tests.Shops;

/// <summary>A shop's owner is told where a domain has to point to, also on a platform without a domain for its shops.</summary>
[Collection("shops in this process")]
public sealed class DomainTargetTests(ShopRoutes shops)
{
    [Theory]
    [InlineData("platform.example", "platform.example", "CNAME")]
    [InlineData("platform.example:8443", "platform.example", "CNAME")]
    [InlineData("192.0.2.7", "192.0.2.7", "A 记录")]
    [InlineData("localhost", null, "前往平台")]
    [InlineData("127.0.0.1", null, "前往平台")]
    public async Task The_domains_page_names_the_host_that_the_shop_is_served_at_when_others_can_reach_it(string host, string? target, string way)
    {
        await shops.InAsync(ShellSettings.DefaultShellName, async services =>
            Assert.True((await services.GetRequiredService<IShopPlans>().GiveAsync(new TenantScope(ShellSettings.DefaultShellName), shops.Shops["ann"], "pro", null, "A test", "boss")).Succeeded));
        await using var partner = await shops.StaffAsync("ann", "anns-partner", "Owner");
        var cookies = await shops.SignInAsync("/ann", "anns-partner");
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/ann/Admin/ShopDomains/Index");
        request.Headers.Add("Cookie", cookies);
        request.Headers.Host = host;
        using var client = shops.CreateClient();
        using var answer = await client.SendAsync(request);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(way, page, StringComparison.Ordinal);
        if (target is null)
            Assert.DoesNotContain("id=\"target\"", page, StringComparison.Ordinal);
        else
            Assert.Contains($"id=\"target\">{target}<", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_operator_says_comes_before_the_platforms_domain_and_that_before_where_it_is_reached()
    {
        Assert.Equal(new DomainTarget("edge.example", false), Of("edge.example", "shops.test", "platform.example"));
        Assert.Equal(new DomainTarget("2001:db8::7", true), Of("2001:db8::7", null, null));
        Assert.Equal(new DomainTarget("anns.shops.test", false), Of(null, "shops.test", "platform.example"));
        Assert.Equal(new DomainTarget("platform.example", false), Of(null, null, "platform.example"));
        Assert.Null(Of(null, null, "[::1]"));
        Assert.Null(Of(" ", "", null));

        static DomainTarget? Of(string? said, string? platform, string? host) => DomainTarget.Of(
            new ConfigurationBuilder().AddInMemoryCollection([new("LinkShop:Shops:DomainTarget", said), new("LinkShop:PlatformDomain", platform)]).Build(), "anns", host);
    }
}
