using System.Net;

namespace LinkShop.Web.Tests.Shops;

/// <summary>Shops that have different features.</summary>
[Collection("shops")]
public sealed class FeatureSetTests(ShopPlatforms platforms)
{
    private const string Feature = "LinkShop.Referrals";

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_feature_that_one_shop_gives_up_is_gone_there_and_stays_in_the_other_and_comes_back_with_what_it_had(string database)
    {
        var server = await platforms.OnAsync(database);
        using var admin = await Person.AdministratorAsync(server);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var (here, there) = (ShopPlatforms.Word(), ShopPlatforms.Word());
        var shop = await ann.OpenAndEnterAsync(here, "Here");
        await bob.OpenAndEnterAsync(there, "There");
        foreach (var (owner, slug) in new[] { (ann, here), (bob, there) })
        {
            await owner.SubmitAsync($"/{slug}/Admin/Referrals/Plans", $"/{slug}/Admin/Referrals/Rules/Start");
            await owner.SubmitAsync($"/{slug}/Admin/Referrals/Plans/Edit", $"/{slug}/Admin/Referrals/Plans/Edit", ("Id", "friends"), ("Name", "Friends of " + slug), ("DisclosureZh", "推广链接"), ("DisclosureEn", "An ad"), ("Rates[0].Percent", "5"));
        }

        Assert.Equal((HttpStatusCode.OK, true, true), await SeesAsync(ann, here));
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop);
        var off = await admin.SubmitAsync($"/{here}/Admin/Features", $"/{here}/Admin/Features/Disable/{Feature}");
        Assert.True(off.Status == HttpStatusCode.OK, off.Path + off.Text);
        Assert.Equal((HttpStatusCode.NotFound, false, false), await SeesAsync(ann, here));
        Assert.Equal((HttpStatusCode.OK, true, true), await SeesAsync(bob, there));
        // the rest of the shop goes on
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync($"/{here}/Admin/Orders/Index")).Status);

        await admin.SubmitAsync($"/{here}/Admin/Features", $"/{here}/Admin/Features/Enable/{Feature}");
        Assert.Equal((HttpStatusCode.OK, true, true), await SeesAsync(ann, here));
        Assert.Equal((HttpStatusCode.OK, true, true), await SeesAsync(bob, there));
    }

    // the feature's screen with what was stored by it, and its place in the menu
    private static async Task<(HttpStatusCode Status, bool Kept, bool Menu)> SeesAsync(Person owner, string slug)
    {
        var page = await owner.GetAsync($"/{slug}/Admin/Referrals/Plans");
        var start = await owner.GetAsync($"/{slug}/Admin");
        Assert.Equal(HttpStatusCode.OK, start.Status);
        return (page.Status, page.Text.Contains("Friends of " + slug, StringComparison.Ordinal), start.Html.Contains($"/{slug}/Admin/Referrals/", StringComparison.Ordinal));
    }
}
