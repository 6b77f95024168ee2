using OrchardCore.Autoroute.Core.Indexes;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.Data.Migration;
using YesSql.Indexes;
using YesSql.Sql;

namespace LinkShop.Cms.Content.Autoroute;

internal sealed class AutoroutePartIndexProvider : IndexProvider<ContentItem>
{
    public override void Describe(DescribeContext<ContentItem> context) => context.For<AutoroutePartIndex>()
        .When(item => (item.Published || item.Latest) && item.Has<AutoroutePart>())
        .Map(item => item.As<AutoroutePart>() is not { Disabled: false, Path.Length: > 0 } part ? null : new AutoroutePartIndex
        {
            ContentItemId = item.ContentItemId,
            // Paths differ by more than letter case.
            Path = part.Path.Trim('/').ToLowerInvariant(),
            Published = item.Published,
            Latest = item.Latest,
        });
}

internal sealed class AutorouteMigrations(IContentDefinitionManager definitions) : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await definitions.AlterPartDefinitionAsync(nameof(AutoroutePart), part => part
            .Attachable().WithDisplayName("Autoroute").WithDescription("Gives the item a path of its own."));
        await SchemaBuilder.CreateMapIndexTableAsync<AutoroutePartIndex>(table => table
            .Column<string>("ContentItemId", column => column.WithLength(26))
            .Column<string>("Path", column => column.WithLength(AutoroutePart.MaxPathLength))
            .Column<bool>("Published")
            .Column<bool>("Latest"));
        await SchemaBuilder.AlterIndexTableAsync<AutoroutePartIndex>(table => table.CreateIndex("IDX_AutoroutePartIndex_Path", "Path", "Published"));
        return 1;
    }
}
