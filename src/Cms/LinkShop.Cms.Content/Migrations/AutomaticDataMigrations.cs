using LinkShop.Cms.Content.Data;
using OrchardCore.Data.Migration;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;

namespace LinkShop.Cms.Content.Migrations;

/// <summary>Brings a running tenant up to date before its first request in this process.</summary>
internal sealed class AutomaticDataMigrations(IDataMigrationManager migrations) : ModularTenantEvents
{
    public override Task ActivatingAsync() => migrations.UpdateAllFeaturesAsync();
}

/// <summary>Prepares the tables of a feature when a tenant installs it.</summary>
internal sealed class MigrateInstalledFeatures(IDataMigrationManager migrations) : IFeatureEventHandler
{
    public Task InstalledAsync(IFeatureInfo feature) => migrations.UpdateAsync(feature.Id);

    public Task EnabledAsync(IFeatureInfo feature) => migrations.UpdateAsync(feature.Id);
}
