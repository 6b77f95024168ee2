using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Data.Migration;
using YesSql.Indexes;
using YesSql.Sql;

namespace LinkShop.Cms.Content.Contents;

internal sealed class ContentItemIndexProvider : IndexProvider<ContentItem>
{
    private const int MaxDisplayText = 255;

    public override void Describe(DescribeContext<ContentItem> context) => context.For<ContentItemIndex>().Map(item => new ContentItemIndex
    {
        ContentItemId = item.ContentItemId,
        ContentItemVersionId = item.ContentItemVersionId,
        Latest = item.Latest,
        Published = item.Published,
        ContentType = item.ContentType,
        ModifiedUtc = item.ModifiedUtc,
        PublishedUtc = item.PublishedUtc,
        CreatedUtc = item.CreatedUtc,
        Owner = item.Owner,
        Author = item.Author,
        DisplayText = item.DisplayText?.Length > MaxDisplayText ? item.DisplayText[..MaxDisplayText] : item.DisplayText,
    });
}

internal sealed class ContentItemIndexMigrations : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await SchemaBuilder.CreateMapIndexTableAsync<ContentItemIndex>(table => table
            .Column<string>("ContentItemId", column => column.WithLength(26))
            .Column<string>("ContentItemVersionId", column => column.WithLength(26))
            .Column<bool>("Latest")
            .Column<bool>("Published")
            .Column<string>("ContentType", column => column.WithLength(255))
            .Column<DateTime?>("ModifiedUtc")
            .Column<DateTime?>("PublishedUtc")
            .Column<DateTime?>("CreatedUtc")
            .Column<string>("Owner", column => column.WithLength(26))
            .Column<string>("Author", column => column.WithLength(255))
            .Column<string>("DisplayText", column => column.WithLength(255)));
        await SchemaBuilder.AlterIndexTableAsync<ContentItemIndex>(table =>
        {
            table.CreateIndex("IDX_ContentItemIndex_ContentItemId", "ContentItemId", "Published", "Latest");
            table.CreateIndex("IDX_ContentItemIndex_ContentItemVersionId", "ContentItemVersionId");
            table.CreateIndex("IDX_ContentItemIndex_ContentType", "ContentType", "Published", "Latest", "CreatedUtc");
        });
        return 1;
    }
}
