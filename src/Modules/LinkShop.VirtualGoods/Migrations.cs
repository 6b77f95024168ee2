using LinkShop.VirtualGoods.Indexes;
using LinkShop.VirtualGoods.Models;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.Data.Migration;
using OrchardCore.Title.Models;
using YesSql.Sql;

namespace LinkShop.VirtualGoods;

internal sealed class Migrations(IContentDefinitionManager definitions) : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await definitions.AlterPartDefinitionAsync(nameof(VirtualGoodsPart), part => part.Attachable());
        await definitions.AlterPartDefinitionAsync(nameof(CategoryPart), part => part.Attachable());
        await definitions.AlterTypeDefinitionAsync("Category", type => type
            .DisplayedAs("Category").Creatable().Listable()
            .WithPart("TitlePart", part => part.WithPosition("0").WithSettings(Title()))
            .WithPart("AutoroutePart", part => part.WithPosition("1").WithSettings(Route()))
            .WithPart(nameof(CategoryPart), part => part.WithPosition("2")));
        await definitions.AlterTypeDefinitionAsync("Product", type => type
            .DisplayedAs("Product").Creatable().Listable().Draftable().Versionable()
            .WithPart("TitlePart", part => part.WithPosition("0").WithSettings(Title()))
            .WithPart("AutoroutePart", part => part.WithPosition("1").WithSettings(Route()))
            .WithPart("ProductPart", part => part.WithPosition("2"))
            .WithPart("MarkdownBodyPart", part => part.WithPosition("4"))
            .WithPart(nameof(VirtualGoodsPart), part => part.WithPosition("3")));

        await SchemaBuilder.CreateMapIndexTableAsync<ProductIndex>(table => table
            .Column<string>(nameof(ProductIndex.ContentItemId), column => column.WithLength(26))
            .Column<bool>(nameof(ProductIndex.Published))
            .Column<bool>(nameof(ProductIndex.Latest))
            .Column<string>(nameof(ProductIndex.CategoryId), column => column.WithLength(26))
            .Column<long>(nameof(ProductIndex.PriceFromMinor))
            .Column<bool>(nameof(ProductIndex.Featured))
            .Column<int>(nameof(ProductIndex.Position))
            .Column<DateTime>(nameof(ProductIndex.PublishedUtc))
            .Column<string>(nameof(ProductIndex.SearchText), column => column.Unlimited())
            .Column<string>(nameof(ProductIndex.Card), column => column.Unlimited()));
        await SchemaBuilder.AlterIndexTableAsync<ProductIndex>(table => table
            .CreateIndex("IDX_ProductIndex_List", "DocumentId", nameof(ProductIndex.Published), nameof(ProductIndex.CategoryId), nameof(ProductIndex.Position)));

        await SchemaBuilder.CreateMapIndexTableAsync<SkuIndex>(table => table
            .Column<string>(nameof(SkuIndex.SkuId), column => column.WithLength(64))
            .Column<string>(nameof(SkuIndex.ContentItemId), column => column.WithLength(26))
            .Column<bool>(nameof(SkuIndex.Published))
            .Column<bool>(nameof(SkuIndex.Latest)));
        await SchemaBuilder.AlterIndexTableAsync<SkuIndex>(table => table
            .CreateIndex("IDX_SkuIndex_SkuId", "DocumentId", nameof(SkuIndex.SkuId), nameof(SkuIndex.ContentItemId)));

        await SchemaBuilder.CreateMapIndexTableAsync<OfferProjectionRequestIndex>(table => table
            .Column<string>(nameof(OfferProjectionRequestIndex.ContentItemId), column => column.WithLength(26))
            .Column<DateTime>(nameof(OfferProjectionRequestIndex.CreatedUtc)));
        return 2;
    }

    /// <summary>Malls set up before a title was required.</summary>
    public async Task<int> UpdateFrom1Async()
    {
        foreach (var type in new[] { "Category", "Product" })
            await definitions.AlterTypeDefinitionAsync(type, definition => definition.WithPart("TitlePart", part => part.WithSettings(Title())));
        return 2;
    }

    // an offer without a name can't be told apart in a list, an order or a mail
    private static TitlePartSettings Title() => new() { Options = TitlePartOptions.EditableRequired };

    private static AutoroutePartSettings Route() => new() { AllowCustomPath = true, Pattern = "{{ ContentItem.DisplayText | slugify }}" };
}
