using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.Title.Models;
using Xunit;
using YesSql;

namespace LinkShop.Cms.Tests.Content;

public sealed class RecipeTests
{
    private const string Definition = """
        { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Page", "DisplayName": "页面", "Settings": { "ContentTypeSettings": { "Creatable": true, "Versionable": true } },
          "ContentTypePartDefinitionRecords": [
            { "PartName": "TitlePart", "Name": "TitlePart", "Settings": { "TitlePartSettings": { "Options": "EditableRequired" } } },
            { "PartName": "AutoroutePart", "Settings": { "AutoroutePartSettings": { "Pattern": "pages/{{ ContentItem.DisplayText | slugify }}" } } },
            { "PartName": "Page", "Name": "Page", "Settings": {} } ] } ],
          "ContentParts": [ { "Name": "Page", "ContentPartFieldDefinitionRecords": [ { "FieldName": "NumericField", "Name": "Stars", "Settings": { "NumericFieldSettings": { "Maximum": 5 } } } ] } ] }
        """;

    private const string Items = """
        { "name": "content", "Data": [
          { "ContentItemId": "page1", "ContentType": "Page", "DisplayText": "关于我们", "Latest": true, "Published": true, "TitlePart": { "Title": "关于我们" }, "Page": { "Stars": { "Value": 4 } } },
          { "ContentItemId": "page2", "ContentType": "Page", "DisplayText": "Help", "Latest": true, "Published": true } ] }
        """;

    public static TheoryData<string> Databases => ContentStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_recipe_defines_types_and_stores_items_and_running_it_again_changes_nothing(string database)
    {
        await using var site = await ContentSite.CreateAsync(database);
        for (var round = 0; round < 2; round++)
        {
            Assert.Empty(await site.RunStepAsync("Default", Definition));
            Assert.Empty(await site.RunStepAsync("Default", Items));
        }

        await site.RunAsync("Default", async services =>
        {
            var type = (await services.GetRequiredService<IContentDefinitionManager>().GetTypeDefinitionAsync("Page"))!;
            Assert.Equal(("页面", true, false), (type.DisplayName, type.IsCreatable(), type.IsDraftable()));
            var page = (await services.GetRequiredService<IContentManager>().GetAsync("page1"))!;
            Assert.Equal(4m, (decimal)page.Content.Page.Stars.Value);
            Assert.Equal("pages/关于我们", (string)page.Content.AutoroutePart.Path);
            Assert.Equal("Help", (await services.GetRequiredService<IContentManager>().GetAsync("page2"))!.As<TitlePart>()!.Title);
            Assert.Equal(2, await services.GetRequiredService<ISession>().Query<ContentItem>().CountAsync());
        });
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_changed_item_of_a_recipe_replaces_the_stored_one(string database)
    {
        await using var site = await ContentSite.CreateAsync(database);
        await site.RunStepAsync("Default", Definition);
        await site.RunStepAsync("Default", Items);
        Assert.Empty(await site.RunStepAsync("Default", Items.Replace("\"Value\": 4", "\"Value\": 5", StringComparison.Ordinal)));
        await site.RunAsync("Default", async services =>
        {
            Assert.Equal(5m, (decimal)(await services.GetRequiredService<IContentManager>().GetAsync("page1"))!.Content.Page.Stars.Value);
            Assert.Equal(2, await services.GetRequiredService<ISession>().Query<ContentItem>().CountAsync());
        });
    }

    [Theory]
    [InlineData("sqlite", """{ "ContentItemId": "x", "ContentType": "Nothing" }""", "Data[1] 'x'", "'Nothing'")]
    [InlineData("sqlite", """{ "ContentType": "Page" }""", "Data[1]", "ContentItemId")]
    [InlineData("sqlite", """{ "ContentItemId": "x" }""", "'x'", "ContentType")]
    [InlineData("sqlite", """{ "ContentItemId": "x", "ContentType": "Page", "Latest": "yes" }""", "Data[1]", "Latest")]
    [InlineData("sqlite", """{ "ContentItemId": "x", "ContentType": "Page", "TitlePart": "text" }""", "'x'", "TitlePart")]
    [InlineData("sqlite", """{ "ContentItemId": "x", "ContentType": "Page", "Latest": true, "TitlePart": { "Title": " " } }""", "(Page, x)", "TitlePart.Title")]
    [InlineData("sqlite", """{ "ContentItemId": "x", "ContentType": "Page", "Latest": true, "DisplayText": "Many", "Page": { "Stars": { "Value": 9 } } }""", "'Many'", "Page.Stars.Value")]
    [InlineData("postgres", """{ "ContentItemId": "x", "ContentType": "Page", "Latest": true, "DisplayText": "Many", "Page": { "Stars": { "Value": 9 } } }""", "'Many'", "Page.Stars.Value")]
    public async Task A_wrong_item_is_named_with_its_field_and_nothing_is_stored(string database, string wrong, string item, string field)
    {
        await using var site = await ContentSite.CreateAsync(database);
        await site.RunStepAsync("Default", Definition);
        var errors = await site.RunStepAsync("Default", $$"""{ "name": "content", "Data": [ { "ContentItemId": "good", "ContentType": "Page", "DisplayText": "Good", "Latest": true, "Published": true }, {{wrong}} ] }""");
        var error = Assert.Single(errors);
        Assert.Contains(item, error, StringComparison.Ordinal);
        Assert.Contains(field, error, StringComparison.Ordinal);
        await site.RunAsync("Default", async services => Assert.Equal(0, await services.GetRequiredService<ISession>().Query<ContentItem>().CountAsync()));
    }

    [Fact]
    public async Task A_wrong_definition_is_named()
    {
        await using var site = await ContentSite.CreateAsync("sqlite");
        var errors = await site.RunStepAsync("Default", """{ "name": "ContentDefinition", "ContentTypes": [ { "Name": "Bad-Name" }, { "Name": 7 } ], "ContentParts": { } }""");
        Assert.Contains(errors, error => error.Contains("ContentTypes[0] 'Bad-Name'", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("ContentTypes[1]", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("ContentParts", StringComparison.Ordinal));
    }
}
