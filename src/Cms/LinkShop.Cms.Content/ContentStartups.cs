using LinkShop.Cms.Content.Autoroute;
using LinkShop.Cms.Content.Contents;
using LinkShop.Cms.Content.Fields;
using LinkShop.Cms.Content.Markdown;
using LinkShop.Cms.Content.Recipes;
using LinkShop.Cms.Content.Title;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentFields.Fields;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.ContentManagement.Routing;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.Markdown.Models;
using OrchardCore.Markdown.Services;
using OrchardCore.Modules;
using OrchardCore.Recipes;
using OrchardCore.Title.Models;

namespace LinkShop.Cms.Content;

/// <summary>Content types by recipe.</summary>
[Feature("OrchardCore.ContentTypes")]
public sealed class ContentTypesStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services.AddRecipeExecutionStep<ContentDefinitionStep>();
}

/// <summary>Content items.</summary>
[Feature("OrchardCore.Contents")]
public sealed class ContentsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<IContentItemIdGenerator, ContentItemIdGenerator>();
        services.AddScoped<ContentElementTypes>();
        services.AddScoped<ContentPartHandlers>();
        services.AddScoped<ContentManagerSession>();
        services.AddScoped<PublishedItems>();
        services.AddScoped<IContentManager, ContentManager>();
        services.AddScoped<IContentHandler, ContentPartCoordinator>();
        services.AddScoped<IContentHandler, AuditFieldsHandler>();
        services.AddIndexProvider<ContentItemIndexProvider>();
        services.AddDataMigration<ContentItemIndexMigrations>();
        services.AddRecipeExecutionStep<ContentStep>();
        services.Configure<AutorouteOptions>(options =>
        {
            options.GlobalRouteValues = new RouteValueDictionary { ["Area"] = "OrchardCore.Contents", ["Controller"] = "Item", ["Action"] = "Display" };
            options.ContentItemIdKey = "contentItemId";
        });
    }
}

/// <summary>Titles.</summary>
[Feature("OrchardCore.Title")]
public sealed class TitleStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddContentPart<TitlePart>().AddHandler<TitlePartHandler>();
        services.AddDataMigration<TitleMigrations>();
    }
}

/// <summary>Paths.</summary>
[Feature("OrchardCore.Autoroute")]
public sealed class AutorouteStartup : StartupBase
{
    // After the routes of all modules: an item can't take the place of a page.
    private const int RouteOrder = 1000;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddContentPart<AutoroutePart>().AddHandler<AutoroutePartHandler>();
        services.AddScoped<AutoroutePathService>();
        services.AddScoped<IAutorouteEntries, AutorouteEntries>();
        services.AddScoped<AutorouteTransformer>();
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<PagePathConstraint>(PagePathConstraint.Name));
        services.AddIndexProvider<AutoroutePartIndexProvider>();
        services.AddDataMigration<AutorouteMigrations>();
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider) =>
        routes.MapDynamicControllerRoute<AutorouteTransformer>($"/{{**path:{PagePathConstraint.Name}}}", null!, RouteOrder);
}

/// <summary>Markdown texts.</summary>
[Feature("OrchardCore.Markdown")]
public sealed class MarkdownStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<IMarkdownService, MarkdownService>();
        services.AddContentPart<MarkdownBodyPart>().AddHandler<MarkdownBodyPartHandler>();
        services.AddDataMigration<MarkdownMigrations>();
    }
}

/// <summary>Fields.</summary>
[Feature("OrchardCore.ContentFields")]
public sealed class ContentFieldsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddContentField<TextField>();
        services.AddContentField<NumericField>();
        services.AddContentField<BooleanField>();
        services.AddScoped<IContentHandler, FieldValidationHandler>();
    }
}

internal sealed class TitleMigrations(IContentDefinitionManager definitions) : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await definitions.AlterPartDefinitionAsync(nameof(TitlePart), part => part.Attachable().WithDisplayName("Title").WithDescription("A title for the item."));
        return 1;
    }
}

internal sealed class MarkdownMigrations(IContentDefinitionManager definitions) : DataMigration
{
    public async Task<int> CreateAsync()
    {
        await definitions.AlterPartDefinitionAsync(nameof(MarkdownBodyPart), part => part.Attachable().WithDisplayName("Markdown Body").WithDescription("A text in Markdown."));
        return 1;
    }
}
