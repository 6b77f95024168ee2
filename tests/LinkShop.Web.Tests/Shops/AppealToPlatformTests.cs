using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Somebody promotes a micro-shop whose owner is the only one who decides there.</summary>
[Collection("shops")]
public sealed class AppealToPlatformTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_promoters_appeal_in_a_shop_with_one_owner_waits_for_the_platform_which_is_told_and_decides(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var bob = await JoinedAsync(ann, slug);
        var (network, cases) = ($"/{slug}/Admin/Referrals/Network", $"/{slug}/Admin/Referrals/Cases");
        var promoter = Regex.Match((await ann.GetAsync(network)).Html, "promoter=([^\"&]+)\"").Groups[1].Value;
        await ann.SubmitAsync(network, network + "/Open", ("promoter", promoter), ("note", "Looks odd."));
        var id = Regex.Match((await ann.GetAsync(cases + "/Index")).Html, "Cases/Detail/([^\"]+)\"").Groups[1].Value;
        Assert.Contains("One network.", (await ann.SubmitAsync($"{cases}/Detail/{id}", $"{cases}/Decide/{id}", ("uphold", "true"), ("decision", "One network."))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("推广者的申诉", (await admin.GetAsync("/Admin/ShopWaiting/Index")).Text, StringComparison.Ordinal);
        var desk = ShopPlatforms.Word() + "@test.example";
        await admin.SubmitAsync("/Admin/CheckoutSettings", "/Admin/CheckoutSettings", ("ShopMail", desk));

        var appealed = await bob.SubmitAsync($"/{slug}/account/promote", $"/{slug}/account/promote/appeal", ("id", id), ("text", "A hotel."));
        Assert.Contains("A hotel.", appealed.Text, StringComparison.Ordinal);
        await Mails.FindAsync(server.DataPath, desk, "店铺 Ann 的推广者提出申诉", "/Admin/ShopWaiting/Index");
        var own = await ann.GetAsync($"{cases}/Detail/{id}");
        Assert.Contains("已收到通知的平台", own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("DecideAppeal", own.Html, StringComparison.Ordinal);

        Assert.Contains("推广者的申诉", (await admin.GetAsync("/Admin/ShopWaiting/Index")).Text, StringComparison.Ordinal);
        var queue = await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop, ("to", "Appeal"));
        Assert.Equal((HttpStatusCode.OK, true), (queue.Status, queue.Html.Contains("Cases/Detail/" + id, StringComparison.Ordinal)));
        await admin.SubmitAsync($"{cases}/Detail/{id}", $"{cases}/DecideAppeal/{id}", ("right", "true"), ("decision", "It was a hotel."));
        Assert.Contains("It was a hotel.", (await ann.GetAsync($"{cases}/Detail/{id}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("推广者的申诉", (await admin.GetAsync("/Admin/ShopWaiting/Index")).Text, StringComparison.Ordinal);
    }

    // joins on the way to a product's link, which is still chosen after it
    private static async Task<Person> JoinedAsync(Person ann, string slug)
    {
        await RunningTests.SellAsync(ann, slug);
        var product = (await ann.Server.Client.GetFromJsonAsync<JsonElement>($"/{slug}/api/v1/products")).GetProperty("items")[0].GetProperty("id").GetString();
        var plans = $"/{slug}/Admin/Referrals/Plans";
        await ann.SubmitAsync(plans, $"/{slug}/Admin/Referrals/Rules/Start");
        await ann.SubmitAsync(plans + "/Edit", plans + "/Edit", ("Id", "friends"), ("Name", "Friends"), ("DisclosureZh", "推广链接"), ("DisclosureEn", "An ad"), ("Rates[0].Percent", "5"));
        await ann.SubmitAsync(plans, plans + "/Move", ("id", "friends"), ("state", "Active"));
        var bob = await Person.SignUpAsync(ann.Server, ShopPlatforms.Word(), "/" + slug);
        var wanted = $"/{slug}/account/promote/links?product={product}";
        Assert.StartsWith($"/{slug}/account/promote/join", (await bob.GetAsync(wanted)).Path, StringComparison.Ordinal);
        var links = await bob.SubmitAsync(wanted, $"/{slug}/account/promote/join", ("Name", "Bob"), ("Adult", "true"), ("Terms", "true"));
        Assert.Matches($"<option value=\"{product}\" selected", links.Html);
        return bob;
    }
}
