using System.Net;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using LinkShop.Web.Tests.Goods;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;
using OrchardCore.Settings;

namespace LinkShop.Web.Tests.Shops;

/// <summary>The platform gives a shop another look.</summary>
[Collection("shops")]
public sealed class GivenLookTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task Visitors_see_a_given_look_at_once_it_is_written_down_and_its_owner_reads_why(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var look = $"/{slug}/Admin/ShopDesk/Look";
        await ann.SubmitAsync(look, look, ("Preset", "forest"), ("OwnColours", "true"), ("Primary", "#ffe100"), ("Accent", "#00ff00"), ("SloganZh", "秒发"));
        using var admin = await Person.AdministratorAsync(server);
        var (detail, action) = ("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Look/" + shop);

        // without a reason nothing happens
        await admin.SubmitAsync(detail, action, ("preset", "ink"), ("reason", " "));
        Assert.Contains("ls-preset-forest", (await ann.GetAsync("/" + slug)).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("更换外观", LogOf((await admin.GetAsync(detail)).Text), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await admin.SubmitAsync(detail, action, ("preset", "ink"), ("reason", "太像别人的店"), ("keep", "true"))).Status);
        var home = await ann.GetAsync("/" + slug);
        Assert.Contains("ls-preset-ink", home.Html, StringComparison.Ordinal);
        Assert.Contains("秒发", home.Html, StringComparison.Ordinal);
        Assert.Contains("--ls-fill:#ffe100", (await ann.GetAsync($"/{slug}/brand.css")).Html, StringComparison.Ordinal);
        Assert.Contains("水墨: 太像别人的店", LogOf((await admin.GetAsync(detail)).Text), StringComparison.Ordinal);
        Assert.Contains("太像别人的店", (await ann.GetAsync(look)).Text, StringComparison.Ordinal);
        var mail = await Mails.FindAsync(server.DataPath, ann.Mail, "太像别人的店", "水墨");
        Assert.Contains("外观换成了", mail, StringComparison.Ordinal);

        await admin.SubmitAsync(detail, action, ("preset", "candy"), ("reason", "节日"), ("keep", "false"));
        Assert.Contains("--ls-fill:#f06ba8", (await ann.GetAsync($"/{slug}/brand.css")).Html, StringComparison.Ordinal);
        // the owner has the last word
        await ann.SubmitAsync(look, look, ("Preset", "sky"));
        Assert.DoesNotContain("节日", (await ann.GetAsync(look)).Text, StringComparison.Ordinal);
        await Mails.FindAsync(server.DataPath, ann.Mail, "节日", "糖果");
        Assert.Contains("ls-preset-sky", (await ann.GetAsync("/" + slug)).Html, StringComparison.Ordinal);
    }

    private static string LogOf(string text) => text[text.LastIndexOf("备注", StringComparison.Ordinal)..];
}

/// <summary>The same event late and again.</summary>
public sealed class LateLookTests(ShopRoutes shops) : IClassFixture<ShopRoutes>
{
    [Fact]
    public async Task A_look_that_is_told_again_or_late_does_not_undo_what_came_after_it()
    {
        await GiveAsync(new ShopLook(shops.Shops["ann"], "b", "ink", KeepColours: true, "why"));
        Assert.Equal("ink", await PresetAsync());
        await shops.InAsync(shops.Shops["ann"], async services =>
        {
            var sites = services.GetRequiredService<ISiteService>();
            var site = await sites.LoadSiteSettingsAsync();
            var brand = site.As<ShopBrand>().Copy();
            brand.Preset = "sunset";
            OrchardCore.Entities.EntityExtensions.Put(site, brand);
            await sites.UpdateSiteSettingsAsync(site);
        });
        foreach (var id in new[] { "b", "a" })
        {
            await GiveAsync(new ShopLook(shops.Shops["ann"], id, "candy", KeepColours: true, "why"));
            Assert.Equal("sunset", await PresetAsync());
        }

        await GiveAsync(new ShopLook(shops.Shops["ann"], "c", "candy", KeepColours: true, "why"));
        Assert.Equal("candy", await PresetAsync());
    }

    private Task GiveAsync(ShopLook look) => shops.InAsync(ShellSettings.DefaultShellName, services => services.GetRequiredService<ShopLooks>().TryAsync(look));

    private async Task<string?> PresetAsync()
    {
        string? preset = null;
        await shops.InAsync(ShellSettings.DefaultShellName, async services => preset = await services.GetRequiredService<ShopLooks>().PresetAsync(shops.Shops["ann"]));
        return preset;
    }
}
