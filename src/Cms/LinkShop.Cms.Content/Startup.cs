using LinkShop.Cms.Content.Caching;
using LinkShop.Cms.Content.Contents;
using LinkShop.Cms.Content.Data;
using LinkShop.Cms.Content.Definitions;
using LinkShop.Cms.Content.Markdown;
using LinkShop.Cms.Content.Migrations;
using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Setup;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.Data;
using OrchardCore.Data.Migration;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Infrastructure.Html;
using OrchardCore.Modules;
using YesSql.Indexes;

namespace LinkShop.Cms.Content;

/// <summary>Documents, definitions and migrations, which every tenant has.</summary>
internal sealed class Startup(ICmsDatabase database) : StartupBase
{
    // Migrations run before other modules' events use their tables.
    public override int Order => -100;

    public override void ConfigureServices(IServiceCollection services)
    {
        WarmUp.Start();
        var hosts = ContentHosts.For(database);
        services.AddScoped(provider => hosts.Of(provider.GetRequiredService<ShellSettings>()));
        services.AddSingleton<ContentCache>();
        services.AddSingleton<SharedTexts>();
        services.AddSingleton<RenderedTexts>();
        services.AddSingleton<IHtmlSanitizerService, HtmlSanitizerService>();
        services.AddSingleton<IndexCatalogHolder>();
        services.AddScoped(OpenSession);
        services.AddScoped<YesSql.ISession>(provider => provider.GetRequiredService<DocumentSession>());
        services.AddScoped(typeof(TenantDocuments<>));
        services.AddScoped<IContentDefinitionManager, ContentDefinitionManager>();
        services.AddScoped<IDataMigrationManager, DataMigrationManager>();
        services.AddScoped<IModularTenantEvents, AutomaticDataMigrations>();
        services.AddScoped<IModularTenantEvents, TenantDocumentsRemoval>();
        services.AddScoped<IFeatureEventHandler, MigrateInstalledFeatures>();
    }

    /// <summary>The request's session: it commits when the request's scope ends well, and never when it ended with an error.</summary>
    private static DocumentSession OpenSession(IServiceProvider provider)
    {
        var host = provider.GetRequiredService<ContentHost>();
        var scoped = provider.GetServices<IScopedIndexProvider>();
        var catalog = provider.GetRequiredService<IndexCatalogHolder>().Get(scoped);
        var settings = provider.GetRequiredService<ShellSettings>();
        var session = new DocumentSession(host.Database, catalog, host.Contexts, host.Stamps, settings.Name, scoped)
        {
            IsSettingUp = settings.IsInitializing(),
            IsMoving = settings[ShopPlace.Moving] is not null,
            SetUp = SetupUnit.Of(settings.Name),
        };
        ShellScope.RegisterBeforeDispose(_ => session.SaveChangesAsync());
        ShellScope.AddExceptionHandler((_, _) => session.CancelAsync());
        return session;
    }
}

/// <summary>The blueprint's indexes. The scoped providers of the first request are asked for their types; they are the same in all requests.</summary>
internal sealed class IndexCatalogHolder(IEnumerable<IIndexProvider> providers)
{
    private volatile IndexCatalog? _catalog;

    public IndexCatalog Get(IEnumerable<IScopedIndexProvider> scoped) => _catalog ??= new IndexCatalog(providers, scoped);
}
