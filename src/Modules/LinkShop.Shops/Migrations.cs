using LinkShop.Shops.Models;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.Data.Migration;
using OrchardCore.Title.Models;

namespace LinkShop.Shops;

internal sealed class Migrations(IContentDefinitionManager definitions) : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await definitions.AlterPartDefinitionAsync(nameof(ShopPlanPart), part => part.Attachable());
        await definitions.AlterTypeDefinitionAsync("ShopPlan", type => type
            .DisplayedAs("Shop plan").Creatable().Listable()
            .WithPart("TitlePart", part => part.WithPosition("0").WithSettings(new TitlePartSettings { Options = TitlePartOptions.EditableRequired }))
            .WithPart(nameof(ShopPlanPart), part => part.WithPosition("1")));
        return 1;
    }
}
