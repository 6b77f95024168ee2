using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Shops;

[Collection("shops")]
public sealed partial class DomainTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Of_two_shops_that_want_a_domain_the_first_that_proves_it_answers_there_and_nowhere_near(string database)
    {
        var server = await platforms.OnAsync(database);
        var (ann, bob) = (await Owner.OpenAsync(server), await Owner.OpenAsync(server));
        var domain = $"www.{ShopPlatforms.Word()}.example";
        var annsToken = await ann.WantAsync(domain.ToUpperInvariant());
        var bobsToken = await bob.WantAsync("https://" + domain + "/");
        Assert.NotEqual(annsToken, bobsToken);

        // somebody else's record proves nothing for oneself
        platforms.Dns.Texts["_linkshop." + domain] = ["linkshop=" + bobsToken];
        Assert.Contains("内容不一致", await ann.CheckAsync(domain), StringComparison.Ordinal);
        Assert.False(await ann.AnswersAtAsync(domain));
        Assert.Equal(HttpStatusCode.NotFound, await AllowedAsync(server, domain));
        Assert.Contains("验证通过", await bob.CheckAsync(domain), StringComparison.Ordinal);
        Assert.True(await bob.AnswersAtAsync(domain));
        Assert.Equal(HttpStatusCode.OK, await AllowedAsync(server, domain));

        // also the second proof is good, but too late
        platforms.Dns.Texts["_linkshop." + domain] = ["linkshop=" + annsToken, "linkshop=" + bobsToken];
        Assert.Contains("另一家店铺", await ann.CheckAsync(domain), StringComparison.Ordinal);
        Assert.False(await ann.AnswersAtAsync(domain));

        foreach (var host in new[] { domain + ":8443", domain.ToUpperInvariant() })
            Assert.True(await bob.AnswersAtAsync(host), host);
        foreach (var host in new[] { "x." + domain, domain + ".evil.example", domain[4..], "evil" + domain, domain + ".", ann.Slug + "." + domain, $"{domain}.shops.test", "127.0.0.1" })
            Assert.False(await bob.AnswersAtAsync(host), host);
        // another shop's or mall's path leads nowhere else at this host
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (await StatusAsync(server, domain, "/" + ann.Slug), await StatusAsync(server, domain, "/cards")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, domain, "/api/v1/platform/domains/allowed?domain=" + domain));
        // the file is shown at the domain itself, and only by who has it
        Assert.Equal(bobsToken, (await BodyAsync(server, domain, "/.well-known/linkshop.txt")).Trim());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, ann.Slug + ".shops.test", "/.well-known/linkshop.txt"));

        await bob.RemoveAsync(domain);
        Assert.False(await bob.AnswersAtAsync(domain));
        Assert.Equal(HttpStatusCode.NotFound, await AllowedAsync(server, domain));
        Assert.Contains("验证通过", await ann.CheckAsync(domain), StringComparison.Ordinal);
        Assert.True(await ann.AnswersAtAsync(domain));

        // a shop that is closed has none
        using var admin = await Person.AdministratorAsync(server);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + ann.Shop, "/Admin/Shops/Close/" + ann.Shop, ("reason", "The end"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (await AllowedAsync(server, domain), await AllowedAsync(server, ann.Slug + ".shops.test")));
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_domain_in_Chinese_is_shown_as_it_was_typed_and_answers_as_browsers_write_it_whoever_spells_it_how(string database)
    {
        var server = await platforms.OnAsync(database);
        var (ann, bob) = (await Owner.OpenAsync(server), await Owner.OpenAsync(server));
        var typed = $"小铺{ShopPlatforms.Word()}.例子.example";
        var ascii = new System.Globalization.IdnMapping().GetAscii(typed);
        Assert.StartsWith("xn--", ascii, StringComparison.Ordinal);
        var annsToken = await ann.WantAsync(typed);
        var bobsToken = await bob.WantAsync(ascii.ToUpperInvariant());
        Assert.Contains(typed, (await ann.Person.GetAsync(ann.Desk)).Text, StringComparison.Ordinal);
        platforms.Dns.Texts["_linkshop." + ascii] = ["linkshop=" + annsToken, "linkshop=" + bobsToken];
        Assert.Contains("验证通过", await ann.CheckAsync(ascii), StringComparison.Ordinal);
        // the same domain in another spelling
        Assert.Contains("另一家店铺", await bob.CheckAsync(ascii), StringComparison.Ordinal);
        foreach (var host in new[] { ascii, ascii.ToUpperInvariant(), ascii + ":8443" })
            Assert.True(await ann.AnswersAtAsync(host) && !await bob.AnswersAtAsync(host), host);
        Assert.Equal(annsToken, (await BodyAsync(server, ascii, "/.well-known/linkshop.txt")).Trim());
        // one letter is another: 小舖 for 小铺
        foreach (var host in new[] { new System.Globalization.IdnMapping().GetAscii(typed.Replace('铺', '舖')), "x." + ascii })
            Assert.False(await ann.AnswersAtAsync(host), host);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await AllowedAsync(server, ascii), await AllowedAsync(server, typed.Replace('铺', '舖'))));
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_domain_that_leads_into_the_machine_is_not_called_and_nothing_is_proven(string database)
    {
        var server = await platforms.OnAsync(database);
        var ann = await Owner.OpenAsync(server);
        var domain = ShopPlatforms.Word() + ".example";
        await ann.WantAsync(domain);
        platforms.Dns.Addresses[domain] = IPAddress.Loopback;
        // whoever points a domain at the platform before wanting it doesn't prove it for a stranger
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, domain, "/.well-known/linkshop.txt"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, domain, $"/{ann.Slug}/.well-known/linkshop.txt"));
        Assert.Contains("不是公网地址", await ann.CheckAsync(domain), StringComparison.Ordinal);
        Assert.False(await ann.AnswersAtAsync(domain));
        foreach (var wish in new[] { "localhost", "127.0.0.1", "[::1]", "shops.test", "a.shops.test", "com.cn", "a", domain + ":80", "<b>.example" })
        {
            var page = await ann.Person.SubmitAsync(ann.Desk, ann.Action("Add"), ("domain", wish));
            Assert.Equal((wish, HttpStatusCode.UnprocessableEntity), (wish, page.Status));
        }

        Assert.Single(Names().Matches((await ann.Person.GetAsync(ann.Desk)).Html));
        // nobody else's, and not without the form
        var bob = await Owner.OpenAsync(server);
        await bob.RemoveAsync(domain);
        Assert.Equal(HttpStatusCode.BadRequest, (await ann.Person.PostAsync(ann.Action("Remove"), new Dictionary<string, string> { ["domain"] = domain })).Status);
        Assert.Single(Names().Matches((await ann.Person.GetAsync(ann.Desk)).Html));
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_proxy_is_told_of_shops_and_of_nothing_else(string database)
    {
        var server = await platforms.OnAsync(database);
        var ann = await Owner.OpenAsync(server);
        Assert.Equal(HttpStatusCode.OK, await AllowedAsync(server, ann.Slug + ".shops.test"));
        foreach (var host in new[] { "", "x", ShopPlatforms.Word() + ".shops.test", "shops.test", ".shops.test", "a." + ann.Slug + ".shops.test", ann.Slug + ".shops.test:443", "cards.shops.test", "127.0.0.1", "localhost", new string('a', 300), "%00", "*.shops.test" })
            Assert.Equal((host, HttpStatusCode.NotFound), (host, await AllowedAsync(server, host)));
        Assert.Equal("", await BodyAsync(server, null, "/api/v1/platform/domains/allowed?domain=nobody.example"));

        // the platform's own word needs no proof, and yields to no other shop's
        using var admin = await Person.AdministratorAsync(server);
        var domain = ShopPlatforms.Word() + ".example";
        await admin.SubmitAsync("/Admin/Shops/Detail/" + ann.Shop, "/Admin/Shops/Domains/" + ann.Shop, ("hosts", domain));
        Assert.True(await ann.AnswersAtAsync(domain));
        var bob = await Owner.OpenAsync(server);
        var refused = await admin.SubmitAsync("/Admin/Shops/Detail/" + bob.Shop, "/Admin/Shops/Domains/" + bob.Shop, ("hosts", domain));
        Assert.Contains("另一家店铺", refused.Text, StringComparison.Ordinal);
        Assert.False(await bob.AnswersAtAsync(domain));
        await admin.SubmitAsync("/Admin/Shops/Detail/" + ann.Shop, "/Admin/Shops/Domains/" + ann.Shop, ("hosts", ""));
        Assert.False(await ann.AnswersAtAsync(domain));
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_shop_has_as_many_domains_as_its_plan_and_keeps_those_it_has(string database)
    {
        var server = await platforms.OnAsync(database);
        var ann = await Owner.OpenAsync(server);
        await ann.PlanAsync("free");
        Assert.DoesNotContain("id=\"domain\"", (await ann.Person.GetAsync(ann.Desk)).Html, StringComparison.Ordinal);
        await ann.PlanAsync("pro");
        var form = ShopAdmin.FieldsOf((await ann.Person.GetAsync(ann.Desk)).Html);
        var (first, second) = (ShopPlatforms.Word() + ".example", ShopPlatforms.Word() + ".example");
        platforms.Dns.Texts["_linkshop." + first] = ["linkshop=" + await ann.WantAsync(first)];
        await ann.CheckAsync(first);
        // the form of a moment ago
        var refused = await ann.Person.PostAsync(ann.Action("Add"), new Dictionary<string, string>(form) { ["domain"] = second });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("数量已用完", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(second, (await ann.Person.GetAsync(ann.Desk)).Text, StringComparison.Ordinal);

        await ann.PlanAsync("free");
        Assert.True(await ann.AnswersAtAsync(first));
        await ann.RemoveAsync(first);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ann.Person.PostAsync(ann.Action("Add"), new Dictionary<string, string>(form) { ["domain"] = first })).Status);
        Assert.Empty(Names().Matches((await ann.Person.GetAsync(ann.Desk)).Html));
    }

    [Fact]
    public async Task Another_process_answers_at_a_proven_domain_within_a_second()
    {
        Assert.SkipWhen(PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var one = await platforms.OnAsync("postgres");
        await using var two = await platforms.SecondAsync();
        var ann = await Owner.OpenAsync(one);
        var domain = ShopPlatforms.Word() + ".example";
        platforms.Dns.Texts["_linkshop." + domain] = ["linkshop=" + await ann.WantAsync(domain)];
        await ann.CheckAsync(domain);
        await WithinASecondAsync(async () => await AllowedAsync(two, domain) == HttpStatusCode.OK && await ann.AnswersAtAsync(domain, two));
        await ann.RemoveAsync(domain);
        await WithinASecondAsync(async () => await AllowedAsync(two, domain) == HttpStatusCode.NotFound && !await ann.AnswersAtAsync(domain, two));

        static async Task WithinASecondAsync(Func<Task<bool>> condition)
        {
            var watch = Stopwatch.StartNew();
            while (!await condition())
            {
                // the machine of the tests is a busy one: told within a second, seen within five
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), "The other process doesn't know.");
                await Task.Delay(20); // poll of the condition above
            }
        }
    }

    private static Task<HttpStatusCode> AllowedAsync(LinkShopServer server, string host) => StatusAsync(server, null, "/api/v1/platform/domains/allowed?domain=" + Uri.EscapeDataString(host));

    private static async Task<HttpStatusCode> StatusAsync(LinkShopServer server, string? host, string path)
    {
        using var response = await AskAsync(server, host, path);
        return response.StatusCode;
    }

    private static async Task<string> BodyAsync(LinkShopServer server, string? host, string path)
    {
        using var response = await AskAsync(server, host, path);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> AskAsync(LinkShopServer server, string? host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return await server.Client.SendAsync(request);
    }

    [GeneratedRegex("id=\"name-[0-9]+\"")]
    private static partial Regex Names();

    /// <summary>Somebody with a shop.</summary>
    private sealed record Owner(Person Person, string Slug, string Shop, string Title)
    {
        public string Desk => Action("Index");

        public static async Task<Owner> OpenAsync(LinkShopServer server)
        {
            var (person, slug, title) = (await Person.SignUpAsync(server, ShopPlatforms.Word()), ShopPlatforms.Word(), "Title " + ShopPlatforms.Word());
            var owner = new Owner(person, slug, await person.OpenAndEnterAsync(slug, title), title);
            await owner.PlanAsync("pro");
            return owner;
        }

        public async Task PlanAsync(string plan)
        {
            using var admin = await Person.AdministratorAsync(Person.Server);
            await admin.SubmitAsync("/Admin/Shops/Plan/" + Shop, "/Admin/Shops/Plan/" + Shop, ("plan", plan), ("reason", "A domain of its own"));
        }

        public string Action(string name) => $"/{Slug}/Admin/ShopDomains/{name}";

        /// <summary>Enters a domain at the desk; gives the token that is shown for it.</summary>
        public async Task<string> WantAsync(string domain)
        {
            var page = await Person.SubmitAsync(Desk, Action("Add"), ("domain", domain));
            Assert.Equal((HttpStatusCode.OK, Desk), (page.Status, page.Path));
            return Regex.Match(page.Html, "linkshop=([0-9a-f]{32})<").Groups[1].Value;
        }

        public async Task<string> CheckAsync(string domain) => (await Person.SubmitAsync(Desk, Action("Check"), ("domain", domain))).Text;

        public Task<Page> RemoveAsync(string domain) => Person.SubmitAsync(Desk, Action("Remove"), ("domain", domain));

        public async Task<bool> AnswersAtAsync(string host, LinkShopServer? server = null) => ShopAdmin.TextOf(await BodyAsync(server ?? Person.Server, host, "/")).Contains(Title, StringComparison.Ordinal);
    }
}
