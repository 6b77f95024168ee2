using Microsoft.Extensions.DependencyInjection;
using YesSql.Sql;

namespace OrchardCore.Data.Migration;

/// <summary>Steps that bring a feature's stored data to its newest form, with methods found by name:
/// <c>CreateAsync</c> (or <c>Create</c>) on the first run, then <c>UpdateFrom{N}Async</c>; each returns the version it reached.</summary>
public interface IDataMigration
{
    /// <summary>Creates and changes tables.</summary>
    ISchemaBuilder SchemaBuilder { get; set; }
}

/// <inheritdoc/>
public abstract class DataMigration : IDataMigration
{
    /// <inheritdoc/>
    public ISchemaBuilder SchemaBuilder { get; set; } = null!;
}

/// <summary>Runs the data migrations of the current tenant.</summary>
public interface IDataMigrationManager
{
    /// <summary>The enabled features with migrations that haven't run.</summary>
    Task<IEnumerable<string>> GetFeaturesThatNeedUpdateAsync();

    /// <summary>Runs what hasn't run of all enabled features.</summary>
    Task UpdateAllFeaturesAsync();

    /// <summary>Runs what hasn't run of some features.</summary>
    Task UpdateAsync(params string[] features);
}

/// <summary>Registers data migrations.</summary>
public static class MigrationServiceCollectionExtensions
{
    /// <summary>Registers a data migration of the feature whose start-up calls this.</summary>
    public static IServiceCollection AddDataMigration<TDataMigration>(this IServiceCollection services)
        where TDataMigration : class, IDataMigration => services.AddScoped<IDataMigration, TDataMigration>();
}
