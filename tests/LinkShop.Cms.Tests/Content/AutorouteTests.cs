using LinkShop.Cms.Content.Autoroute;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Routing;
using Xunit;

namespace LinkShop.Cms.Tests.Content;

public sealed class AutorouteTests
{
    public static TheoryData<string> Databases => ContentStore.Databases;

    [Theory]
    [InlineData("Steam 充值卡 100元!", "steam-充值卡-100元")]
    [InlineData("  Don't  Panic -- Édition ", "dont-panic-édition")]
    [InlineData("ＡＢＣ／１２３", "abc-123")]
    [InlineData("<script>alert(1)</script>", "script-alert-1-script")]
    [InlineData("../../etc", "etc")]
    [InlineData("!!!", "")]
    public void A_slug_has_only_letters_digits_and_single_hyphens(string title, string slug) => Assert.Equal(slug, Slug.Of(title));

    [Theory, MemberData(nameof(Databases))]
    public async Task Items_of_the_same_title_created_at_the_same_time_get_different_paths(string database)
    {
        await using var site = await ContentManagerTests.CreateAsync(database);
        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => ContentManagerTests.CreateCardAsync(site, "Default", "Same 标题"))));
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            var paths = (await manager.GetAsync(ids)).Select(item => item.As<AutoroutePart>()!.Path!).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(12, paths.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.Equal("same-标题", paths[0]);
            var entries = services.GetRequiredService<IAutorouteEntries>();
            foreach (var path in paths)
                Assert.True((await entries.TryGetEntryByPathAsync("/" + path.ToUpperInvariant())).Item1);
        });
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_path_that_another_item_has_is_refused_and_follows_unpublishing(string database)
    {
        await using var site = await ContentManagerTests.CreateAsync(database);
        var id = await ContentManagerTests.CreateCardAsync(site, "Default", "Taken");
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            var item = await manager.NewAsync("Card");
            item.DisplayText = "Other";
            item.Alter<AutoroutePart>(part => part.Path = "TAKEN");
            var result = await manager.UpdateValidateAndCreateAsync(item, VersionOptions.Published);
            Assert.Equal("AutoroutePart.Path", result.Errors.Single().MemberNames.Single());
        });
        Assert.True(await HasPathAsync(site, "/taken"));
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            await manager.UnpublishAsync((await manager.GetAsync(id, VersionOptions.Latest))!);
        });
        Assert.False(await HasPathAsync(site, "/taken"));
    }

    private static Task<bool> HasPathAsync(ContentSite site, string path) => site.RunAsync("Default", async services =>
        (await services.GetRequiredService<IAutorouteEntries>().TryGetEntryByPathAsync(path)).Item1);
}
