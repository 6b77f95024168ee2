using System.Net;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Accounts and shops by the hundred from one network.</summary>
public sealed class ManyShopsTests
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task One_network_makes_some_accounts_and_opens_some_shops_in_an_hour_and_is_told_when_it_can_go_on(string database)
    {
        Assert.SkipWhen(database == "postgres" && PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        await using var server = await LinkShopServer.StartAsync(await Demo.OptionsAsync(database, settings: new Dictionary<string, string>
        {
            ["LinkShop:RateLimits:AccountsPerHour"] = "2", ["LinkShop:RateLimits:ShopsPerHour"] = "2",
        }));
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var carl = new Person(server, ShopPlatforms.Word());
        var refused = await carl.SubmitAsync("/Register", "/Register",
            ("UserName", carl.Name), ("Email", carl.Mail), ("Password", "Long enough 1"), ("PasswordConfirmation", "Long enough 1"));
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromHours(1)), (refused.Status, refused.Response.Headers.RetryAfter?.Delta));
        Assert.Contains("最近一小时内注册的账号过多", refused.Text, StringComparison.Ordinal);
        // each mall has its own visitors
        using var buyer = await Person.SignUpAsync(server, carl.Name, "/" + LinkShopServer.Mall);

        var slugs = new[] { ShopPlatforms.Word(), ShopPlatforms.Word(), ShopPlatforms.Word() };
        Assert.StartsWith("/my-shops/Shop", (await ann.OpenAsync(slugs[0], "Ann")).Path, StringComparison.Ordinal);
        // what can't be had doesn't count
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await bob.OpenAsync(slugs[0], "Bob")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await bob.OpenAsync(slugs[1], "支付宝官方")).Status);
        Assert.StartsWith("/my-shops/Shop", (await bob.OpenAsync(slugs[1], "Bob")).Path, StringComparison.Ordinal);
        foreach (var person in new[] { ann, bob })
        {
            var third = await person.OpenAsync(slugs[2], "Third");
            Assert.Equal(HttpStatusCode.TooManyRequests, third.Status);
            Assert.InRange(third.Response.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 40, 60);
            Assert.Contains("一小时内的开店数量已达上限", third.Text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync("/" + slugs[2])).Status);
    }
}
