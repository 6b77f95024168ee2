using LinkShop.Cms.Content.Data;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentFields.Fields;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.ContentManagement.Models;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Markdown.Models;
using OrchardCore.Title.Models;
using Xunit;
using YesSql;

namespace LinkShop.Cms.Tests.Content;

public sealed class ContentManagerTests
{
    public static TheoryData<string> Databases => ContentStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_new_item_has_the_parts_and_fields_of_its_type_and_is_found_when_published(string database)
    {
        await using var site = await CreateAsync(database);
        var id = await CreateCardAsync(site, "Default", "星际 Card 30");
        await site.RunAsync("Default", async services =>
        {
            var item = await services.GetRequiredService<IContentManager>().GetAsync(id);
            Assert.NotNull(item);
            Assert.Equal("星际 Card 30", item.DisplayText);
            Assert.Equal("星际-card-30", item.As<AutoroutePart>()!.Path);
            Assert.Equal("new", item.Get<ContentPart>("Card")!.Get<TextField>("Badge")!.Text);
            Assert.Equal("new", (string)item.Content.Card.Badge.Text);
            Assert.NotNull(item.PublishedUtc);
            var body = await services.GetRequiredService<IContentManager>().PopulateAspectAsync<BodyAspect>(item);
            Assert.Contains("<strong>fast</strong>", body.Body!.ToString(), StringComparison.Ordinal);
        });
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_draft_leaves_the_published_version_alone_until_it_is_published(string database)
    {
        await using var site = await CreateAsync(database);
        var id = await CreateCardAsync(site, "Default", "First");
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            var draft = (await manager.GetAsync(id, VersionOptions.DraftRequired))!;
            draft.Alter<TitlePart>(part => part.Title = "Second");
            await manager.UpdateAsync(draft);
            await manager.SaveDraftAsync(draft);
        });
        Assert.Equal(("First", "Second", "Second"), await TitlesAsync(site, id));
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            Assert.True(await manager.PublishAsync((await manager.GetAsync(id, VersionOptions.Draft))!));
        });
        Assert.Equal(("Second", "Second", null), await TitlesAsync(site, id));
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            Assert.Equal(2, (await manager.GetAllVersionsAsync(id)).Count());
            await manager.UnpublishAsync((await manager.GetAsync(id, VersionOptions.Latest))!);
        });
        Assert.Equal((null, "Second", "Second"), await TitlesAsync(site, id));
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            await manager.RemoveAsync((await manager.GetAsync(id, VersionOptions.Latest))!);
        });
        Assert.Equal((null, null, null), await TitlesAsync(site, id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_discarded_draft_makes_the_published_version_the_latest_again(string database)
    {
        await using var site = await CreateAsync(database);
        var id = await CreateCardAsync(site, "Default", "Kept");
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            var draft = (await manager.GetAsync(id, VersionOptions.DraftRequired))!;
            draft.Alter<TitlePart>(part => part.Title = "Dropped");
            await manager.UpdateAsync(draft);
        });
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            await manager.DiscardDraftAsync((await manager.GetAsync(id, VersionOptions.Draft))!);
        });
        Assert.Equal(("Kept", "Kept", null), await TitlesAsync(site, id));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Two_requests_that_publish_the_same_item_do_not_both_win(string database)
    {
        await using var site = await CreateAsync(database);
        var id = await CreateCardAsync(site, "Default", "Once");
        var ready = new Barrier(2);
        async Task<bool> EditAsync(string title)
        {
            try
            {
                await site.RunAsync("Default", async services =>
                {
                    var manager = services.GetRequiredService<IContentManager>();
                    var item = (await manager.GetAsync(id, VersionOptions.Latest))!;
                    ready.SignalAndWait(TimeSpan.FromSeconds(20));
                    item.Alter<TitlePart>(part => part.Title = title);
                    await services.GetRequiredService<YesSql.ISession>().SaveAsync(item, checkConcurrency: true);
                });
                return true;
            }
            catch (ConcurrencyException)
            {
                return false;
            }
        }

        var won = await Task.WhenAll(Task.Run(() => EditAsync("a")), Task.Run(() => EditAsync("b")));
        Assert.Single(won, true);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task An_error_in_the_request_stores_nothing_and_an_invalid_item_neither(string database)
    {
        await using var site = await CreateAsync(database);
        await Assert.ThrowsAsync<InvalidOperationException>(() => site.RunAsync("Default", async services =>
        {
            await NewCardAsync(services, "Lost");
            throw new InvalidOperationException("after the change");
        }));
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            var item = await manager.NewAsync("Card");
            item.Alter<AutoroutePart>(part => part.Path = "a b");
            var result = await manager.UpdateValidateAndCreateAsync(item, VersionOptions.Published);
            Assert.Equal(["TitlePart.Title", "AutoroutePart.Path"], result.Errors.SelectMany(error => error.MemberNames));
        });
        await site.RunAsync("Default", async services =>
            Assert.Equal(0, await services.GetRequiredService<YesSql.ISession>().Query<ContentItem>().CountAsync()));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Handlers_run_in_order_before_and_in_reverse_order_after(string database)
    {
        var log = new List<string>();
        await using var site = await CreateAsync(database, services =>
        {
            services.AddScoped<IContentHandler>(_ => new LoggingHandler("a", log));
            services.AddScoped<IContentHandler>(_ => new LoggingHandler("b", log));
        });
        await CreateCardAsync(site, "Default", "Logged");
        Assert.Equal(["creating a", "creating b", "created b", "created a", "publishing a", "publishing b", "published b", "published a"], log);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_cached_published_item_is_each_requests_own_and_stale_after_a_change(string database)
    {
        await using var site = await CreateAsync(database);
        var id = await CreateCardAsync(site, "Default", "Cached");
        for (var i = 0; i < 2; i++)
            await site.RunAsync("Default", async services =>
            {
                var item = (await services.GetRequiredService<IContentManager>().GetAsync(id))!;
                Assert.Equal("Cached", item.As<TitlePart>()!.Title);
                item.As<TitlePart>()!.Title = item.DisplayText = "scribbled";
                item.Alter<TitlePart>(part => part.Title = "scribbled");
            });
        await using var other = await site.StartAnotherAsync();
        await other.RunAsync("Default", services => services.GetRequiredService<IContentManager>().GetAsync(id));
        await site.RunAsync("Default", async services =>
        {
            var manager = services.GetRequiredService<IContentManager>();
            var draft = (await manager.GetAsync(id, VersionOptions.DraftRequired))!;
            draft.Alter<TitlePart>(part => part.Title = "Changed");
            await manager.UpdateAsync(draft);
            await manager.PublishAsync(draft);
        });
        Assert.Equal(("Changed", "Changed", null), await TitlesAsync(site, id));
        if (database == "postgres")
        {
            var until = DateTime.UtcNow.AddSeconds(2);
            while ((await TitlesAsync(other, id)).Published != "Changed" && DateTime.UtcNow < until)
                await Task.Yield();
            Assert.Equal("Changed", (await TitlesAsync(other, id)).Published);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Tenants_have_their_own_types_items_and_paths(string database)
    {
        await using var site = await ContentSite.CreateAsync(database, null, "Default", "Other");
        await DefineAsync(site, "Default");
        var id = await CreateCardAsync(site, "Default", "Mine");
        await site.RunAsync("Other", async services =>
        {
            Assert.Null(await services.GetRequiredService<IContentDefinitionManager>().GetTypeDefinitionAsync("Card"));
            Assert.Null(await services.GetRequiredService<IContentManager>().GetAsync(id));
            Assert.Null(await services.GetRequiredService<IContentManager>().GetAsync(id, VersionOptions.Latest));
            Assert.Equal(0, await services.GetRequiredService<YesSql.ISession>().QueryIndex<ContentItemIndex>().CountAsync());
            Assert.False((await services.GetRequiredService<OrchardCore.ContentManagement.Routing.IAutorouteEntries>().TryGetEntryByPathAsync("/mine")).Item1);
        });
    }

    internal static async Task<ContentSite> CreateAsync(string database, Action<IServiceCollection>? services = null)
    {
        var site = await ContentSite.CreateAsync(database, services);
        await DefineAsync(site, "Default");
        return site;
    }

    internal static Task DefineAsync(ContentSite site, string tenant) => site.RunAsync(tenant, async services =>
    {
        var definitions = services.GetRequiredService<IContentDefinitionManager>();
        await definitions.AlterPartDefinitionAsync("Card", part => part.WithField<TextField>("Badge", field => field.WithDisplayName("Badge")));
        await definitions.AlterTypeDefinitionAsync("Card", type => type.Creatable().Listable().Draftable().Versionable()
            .WithPart("TitlePart", part => part.WithSettings(new TitlePartSettings { Options = TitlePartOptions.EditableRequired }))
            .WithPart("AutoroutePart").WithPart("MarkdownBodyPart").WithPart("Card"));
    });

    internal static Task<string> CreateCardAsync(ContentSite site, string tenant, string title) => site.RunAsync(tenant, services => NewCardAsync(services, title));

    private static async Task<string> NewCardAsync(IServiceProvider services, string title)
    {
        var manager = services.GetRequiredService<IContentManager>();
        var item = await manager.NewAsync("Card");
        item.Alter<TitlePart>(part => part.Title = title);
        item.Alter<MarkdownBodyPart>(part => part.Markdown = "Delivered **fast**");
        item.Alter<ContentPart>("Card", part => part.Alter<TextField>("Badge", field => field.Text = "new"));
        await manager.CreateAsync(item, VersionOptions.Published);
        return item.ContentItemId;
    }

    private static Task<(string? Published, string? Latest, string? Draft)> TitlesAsync(ContentSite site, string id) => site.RunAsync("Default", async services =>
    {
        var manager = services.GetRequiredService<IContentManager>();
        return ((await manager.GetAsync(id))?.DisplayText, (await manager.GetAsync(id, VersionOptions.Latest))?.DisplayText, (await manager.GetAsync(id, VersionOptions.Draft))?.DisplayText);
    });

    private sealed class LoggingHandler(string name, List<string> log) : ContentHandlerBase
    {
        public override Task CreatingAsync(CreateContentContext context) => Log("creating");

        public override Task CreatedAsync(CreateContentContext context) => Log("created");

        public override Task PublishingAsync(PublishContentContext context) => Log("publishing");

        public override Task PublishedAsync(PublishContentContext context) => Log("published");

        private Task Log(string what)
        {
            log.Add($"{what} {name}");
            return Task.CompletedTask;
        }
    }
}
