using LinkShop.Cms.Display.Content.Fields;
using LinkShop.Cms.Display.Content.Parts;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentFields.Fields;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.Markdown.Models;
using OrchardCore.Modules;
using OrchardCore.Title.Models;

namespace LinkShop.Cms.Display;

[Feature("OrchardCore.Title")]
internal sealed class TitleStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) =>
        services.AddContentPart<TitlePart>().UseDisplayDriver<TitlePartDriver>();
}

[Feature("OrchardCore.Autoroute")]
internal sealed class AutorouteStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) =>
        services.AddContentPart<AutoroutePart>().UseDisplayDriver<AutoroutePartDriver>();
}

[Feature("OrchardCore.Markdown")]
internal sealed class MarkdownStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) =>
        services.AddContentPart<MarkdownBodyPart>().UseDisplayDriver<MarkdownBodyPartDriver>();
}

[Feature("OrchardCore.ContentFields")]
internal sealed class ContentFieldsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddContentField<TextField>().UseDisplayDriver<TextFieldDriver>();
        services.AddContentField<NumericField>().UseDisplayDriver<NumericFieldDriver>();
        services.AddContentField<BooleanField>().UseDisplayDriver<BooleanFieldDriver>();
    }
}
