using System.Net;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Support;
using LinkShop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Web.Tests.Shops;

/// <summary>A buyer sees and takes along what is kept about them: all of it, nobody else's, and no secret.</summary>
public abstract class OwnDataTests(ShopRoutes shops)
{
    [Fact]
    public async Task The_file_has_the_account_its_orders_messages_and_promotion_and_nothing_of_others_and_no_secret()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var (ann, bob) = (await OwnData.JoinAsync(shops), await OwnData.JoinAsync(shops));
        var sku = await ann.SellAsync(1000);
        var (order, other) = (await ann.OrderAsync(sku), await bob.OrderAsync(sku));
        var scope = OwnData.ScopeOf(shops);
        await ann.InAsync(services => services.GetRequiredService<IRefunds>().RequestAsync(scope, new RefundDraft
        {
            Id = Guid.NewGuid().ToString("n"), OrderId = order.OrderId, Lines = [new RefundLine(1, 400)], Reason = RefundReason.NotAsDescribed, Text = "Not what I saw",
        }));
        await ann.WriteAsync("About my order", order.OrderId);
        var general = await ann.WriteAsync("A general question");
        await ann.InAsync(services => services.GetRequiredService<ITicketDesk>().AnswerAsync(scope, general.Id, new MessageDraft { Id = Guid.NewGuid().ToString("n"), Text = "A general answer" }, "the-clerk"));
        await bob.WriteAsync("Bob's question");
        await ann.PromoteAsync("Ann of the leaderboard", "OWN" + ann.Name);
        await bob.PromoteAsync("Bob of the leaderboard", "OWN" + bob.Name);

        var (text, file) = await ann.DownloadAsync();
        Assert.Equal("linkshop-account-1", file.GetProperty("format").GetString());
        var account = file.GetProperty("account");
        Assert.Equal((ann.Name, ann.Mail), (account.GetProperty("name").GetString(), account.GetProperty("email").GetString()));
        Assert.InRange(account.GetProperty("made_at").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        var bought = Assert.Single(file.GetProperty("orders").EnumerateArray());
        Assert.Equal((order.Number, "fulfilled", ann.Mail, "10.00"), (bought.GetProperty("number").GetString(), bought.GetProperty("state").GetString(), bought.GetProperty("contact").GetString(), bought.GetProperty("total").GetProperty("amount").GetString()));
        Assert.Equal("Things of one's own", Assert.Single(bought.GetProperty("lines").EnumerateArray()).GetProperty("product").GetString());
        Assert.Equal("10.00", Assert.Single(bought.GetProperty("payments").EnumerateArray()).GetProperty("paid").GetProperty("amount").GetString());
        var refund = Assert.Single(bought.GetProperty("refunds").EnumerateArray());
        Assert.Equal(("requested", "you", "4.00"), (refund.GetProperty("state").GetString(), refund.GetProperty("asked_by").GetString(), refund.GetProperty("amount").GetProperty("amount").GetString()));
        Assert.EndsWith("/ann/orders/" + order.OrderId, bought.GetProperty("delivered").GetString(), StringComparison.Ordinal);
        Assert.Equal(["A general question", "A general answer"], file.GetProperty("conversations")[0].GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("text").GetString()));
        Assert.Equal("About my order", file.GetProperty("conversations")[1].GetProperty("messages")[0].GetProperty("text").GetString());
        Assert.Equal("Ann of the leaderboard", Assert.Single(file.GetProperty("promoter").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("OWN" + ann.Name, Assert.Single(file.GetProperty("referral_links").EnumerateArray()).GetProperty("code").GetString());

        var stored = (await ann.AccountAsync())!;
        // what was delivered is behind the order's address; of others and of staff there is nothing
        foreach (var absent in new[] { OwnData.Delivered, stored.PasswordHash!, stored.SecurityStamp!, "sesame-1", "the-clerk", order.AccessToken, bob.Name, bob.Id, other.Number, "Bob" })
            Assert.DoesNotContain(absent, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_is_given_to_who_knows_the_password_and_forms_of_others_dont_fetch_it()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var ann = await OwnData.JoinAsync(shops);
        using (var refused = await ann.PostAsync("/account/data", "wrong one"))
        {
            var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
            Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (refused.StatusCode, page.Contains("当前密码不正确", StringComparison.Ordinal)));
        }

        // guessing locks the account as it does at the sign-in
        for (var i = 0; i < 4; i++)
            (await ann.PostAsync("/account/data", "wrong one")).Dispose();
        using (var locked = await ann.PostAsync("/account/data"))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.StatusCode);
        Assert.NotNull((await ann.AccountAsync())!.LockoutEndUtc);

        var stranger = new OwnData(shops, "nobody");
        Assert.Contains("/Login", (await stranger.GetAsync("/account/data")).Location, StringComparison.Ordinal);
        foreach (var path in new[] { "/account/data", "/account/delete" })
        {
            using var forged = await ann.ForgeAsync(path);
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        }
    }

    [Fact]
    public async Task A_long_history_comes_whole()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var ann = await OwnData.JoinAsync(shops);
        var sku = await ann.SellAsync(0);
        var numbers = new List<string>();
        // one contact has few free orders within an hour
        for (var i = 0; i < 103; i++)
            numbers.Add((await ann.OrderAsync(sku, pay: false, contact: $"ann{i}@test.example")).Number);
        for (var i = 0; i < 53; i++)
        {
            var ticket = await ann.WriteAsync($"Question {i}");
            await ann.InAsync(services => services.GetRequiredService<ITicketDesk>().CloseAsync(OwnData.ScopeOf(shops), ticket.Id));
        }

        var (_, file) = await ann.DownloadAsync();
        Assert.Equal(numbers.Order(), file.GetProperty("orders").EnumerateArray().Select(o => o.GetProperty("number").GetString()).Order());
        Assert.Equal(53, file.GetProperty("conversations").EnumerateArray().Select(c => c.GetProperty("messages")[0].GetProperty("text").GetString()).Distinct().Count());
    }
}

/// <summary>On SQLite.</summary>
[Collection("shops in this process")]
public sealed class SqliteOwnDataTests(ShopRoutes shops) : OwnDataTests(shops);

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresOwnDataTests(PostgresShopRoutes shops) : OwnDataTests(shops);

/// <summary>How often.</summary>
public sealed class OwnDataLimitTests
{
    [Fact]
    public async Task Downloads_and_deletions_are_limited_by_where_they_come_from()
    {
        await using var server = await LinkShopServer.StartAsync(await Demo.OptionsAsync("sqlite", settings: new Dictionary<string, string> { ["LinkShop:RateLimits:OwnDataPerMinute"] = "2" }));
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word(), "/" + LinkShopServer.Mall);
        var page = $"/{LinkShopServer.Mall}/account/data";
        Assert.Equal(HttpStatusCode.OK, (await ann.SubmitAsync(page, page, ("Password", "Long enough 1"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ann.SubmitAsync(page, page, ("Password", "wrong one"))).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ann.SubmitAsync(page, page, ("Password", "Long enough 1"))).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ann.SubmitAsync(page, page.Replace("/data", "/delete", StringComparison.Ordinal), ("Password", "Long enough 1"))).Status);
    }
}
