using LinkShop.Storefront.Models;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.Data.Migration;

namespace LinkShop.Storefront;

internal sealed class Migrations(IContentDefinitionManager definitions) : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await definitions.AlterPartDefinitionAsync(nameof(PageTextsPart), part => part.Attachable());
        await definitions.AlterTypeDefinitionAsync("Page", type => type
            .DisplayedAs("Page").Creatable().Listable().Draftable().Versionable()
            .WithPart("TitlePart", part => part.WithPosition("0"))
            .WithPart("AutoroutePart", part => part.WithPosition("1").WithSettings(
                new AutoroutePartSettings { AllowCustomPath = true, Pattern = "{{ ContentItem.DisplayText | slugify }}" }))
            .WithPart("MarkdownBodyPart", part => part.WithPosition("2"))
            .WithPart(nameof(PageTextsPart), part => part.WithPosition("3")));
        return 1;
    }
}
