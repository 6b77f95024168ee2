using System.Globalization;
using System.Reflection;
using LinkShop.Cms.Content.Caching;
using LinkShop.Cms.Content.Data;
using Microsoft.Extensions.Logging;
using OrchardCore.Data.Migration;
using OrchardCore.Data.Migration.Records;

namespace LinkShop.Cms.Content.Migrations;

/// <summary>
/// Runs the data migrations of a tenant's features that haven't run for it. The migrations in a tenant's container are just those of its
/// enabled features. All of them, and the record of what ran, are one transaction.
/// </summary>
internal sealed class DataMigrationManager(
    IEnumerable<IDataMigration> migrations,
    DocumentSession session,
    TenantDocuments<DataMigrationRecord> records,
    ILogger<DataMigrationManager> logger) : IDataMigrationManager
{
    private const string CreateName = "Create";
    private const string UpdateName = "UpdateFrom";

    public async Task<IEnumerable<string>> GetFeaturesThatNeedUpdateAsync()
    {
        var record = await records.GetAsync();
        return [.. migrations.Where(migration => Next(migration, VersionOf(record, migration)) is not null).Select(migration => migration.GetType().Assembly.GetName().Name!).Distinct()];
    }

    public Task UpdateAsync(params string[] features) => UpdateAllFeaturesAsync();

    public async Task UpdateAllFeaturesAsync()
    {
        var known = await records.GetAsync();
        if (migrations.All(migration => Next(migration, VersionOf(known, migration)) is null))
            return;
        // The transaction is the lock: another process that comes here waits for it, and then finds nothing to do.
        var schema = await session.BeginSchemaAsync();
        var record = await records.LoadAsync();
        foreach (var migration in migrations)
            await RunAsync(migration, schema, record);
        await records.SaveAsync(record);
        await session.SaveChangesAsync();
    }

    private async Task RunAsync(IDataMigration migration, SqlSchemaBuilder schema, DataMigrationRecord record)
    {
        migration.SchemaBuilder = schema;
        while (Next(migration, VersionOf(record, migration)) is { } step)
        {
            if (logger.IsEnabled(LogLevel.Information))
                logger.LogInformation("Tenant {Tenant}: {Migration}.{Step}", session.Tenant, migration.GetType().Name, step.Name);
            var version = step.Invoke(migration, BindingFlags.DoNotWrapExceptions, null, [], CultureInfo.InvariantCulture) switch
            {
                Task<int> later => await later,
                int now => now,
                var other => throw new InvalidOperationException($"{migration.GetType().Name}.{step.Name} must return a version, not {other}."),
            };
            if (version <= VersionOf(record, migration))
                throw new InvalidOperationException($"{migration.GetType().Name}.{step.Name} returned the version {version} and so would run again.");
            SetVersion(record, migration, version);
        }
    }

    private static MethodInfo? Next(IDataMigration migration, int version)
    {
        var name = version == 0 ? CreateName : UpdateName + version.ToString(CultureInfo.InvariantCulture);
        var type = migration.GetType();
        return type.GetMethod(name + "Async", Type.EmptyTypes) ?? type.GetMethod(name, Type.EmptyTypes);
    }

    private static int VersionOf(DataMigrationRecord record, IDataMigration migration) =>
        record.DataMigrations.FirstOrDefault(entry => entry.DataMigrationClass == migration.GetType().FullName)?.Version ?? 0;

    private static void SetVersion(DataMigrationRecord record, IDataMigration migration, int version)
    {
        var name = migration.GetType().FullName!;
        var entry = record.DataMigrations.FirstOrDefault(entry => entry.DataMigrationClass == name);
        if (entry is null)
            record.DataMigrations.Add(entry = new() { DataMigrationClass = name });
        entry.Version = version;
    }
}
