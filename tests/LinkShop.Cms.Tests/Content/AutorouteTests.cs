using LinkShop.Cms.Content.Autoroute;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Routing;
using OrchardCore.Title.Models;
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

    [Theory, MemberData(nameof(Databases))]
    public async Task While_a_tenant_is_set_up_a_path_is_given_once_whether_it_was_asked_for_or_made(string database)
    {
        await using var site = await ContentManagerTests.CreateAsync(database);
        await ContentManagerTests.CreateCardAsync(site, "Default", "Earlier");
        await site.BeginSetUpAsync("Default");
        await site.RunAsync("Default", async services =>
        {
            Assert.Equal(("made", "made-2", "earlier-2"), (await PathAsync("Made"), await PathAsync("Made"), await PathAsync("Earlier")));
            Assert.Equal("asked", await PathAsync("Any", "Asked"), ignoreCase: true);
            Assert.Equal("asked-2", await PathAsync("Asked"));
            foreach (var taken in (string[])["MADE", "made-2", "asked", "earlier"])
                Assert.Null(await PathAsync("Any", taken));

            async Task<string?> PathAsync(string title, string? asked = null)
            {
                var manager = services.GetRequiredService<IContentManager>();
                var item = await manager.NewAsync("Card");
                item.Alter<TitlePart>(part => part.Title = title);
                item.Alter<AutoroutePart>(part => part.Path = asked);
                if (asked is not null && !(await manager.ValidateAsync(item)).Succeeded)
                    return null;
                await manager.CreateAsync(item, VersionOptions.Published);
                return item.As<AutoroutePart>()!.Path;
            }
        });
    }

    private static Task<bool> HasPathAsync(ContentSite site, string path) => site.RunAsync("Default", async services =>
        (await services.GetRequiredService<IAutorouteEntries>().TryGetEntryByPathAsync(path)).Item1);
}
