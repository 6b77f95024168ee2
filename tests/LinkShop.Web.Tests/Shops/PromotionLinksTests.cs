using System.Net.Http.Json;
using System.Text.Json;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Whoever reads a shop's pages is led to promoting it only where that is paid for.</summary>
[Collection("shops")]
public sealed class PromotionLinksTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Pages_lead_to_promoting_a_shop_while_a_plan_is_in_force_and_then_its_promoters_only(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        await ann.OpenAndEnterAsync(slug, "Ann");
        await RunningTests.SellAsync(ann, slug);
        var path = $"/{slug}" + (await server.Client.GetFromJsonAsync<JsonElement>($"/{slug}/api/v1/products")).GetProperty("items")[0].GetProperty("path").GetString();
        using var guest = new Person(server, "");
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word(), "/" + slug);
        Assert.Equal((false, false), await LinksAsync(guest, path));

        var plans = $"/{slug}/Admin/Referrals/Plans";
        await ann.SubmitAsync(plans, $"/{slug}/Admin/Referrals/Rules/Start");
        await ann.SubmitAsync(plans + "/Edit", plans + "/Edit", ("Id", "friends"), ("Name", "Friends"), ("DisclosureZh", "推广链接"), ("DisclosureEn", "An ad"), ("Rates[0].Percent", "5"));
        // a draft pays nobody
        Assert.Equal((false, false), await LinksAsync(guest, path));
        await ann.SubmitAsync(plans, plans + "/Move", ("id", "friends"), ("state", "Active"));
        await SeenAsync((true, true), guest, path);
        await bob.SubmitAsync($"/{slug}/account/promote", $"/{slug}/account/promote/join", ("Name", "Bob"), ("Adult", "true"), ("Terms", "true"));

        await ann.SubmitAsync(plans, plans + "/Move", ("id", "friends"), ("state", "Paused"));
        await SeenAsync((false, false), guest, path);
        // who earned something finds it
        await SeenAsync((true, false), bob, path);
    }

    private static async Task<(bool Footer, bool Product)> LinksAsync(Person reader, string path)
    {
        var page = await reader.GetAsync(path);
        Assert.Contains("ls-footer", page.Html, StringComparison.Ordinal);
        return (page.Html.Contains("/account/promote\"", StringComparison.Ordinal), page.Html.Contains("/account/promote/links?product=", StringComparison.Ordinal));
    }

    // pages and answers are kept for seconds
    private static async Task SeenAsync((bool Footer, bool Product) expected, Person reader, string path)
    {
        for (var until = DateTime.UtcNow.AddSeconds(30); await LinksAsync(reader, path) != expected && DateTime.UtcNow < until;)
            await Task.Delay(100); // poll of the condition above
        Assert.Equal(expected, await LinksAsync(reader, path));
    }
}
